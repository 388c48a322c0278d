import { Insight, overviewAnswer } from '../../../src/desk/insight/insight.ts';
import type { InsightColumns } from '../../../src/desk/insight/mirror.ts';
import type { AskedDays } from '../../../src/desk/insight/ranges.ts';
import { segmentCount } from '../../../src/desk/insight/segment-query.ts';
import { READY_MADE } from '../../../src/domain/segments/ready-made.ts';
import type { SegmentRule } from '../../../src/domain/segments/rule.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openReplica } from '../dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../generate.ts';
import { type Bench, type BenchContext, digestOf, type Figure } from '../harness.ts';
import { insightFile } from '../insight-dataset.ts';
import {
  sqlEscalatedLast7Days,
  sqlOverview,
  sqlRecommendedNoOrder,
  sqlStarted,
  type PlainOverview,
} from './overview-sql.ts';

const CACHE_MIB = 64;
const OVERVIEW_MS = 150;
const SEGMENT_MS = 300;

function plainOf(insight: Insight, columns: InsightColumns, days: AskedDays): PlainOverview {
  const { figures, before, stacks, days: dates } = overviewAnswer(insight, columns, days, 'channel');
  const figuresOf = ({ totalVolume, resolvedByAi, notResolvedByAi, sales }: typeof figures) => ({
    totalVolume,
    resolvedByAi: resolvedByAi.numerator,
    notResolvedByAi: notResolvedByAi.numerator,
    sales: [...sales].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  });
  const bars = stacks.flatMap(({ value, counts }) =>
    counts.flatMap((count, index) => (count === 0 ? [] : [`${dates[index]} ${value} ${count}`])),
  );
  return { figures: figuresOf(figures), before: figuresOf(before), bars: bars.sort() };
}

/** A condition on properties and a customer's column, besides the three of K6. */
const BUILT: SegmentRule = {
  match: 'all',
  conditions: [
    {
      type: 'did',
      event: 'clicked',
      where: [{ property: 'channel', op: 'isAnyOf', values: ['web_chat', 'whatsapp'] }],
      atLeast: 2,
      within: { type: 'lastDays', days: 90 },
    },
    {
      type: 'didNot',
      event: 'escalated',
      where: [{ property: 'tag', op: 'isAnyOf', values: ['refund'] }],
      within: { type: 'ever' },
    },
    { type: 'customer', property: 'language', op: 'isAnyOf', values: ['ko', 'sv'] },
  ],
};

async function overviews(
  bench: BenchContext,
  db: Database,
  insight: Insight,
  columns: InsightColumns,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const preset of ['last28Days', 'last90Days'] as const) {
    const days = insight.days({ range: { preset }, zone: 'UTC' });
    if (!days.ok) throw new Error(days.error.type);
    const asked = days.value;
    figures.push(
      await bench.ratio({
        name: `overview, figures and bars by channel, ${preset}`,
        ours: { run: () => plainOf(insight, columns, asked), digest: digestOf },
        beside: { run: () => sqlOverview(db, asked.days, asked.before), digest: digestOf },
        bar: { kind: 'time', limit: 1 },
        limits: [{ quantile: 0.95, maxMs: OVERVIEW_MS }],
        sample: 'one question',
      }),
    );
  }
  return figures;
}

async function segments(bench: BenchContext, db: Database, columns: InsightColumns): Promise<Figure[]> {
  const time = { zone: 'UTC', now: GENERATED_NOW };
  const beside: Readonly<Record<string, () => number>> = {
    'started-conversation': () => sqlStarted(db),
    'recommended-no-order': () => sqlRecommendedNoOrder(db),
    'escalated-last-7-days': () => sqlEscalatedLast7Days(db, GENERATED_NOW),
  };
  const figures: Figure[] = [];
  for (const { id, rule } of READY_MADE) {
    const sql = beside[id];
    if (sql === undefined) throw new Error(`no SQL beside ${id}`);
    figures.push(
      await bench.ratio({
        name: `segment count, ${id}`,
        ours: {
          run: () => {
            const { known, anonymous } = segmentCount(db, columns, rule, time);
            return known + anonymous;
          },
          digest: digestOf,
        },
        beside: { run: sql, digest: digestOf },
        bar: null,
        limits: [{ quantile: 0.95, maxMs: SEGMENT_MS }],
        sample: 'one count',
      }),
    );
  }
  figures.push(
    await bench.absolute({
      name: 'segment count, three conditions over properties',
      run: () => segmentCount(db, columns, BUILT, time),
      limits: [{ quantile: 0.95, maxMs: SEGMENT_MS }],
      samples: 40,
    }),
  );
  return figures;
}

/** Overview and segments over a million conversations and five million data points (O1–O3, A1, G1). */
export const overview: Bench = {
  id: 'OVERVIEW',
  title:
    'overview and segments at 1,000,000 conversations and 5,000,000 data points, beside hand-written SQL',
  run: async (bench) => {
    const conversations = bench.quick ? 2_000 : 1_000_000;
    const file = insightFile({ seed: bench.seed, conversations, messages: conversations }, (line) =>
      bench.note(line),
    );
    const db = openReplica(file, CACHE_MIB);
    const insight = new Insight({
      db,
      me: () => GENERATED_ME,
      now: () => GENERATED_NOW,
      asOf: () => GENERATED_NOW,
      machineZone: 'UTC',
      rowsOf: () => [],
      soon: (work) => {
        const turn = setImmediate(work);
        return () => clearImmediate(turn);
      },
      onReady: () => undefined,
    });
    const started = performance.now();
    const columns = await insight.columns();
    bench.note(
      `${columns.events.end.toLocaleString('en')} data points read in within ${((performance.now() - started) / 1_000).toFixed(1)} s, in slices`,
    );
    const figures = [
      ...(await overviews(bench, db, insight, columns)),
      ...(await segments(bench, db, columns)),
    ];
    insight.dispose();
    db.close();
    return figures;
  },
};
