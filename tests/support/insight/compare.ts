import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { Insight, overviewAnswer } from '../../../src/desk/insight/insight.ts';
import type { InsightColumns } from '../../../src/desk/insight/mirror.ts';
import { salesOn } from '../../../src/desk/insight/sales-query.ts';
import { OVERVIEW_GROUPS } from '../../../src/domain/overview/presets.ts';
import type { OverviewAnswer } from '../../../src/protocol/rpc/insight.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { rawWorld, type RawWorld, replicaOfWorld } from './raw-world.ts';
import { type SlowRange, slowOverview, slowSales } from './slow.ts';

/** The insights over a replica, with work put off until it is asked for. */
export function insightOver(db: Database, now: number): Insight {
  return new Insight({
    db,
    me: () => asId<'AgentId'>('ana'),
    now: () => epochMillis(now),
    asOf: () => epochMillis(now),
    machineZone: 'UTC',
    rowsOf: () => [],
    soon: (work) => {
      const turn = setImmediate(work);
      return () => clearImmediate(turn);
    },
    onReady: () => undefined,
  });
}

function barsOf({ days, stacks }: OverviewAnswer): Record<string, number> {
  const bars: Record<string, number> = {};
  for (const { value, counts } of stacks)
    counts.forEach((count, index) => {
      if (count > 0) bars[`${days[index]} ${value}`] = count;
    });
  return bars;
}

/** The sales as text: order, value, conversation, moment of the click. */
export function salesText(db: Database, columns: InsightColumns, span: { start: number; end: number }) {
  const { orders, events } = columns;
  return salesOn(db, columns, span)
    .map(({ order, touch }) => {
      const id = db.pluck<string>('SELECT id FROM conversation WHERE n = ?', events.conversation[touch] ?? 0);
      const currency = orders.currencies.valueOf(orders.currency[order] ?? 0);
      return `${orders.ids[order]} ${orders.value[order]} ${currency} ${id} ${events.at[touch]}`;
    })
    .sort();
}

const RANGES: readonly SlowRange[] = [
  { from: '2026-08-01', to: '2026-09-30', zone: 'UTC' },
  { from: '2026-08-20', to: '2026-09-03', zone: 'America/Sao_Paulo' },
  { from: '2026-09-01', to: '2026-09-01', zone: 'Asia/Seoul' },
  { from: '2026-08-28', to: '2026-09-12', zone: 'Europe/Stockholm' },
];

/** What the product answers and what the slow way says of one world: equal, or a bug. */
export interface Comparison {
  readonly product: unknown;
  readonly slow: unknown;
}

async function compareWorld(world: RawWorld, db: Database): Promise<readonly Comparison[]> {
  const insight = insightOver(db, world.now);
  const columns = await insight.columns();
  const found: Comparison[] = [];
  for (const range of RANGES) {
    const { zone, ...asked } = range;
    const days = insight.days({ range: asked, zone });
    if (!days.ok) throw new Error(days.error.type);
    for (const group of OVERVIEW_GROUPS) {
      const answer = overviewAnswer(insight, columns, days.value, group);
      const { figures } = answer;
      found.push({
        product: {
          totalVolume: figures.totalVolume,
          resolvedByAi: figures.resolvedByAi.numerator,
          notResolvedByAi: figures.notResolvedByAi.numerator,
          takenOver: figures.takenOver,
          open: figures.open,
          closedUnresolved: figures.closedUnresolved,
          bars: barsOf(answer),
        },
        slow: slowOverview(world, range, group),
      });
    }
    found.push({ product: salesText(db, columns, days.value.days), slow: slowSales(world, range) });
  }
  insight.dispose();
  return found;
}

/** Compares a random world of so many conversations. */
export async function compareSeed(seed: number, conversations: number): Promise<readonly Comparison[]> {
  const world = rawWorld(seed, conversations);
  const db = replicaOfWorld(world);
  const found = await compareWorld(world, db);
  db.close();
  return found;
}
