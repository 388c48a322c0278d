import {
  isPlainSort,
  type ListSort,
  type PlainSort,
  type Queue,
  type SortKey,
} from '../../protocol/rpc/list.ts';
import type { SqlValue } from '../../sqlite/types.ts';
import type { SqlPart } from './list-where.ts';

/**
 * An order as SQL. Rows whose value is unset come last in both directions, so a page may span two stretches: `set` rows
 * in the order of `terms`, then `unset` rows by `c.n`. `terms` end with the row's own number: no two rows are equal.
 */
export interface SortPlan {
  /** Expressions whose tuple orders the `set` stretch, all in `direction`. */
  readonly terms: readonly string[];
  readonly direction: 'ASC' | 'DESC';
  /** The column that may be unset; null when nothing is. */
  readonly nullable: string | null;
}

/** Where a page ended: which stretch, and the last row's terms there. */
export interface Keyset {
  readonly stretch: 'set' | 'unset';
  readonly values: readonly SqlValue[];
}

const PRIORITY_RANK = "(CASE c.priority WHEN 'high' THEN 3 WHEN 'low' THEN 1 ELSE 2 END)";
/** Later than any moment: rows that nobody waits for come after those that somebody does. */
const NEVER = 9_007_199_254_740_991;

const COLUMN: Readonly<Record<Exclude<PlainSort, 'priority'>, string>> = {
  activity: 'c.last_message_at',
  waiting: 'c.waiting_since',
  opened: 'c.opened_at',
  started: 'c.started_at',
  customer: 'cu.name COLLATE NOCASE',
};

/** The order for a plain sort (throws on one by a field, which only the columns have). Priority: unset counts as medium (C5), and within a priority the longest waiting is first. */
export function sortPlan(sort: ListSort): SortPlan {
  const direction = sort.direction === 'asc' ? 'ASC' : 'DESC';
  if (sort.by === 'priority') {
    const rank = sort.direction === 'asc' ? PRIORITY_RANK : `-${PRIORITY_RANK}`;
    return { terms: [rank, `ifnull(c.waiting_since, ${NEVER})`, 'c.n'], direction: 'ASC', nullable: null };
  }
  if (!isPlainSort(sort.by)) throw new Error(`invariant broken: SQL does not order by ${sort.by}`);
  const column = COLUMN[sort.by];
  if (sort.by === 'customer') return { terms: [column, 'cu.n', 'c.n'], direction, nullable: 'cu.name' };
  return { terms: [column, 'c.n'], direction, nullable: sort.by === 'started' ? null : column };
}

/** The index that holds a queue in this order, where there is one; named in the statement so that no plan strays. */
export function indexFor(queue: Queue, by: SortKey): string | null {
  if (by === 'waiting') {
    if (queue === 'inbox') return 'list_open_waiting';
    if (queue === 'mine' || queue === 'unassigned') return 'list_open_assignee';
    return queue === 'unread' ? 'list_open_unread' : null;
  }
  if (by !== 'activity') return null;
  if (queue === 'review') return 'list_review';
  if (queue === 'withAi') return 'list_with_ai';
  if (queue === 'all') return 'list_activity';
  return queue === 'inbox' || queue === 'snoozed' || queue === 'closed' ? 'list_state_activity' : null;
}

/** The condition that a stretch begins with, after `after` when the page before ended in it. */
export function stretchPart(
  plan: SortPlan,
  stretch: 'set' | 'unset',
  after: Keyset | null,
): readonly SqlPart[] {
  const parts: SqlPart[] = [];
  const sign = plan.direction === 'ASC' ? '>' : '<';
  const inside = after !== null && after.stretch === stretch;
  if (stretch === 'unset') {
    parts.push({ sql: `${plan.nullable} IS NULL`, params: [] });
    if (inside) parts.push({ sql: `c.n ${sign} ?`, params: after.values });
    return parts;
  }
  if (plan.nullable !== null) parts.push({ sql: `${plan.nullable} IS NOT NULL`, params: [] });
  if (inside) {
    // The planner finds no range in a tuple whose first term has a collation of its own: it is given one.
    const [first] = plan.terms;
    const [value] = after.values;
    if (plan.nullable === 'cu.name' && value !== undefined) {
      parts.push({ sql: `${first} ${sign}= ?`, params: [value] });
    }
    const places = plan.terms.map(() => '?').join(', ');
    parts.push({ sql: `(${plan.terms.join(', ')}) ${sign} (${places})`, params: after.values });
  }
  return parts;
}

/** ` ORDER BY …` of a stretch. */
export function orderText(plan: SortPlan, stretch: 'set' | 'unset'): string {
  const terms = stretch === 'unset' ? ['c.n'] : plan.terms;
  return ` ORDER BY ${terms.map((term) => `${term} ${plan.direction}`).join(', ')}`;
}
