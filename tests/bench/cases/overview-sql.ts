import type { ZonedDays } from '../../../src/domain/overview/range.ts';
import { DAY, HOUR } from '../../../src/base/time.ts';
import type { Database } from '../../../src/sqlite/database.ts';

interface PlainFigures {
  readonly totalVolume: number;
  readonly resolvedByAi: number;
  readonly notResolvedByAi: number;
  readonly sales: readonly {
    readonly currency: string;
    readonly valueMinor: number;
    readonly orders: number;
  }[];
}

/** What both sides answer: figures of the range and of the one before, and every bar. */
export interface PlainOverview {
  readonly figures: PlainFigures;
  readonly before: PlainFigures;
  readonly bars: readonly string[];
}

/** Counts by day, channel and outcome of both ranges in one walk of one index; the days of the range before are one. */
const COUNTS = `SELECT CASE WHEN started_at >= ? THEN started_at / ${DAY} END AS day, channel, ai_outcome AS outcome,
    count(*) AS count
  FROM conversation INDEXED BY beside_started
  WHERE started_at >= ? AND started_at < ? AND ai_outcome IS NOT NULL GROUP BY day, channel, outcome`;
/**
 * Orders of both ranges with a click in web chat, of the same customer, on a product recommended by then, in the 24 hours
 * before. The pluses keep the planner from looking for recommendations by their kind: it took minutes.
 */
const SALES = `SELECT o.at >= ? AS isNow, o.currency AS currency, sum(o.value_minor) AS valueMinor, count(*) AS orders
  FROM shop_order o INDEXED BY shop_order_feed
  WHERE o.at >= ? AND o.at < ? AND EXISTS (
    SELECT 1 FROM metric_event e INDEXED BY beside_touch
    WHERE e.metric = 'clicked' AND e.customer_id = o.customer_id AND e.at BETWEEN o.at - ${24 * HOUR} AND o.at
      AND e.channel = 'web_chat'
      AND EXISTS (SELECT 1 FROM metric_event r CROSS JOIN json_each(r.products) p
        WHERE r.conversation_id = e.conversation_id AND +r.metric = 'recommended' AND +r.at <= e.at
          AND p.value = json_extract(e.products, '$[0]'))
  ) GROUP BY isNow, currency ORDER BY currency`;

interface Count {
  readonly day: number | null;
  readonly channel: string;
  readonly outcome: string;
  readonly count: number;
}
type Sale = PlainFigures['sales'][number] & { readonly isNow: 0 | 1 };

function figuresOf(counts: readonly Count[], sales: readonly Sale[]): PlainFigures {
  const figures = { totalVolume: 0, resolvedByAi: 0, notResolvedByAi: 0 };
  for (const { outcome, count } of counts) {
    figures.totalVolume += count;
    if (outcome === 'resolvedByAi') figures.resolvedByAi += count;
    if (outcome === 'notResolvedByAi') figures.notResolvedByAi += count;
  }
  const amounts = sales.map(({ currency, valueMinor, orders }) => ({ currency, valueMinor, orders }));
  return { ...figures, sales: amounts };
}

function barsOf(counts: readonly Count[]): readonly string[] {
  const bars = new Map<string, number>();
  for (const { day, channel, count } of counts) {
    const bar = `${new Date((day ?? 0) * DAY).toISOString().slice(0, 10)} ${channel}`;
    bars.set(bar, (bars.get(bar) ?? 0) + count);
  }
  return [...bars].map(([bar, count]) => `${bar} ${count}`).sort();
}

/** The overview as one would write it in SQL, days in UTC; the range before ends where this one starts. */
export function sqlOverview(db: Database, days: ZonedDays, before: ZonedDays): PlainOverview {
  const asked = [days.start, before.start, days.end];
  const counts = db.all<Count>(COUNTS, ...asked);
  const sales = db.all<Sale>(SALES, ...asked);
  const now = counts.filter(({ day }) => day !== null);
  return {
    figures: figuresOf(
      now,
      sales.filter(({ isNow }) => isNow === 1),
    ),
    before: figuresOf(
      counts.filter(({ day }) => day === null),
      sales.filter(({ isNow }) => isNow === 0),
    ),
    bars: barsOf(now),
  };
}

/** Who started a conversation. */
export function sqlStarted(db: Database): number {
  return (
    db.pluck<number>("SELECT count(DISTINCT customer_id) FROM metric_event WHERE metric = 'started'") ?? 0
  );
}

/** Who got a recommendation and has placed no order since. */
export function sqlRecommendedNoOrder(db: Database): number {
  return (
    db.pluck<number>(`SELECT count(*) FROM
      (SELECT customer_id, max(at) AS at FROM metric_event WHERE metric = 'recommended' GROUP BY customer_id) r
      WHERE NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.customer_id = r.customer_id AND o.at > r.at)`) ?? 0
  );
}

/** Who was escalated in the last 7 days, days in UTC. */
export function sqlEscalatedLast7Days(db: Database, now: number): number {
  const today = now - (now % DAY);
  return (
    db.pluck<number>(
      "SELECT count(DISTINCT customer_id) FROM metric_event INDEXED BY metric_event_feed WHERE metric = 'escalated' AND at >= ? AND at < ?",
      today - 6 * DAY,
      today + DAY,
    ) ?? 0
  );
}
