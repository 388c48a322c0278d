import { EVERYTHING } from '../../domain/desk-scope.ts';
import { DamagedRows } from '../digests/row-digests.ts';
import type { InsightColumns } from '../insight/mirror.ts';
import { commentsIn } from '../insight/csat.ts';
import { activityPage, csatPage, type Insight, metricSummaries, overviewAnswer } from '../insight/insight.ts';
import type { AskedDays } from '../insight/ranges.ts';
import { daysOf } from '../insight/drill-days.ts';
import { reviewAnswer } from '../insight/review-query.ts';
import { salesOn, salesPage } from '../insight/sales-query.ts';
import {
  readDocuments,
  segmentCount,
  segmentList,
  segmentMarks,
  segmentPage,
} from '../insight/segment-query.ts';
import { rangeNeed } from '../scope/needs.ts';
import { memberLine } from '../insight/member-line.ts';
import { countMembers } from '../insight/segments.ts';
import { valuesOf } from '../insight/values.ts';
import type { insightMethods, RangeInput } from '../../protocol/rpc/insight.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import type { FigureGuard } from './scope-handlers.ts';
import { parseView, VIEW_PREFIX } from '../../protocol/views.ts';

type InsightHandlers = Handlers<typeof insightMethods>;

/** What figures are made from, and who says whether this desk holds enough for them. */
interface Figures {
  readonly insight: Insight;
  readonly guard: FigureGuard;
}

/** Answers over everything there is, or that was active since `need`, or says that this desk holds a part of it (Y9). */
async function onAll<T>(
  { insight, guard }: Figures,
  answer: (columns: InsightColumns) => T,
  need: number = EVERYTHING,
): Promise<T | WireFailure> {
  const missing = guard(need);
  if (missing !== null) return missing;
  const columns = await insight.columns();
  return guard(need) ?? answer(columns);
}

/** Answers what a range asks for; days or a zone that do not exist are the asker's mistake. */
async function onDays<T>(
  { insight, guard }: Figures,
  input: RangeInput,
  answer: (columns: InsightColumns, days: AskedDays) => T,
): Promise<T | WireFailure> {
  const days = insight.days(input);
  if (!days.ok)
    return new WireFailure({ type: 'badRequest', path: days.error.type === 'badZone' ? 'zone' : 'range' });
  const from = rangeNeed(insight.deps.db, days.value);
  const missing = guard(from);
  if (missing !== null) return missing;
  const columns = await insight.columns();
  return guard(from) ?? answer(columns, days.value);
}

/** Reads the place where a page of comments ended; null for what is none. */
function parsePlace(text: string | null): readonly [number, number, number] | null {
  try {
    const value: unknown = text === null ? null : JSON.parse(text);
    if (!Array.isArray(value)) return null;
    const [at, n, ordinal] = value as readonly unknown[];
    return typeof at === 'number' && typeof n === 'number' && typeof ordinal === 'number'
      ? [at, n, ordinal]
      : null;
  } catch {
    return null;
  }
}

function figures(from: Figures) {
  const { insight } = from;
  const { db } = insight.deps;
  return {
    'insight.overview': (input) =>
      onDays(from, input, (columns, days) => overviewAnswer(insight, columns, days, input.group)),
    'insight.sales': (input) =>
      onDays(from, input, (columns, { days }) => ({
        ...insight.stamp(),
        ...salesPage(db, columns, salesOn(db, columns, days), {
          currency: input.currency,
          offset: input.offset,
          limit: input.limit,
        }),
      })),
    'insight.metrics': () =>
      onAll(from, (columns) => ({ ...insight.stamp(), metrics: metricSummaries(insight, columns) })),
    'insight.activity': ({ metric, after, limit }) =>
      onAll(from, (columns) => activityPage(insight, columns, metric, after, limit)),
    'insight.csat': (input) =>
      onDays(from, input, (columns, days) => csatPage(insight, columns, days, input.by)),
    'insight.csatComments': (input) =>
      onDays(from, input, (columns, { days }) => ({
        ...insight.stamp(),
        ...commentsIn(db, columns, days, {
          scale: input.scale,
          score: input.score,
          after: parsePlace(input.after),
          limit: input.limit,
        }),
      })),
  } satisfies Partial<InsightHandlers>;
}

function reviewsAndViews(from: Figures) {
  const { insight } = from;
  const { db } = insight.deps;
  return {
    'insight.review': ({ filters, offset, limit }) => {
      const days = filters.days === undefined ? undefined : daysOf(filters.days);
      if (days === null) return new WireFailure({ type: 'badRequest', path: 'filters.days' });
      const answer = (columns: InsightColumns) => {
        const { me, rowsOf } = insight.deps;
        return {
          ...insight.stamp(),
          ...reviewAnswer(db, columns, { me: me(), filters, offset, limit, rowsOf }),
        };
      };
      return onAll(from, answer, days?.start);
    },
    'insight.views': () =>
      readDocuments(db, VIEW_PREFIX)
        .flatMap(({ key, value }) => parseView(key, value, insight.deps.me()) ?? [])
        .sort((a, b) => a.position - b.position || (a.name < b.name ? -1 : 1)),
  } satisfies Partial<InsightHandlers>;
}

/** What rows on their way into a file answer, or that one of them is damaged: the desk hears of it and builds them anew. */
function sound<T>({ deps }: Insight, answer: () => T): T | WireFailure {
  try {
    return answer();
  } catch (thrown) {
    if (!(thrown instanceof DamagedRows)) throw thrown;
    deps.onDamage?.(thrown);
    return new WireFailure({ type: 'damaged' });
  }
}

function segments(from: Figures) {
  const { insight } = from;
  const { db } = insight.deps;
  return {
    'insight.segments': () =>
      onAll(from, (columns) => {
        const time = insight.segmentTime();
        const listed = segmentList(db).map((segment) => ({
          ...segment,
          count: segmentCount(db, columns, segment.rule, time),
        }));
        return { ...insight.stamp(), segments: listed };
      }),
    'insight.segmentCount': ({ rule }) =>
      onAll(from, (columns) => ({
        ...insight.stamp(),
        ...segmentCount(db, columns, rule, insight.segmentTime()),
      })),
    'insight.segmentMembers': ({ rule, offset, limit }) =>
      onAll(from, (columns) => {
        const marks = segmentMarks(db, columns, rule, insight.segmentTime());
        return sound(insight, () => {
          const members = segmentPage(db, columns, marks, { offset, limit });
          return { ...insight.stamp(), ...countMembers(columns, marks), members };
        });
      }),
    'insight.segmentLines': ({ rule, offset, limit }) =>
      onAll(from, (columns) => {
        const marks = segmentMarks(db, columns, rule, insight.segmentTime());
        return sound(insight, () => {
          const lines = segmentPage(db, columns, marks, { offset, limit }).map(memberLine).join('');
          return { lines, known: countMembers(columns, marks).known };
        });
      }),
    'insight.values': async ({ property, limit }) => valuesOf(await insight.columns(), property, limit),
  } satisfies Partial<InsightHandlers>;
}

/** Answers the queries about how well the AI does; `guard` says whether this desk holds what a figure is made of (Y9). */
export function insightHandlers(insight: Insight, guard: FigureGuard): InsightHandlers {
  const from = { insight, guard };
  return { ...figures(from), ...reviewsAndViews(from), ...segments(from) };
}
