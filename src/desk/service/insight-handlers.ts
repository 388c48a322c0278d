import type { InsightColumns } from '../insight/mirror.ts';
import { commentsIn } from '../insight/csat.ts';
import { activityPage, csatPage, type Insight, metricSummaries, overviewAnswer } from '../insight/insight.ts';
import type { AskedDays } from '../insight/ranges.ts';
import { reviewAnswer } from '../insight/review-query.ts';
import { salesOn, salesPage } from '../insight/sales-query.ts';
import {
  readDocuments,
  segmentCount,
  segmentList,
  segmentMarks,
  segmentPage,
} from '../insight/segment-query.ts';
import { memberLine } from '../insight/member-line.ts';
import { countMembers } from '../insight/segments.ts';
import { valuesOf } from '../insight/values.ts';
import type { insightMethods, RangeInput } from '../../protocol/rpc/insight.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import { parseView, VIEW_PREFIX } from '../../protocol/views.ts';

type InsightHandlers = Handlers<typeof insightMethods>;

/** Answers what a range asks for; days or a zone that do not exist are the asker's mistake. */
async function onDays<T>(
  insight: Insight,
  input: RangeInput,
  answer: (columns: InsightColumns, days: AskedDays) => T,
): Promise<T | WireFailure> {
  const columns = await insight.columns();
  const days = insight.days(input);
  if (days.ok) return answer(columns, days.value);
  return new WireFailure({ type: 'badRequest', path: days.error.type === 'badZone' ? 'zone' : 'range' });
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

function figures(insight: Insight) {
  const { db } = insight.deps;
  return {
    'insight.overview': (input) =>
      onDays(insight, input, (columns, days) => overviewAnswer(insight, columns, days, input.group)),
    'insight.sales': (input) =>
      onDays(insight, input, (columns, { days }) => ({
        ...insight.stamp(),
        ...salesPage(db, columns, salesOn(db, columns, days), {
          currency: input.currency,
          offset: input.offset,
          limit: input.limit,
        }),
      })),
    'insight.metrics': async () => ({
      ...insight.stamp(),
      metrics: metricSummaries(insight, await insight.columns()),
    }),
    'insight.activity': async ({ metric, after, limit }) =>
      activityPage(insight, await insight.columns(), metric, after, limit),
    'insight.csat': (input) =>
      onDays(insight, input, (columns, days) => csatPage(insight, columns, days, input.by)),
    'insight.csatComments': (input) =>
      onDays(insight, input, (columns, { days }) => ({
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

function reviewsAndViews(insight: Insight) {
  const { db } = insight.deps;
  return {
    'insight.review': async ({ filters, offset, limit }) => {
      const columns = await insight.columns();
      const { me, rowsOf } = insight.deps;
      return {
        ...insight.stamp(),
        ...reviewAnswer(db, columns, { me: me(), filters, offset, limit, rowsOf }),
      };
    },
    'insight.views': () =>
      readDocuments(db, VIEW_PREFIX)
        .flatMap(({ key, value }) => parseView(key, value, insight.deps.me()) ?? [])
        .sort((a, b) => a.position - b.position || (a.name < b.name ? -1 : 1)),
  } satisfies Partial<InsightHandlers>;
}

function segments(insight: Insight) {
  const { db } = insight.deps;
  return {
    'insight.segments': async () => {
      const columns = await insight.columns();
      const time = insight.segmentTime();
      const listed = segmentList(db).map((segment) => ({
        ...segment,
        count: segmentCount(db, columns, segment.rule, time),
      }));
      return { ...insight.stamp(), segments: listed };
    },
    'insight.segmentCount': async ({ rule }) => ({
      ...insight.stamp(),
      ...segmentCount(db, await insight.columns(), rule, insight.segmentTime()),
    }),
    'insight.segmentMembers': async ({ rule, offset, limit }) => {
      const columns = await insight.columns();
      const marks = segmentMarks(db, columns, rule, insight.segmentTime());
      const members = segmentPage(db, columns, marks, { offset, limit });
      return { ...insight.stamp(), ...countMembers(columns, marks), members };
    },
    'insight.segmentLines': async ({ rule, offset, limit }) => {
      const columns = await insight.columns();
      const marks = segmentMarks(db, columns, rule, insight.segmentTime());
      const lines = segmentPage(db, columns, marks, { offset, limit }).map(memberLine).join('');
      return { lines, known: countMembers(columns, marks).known };
    },
    'insight.values': async ({ property, limit }) => valuesOf(await insight.columns(), property, limit),
  } satisfies Partial<InsightHandlers>;
}

/** Answers the queries about how well the AI does. */
export function insightHandlers(insight: Insight): InsightHandlers {
  return { ...figures(insight), ...reviewsAndViews(insight), ...segments(insight) };
}
