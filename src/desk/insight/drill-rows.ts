import type { ZonedDays } from '../../domain/overview/range.ts';
import type { Drill } from '../../protocol/rpc/drill.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { csatRows } from './csat.ts';
import { daysOf } from './drill-days.ts';
import { outcomeCode } from './conversation-columns.ts';
import { metricCode } from './event-columns.ts';
import type { InsightColumns } from './mirror.ts';
import { groupingBy } from './overview.ts';
import { reviewed } from './review-cut.ts';
import { readVerdicts } from './review-query.ts';
import type { SalePlace } from './sales.ts';

/** Whether a row is among the conversations behind a figure. */
export type Among = (n: number) => boolean;

/** What finding the rows of a drill needs. */
export interface DrillContext {
  readonly db: ReadableDb;
  readonly columns: InsightColumns;
  readonly salesOn: (days: ZonedDays) => readonly SalePlace[];
}

const NOBODY: Among = () => false;

function inOverview(
  { conversations }: InsightColumns,
  drill: Extract<Drill, { of: 'overview' }>,
  { start, end }: ZonedDays,
): Among {
  const { startedAt } = conversations;
  const outcome = drill.outcome === undefined ? null : outcomeCode(drill.outcome);
  const takenOver = drill.handoffBy === undefined ? null : drill.handoffBy === 'agent';
  const { group } = drill;
  const grouping = group === undefined ? null : groupingBy(conversations, group.by);
  const codes = new Set<number>();
  for (let code = 0; grouping !== null && code < grouping.size; code += 1)
    if ((code !== 0 || group?.by !== 'channel') && grouping.nameOf(code) === group?.value) codes.add(code);
  return (n) => {
    const at = startedAt[n] ?? 0;
    const code = conversations.outcomeOf(n);
    if (code === 0 || at < start || at >= end) return false;
    if (outcome !== null && code !== outcome) return false;
    if (takenOver !== null && conversations.isTakenOver(n) !== takenOver) return false;
    return grouping === null || codes.has(grouping.codeOf(n));
  };
}

function ofMetric(
  { events }: InsightColumns,
  drill: Extract<Drill, { of: 'metric' }>,
  { start, end }: ZonedDays,
): Among {
  const wanted = metricCode(drill.metric);
  const found = new Set<number>();
  for (let place = 0; place < events.end; place += 1) {
    const at = events.at[place] ?? 0;
    if (at >= start && at < end && events.kindAt(place).metric === wanted)
      found.add(events.conversation[place] ?? 0);
  }
  return (n) => found.has(n);
}

function ofReview({ db, columns }: DrillContext, drill: Extract<Drill, { of: 'review' }>): Among {
  const { days, verdict, of: _of, ...cut } = drill;
  const all = new Set(reviewed(columns, { ...cut, days: days === undefined ? undefined : daysOf(days) }).all);
  if (verdict === undefined) return (n) => all.has(n);
  const given = readVerdicts(db).filter((one) => one.verdict !== null);
  const found = new Set(given.filter((one) => verdict === null || one.verdict === verdict).map(({ n }) => n));
  return (n) => all.has(n) && found.has(n) === (verdict !== null);
}

/** The conversations behind a figure, as the columns are now. */
export function rowsBehind(context: DrillContext, drill: Drill): Among {
  if (drill.of === 'review') return ofReview(context, drill);
  const days = daysOf(drill);
  if (days === null) return NOBODY;
  const { columns } = context;
  switch (drill.of) {
    case 'overview':
      return inOverview(columns, drill, days);
    case 'metric':
      return ofMetric(columns, drill, days);
    case 'csat': {
      const found = csatRows(columns, drill, days);
      return (n) => found.has(n);
    }
    case 'sales': {
      const { orders, events } = columns;
      const found = new Set<number>();
      for (const { order, touch } of context.salesOn(days)) {
        const currency = orders.currencies.valueOf(orders.currency[order] ?? 0);
        if (drill.currency === undefined || drill.currency === currency)
          found.add(events.conversation[touch] ?? 0);
      }
      return (n) => found.has(n);
    }
  }
}
