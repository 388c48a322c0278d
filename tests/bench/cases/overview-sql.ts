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

const OUTCOMES = `SELECT ai_outcome AS outcome, count(*) AS count FROM conversation
  WHERE started_at >= ? AND started_at < ? AND ai_outcome IS NOT NULL GROUP BY ai_outcome`;
const BARS = `SELECT date(started_at / 1000, 'unixepoch') AS day, channel, count(*) AS count FROM conversation
  WHERE started_at >= ? AND started_at < ? AND ai_outcome IS NOT NULL GROUP BY day, channel`;
/** Orders with a click in web chat, of the same customer, on a product recommended by then, in the 24 hours before. */
const SALES = `SELECT o.currency AS currency, sum(o.value_minor) AS valueMinor, count(*) AS orders FROM shop_order o
  INDEXED BY shop_order_feed
  WHERE o.at >= ? AND o.at < ? AND EXISTS (
    SELECT 1 FROM conversation c JOIN metric_event e ON e.conversation_id = c.id
    WHERE c.customer_id = o.customer_id AND e.metric = 'clicked' AND e.channel = 'web_chat'
      AND e.at <= o.at AND e.at >= o.at - ${24 * HOUR}
      AND EXISTS (SELECT 1 FROM metric_event r, json_each(r.products) p WHERE r.conversation_id = c.id
        AND r.metric = 'recommended' AND r.at <= e.at AND p.value = json_extract(e.products, '$[0]'))
  ) GROUP BY o.currency ORDER BY o.currency`;

function figuresOn(db: Database, { start, end }: ZonedDays): PlainFigures {
  const counts = new Map(
    db.all<{ outcome: string; count: number }>(OUTCOMES, start, end).map((row) => [row.outcome, row.count]),
  );
  return {
    totalVolume: [...counts.values()].reduce((sum, count) => sum + count, 0),
    resolvedByAi: counts.get('resolvedByAi') ?? 0,
    notResolvedByAi: counts.get('notResolvedByAi') ?? 0,
    sales: db.all<PlainFigures['sales'][number]>(SALES, start, end),
  };
}

/** The overview as one would write it in SQL, days in UTC. */
export function sqlOverview(db: Database, days: ZonedDays, before: ZonedDays): PlainOverview {
  const bars = db.all<{ day: string; channel: string; count: number }>(BARS, days.start, days.end);
  return {
    figures: figuresOn(db, days),
    before: figuresOn(db, before),
    bars: bars.map(({ day, channel, count }) => `${day} ${channel} ${count}`).sort(),
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
      "SELECT count(DISTINCT customer_id) FROM metric_event WHERE metric = 'escalated' AND at >= ? AND at < ?",
      today - 6 * DAY,
      today + DAY,
    ) ?? 0
  );
}
