import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { ListQuery, ListRow, Queue } from '../../protocol/rpc/list.ts';
import type { ReadableDb, SqlValue } from '../../sqlite/types.ts';
import { type ListRecord, type MarksOf, recordToListRow, ROW_COLUMNS, ROW_JOIN } from './list-row.ts';
import { indexFor, type Keyset, orderText, type SortPlan, sortPlan, stretchPart } from './list-sort.ts';
import { paramsOf, type SqlPart, whereOf, whereText } from './list-where.ts';

export interface PageArgs {
  readonly query: ListQuery;
  readonly me: AgentId;
  /** Where the page before ended; null for the first. */
  readonly after: Keyset | null;
  /** Rows at most. */
  readonly limit: number;
}

export interface ListPage {
  readonly records: readonly ListRecord[];
  /** Where this page ended; null when nothing follows. */
  readonly next: Keyset | null;
}

const BIG_QUEUES: readonly Queue[] = ['all', 'closed', 'review'];

/**
 * The tables of a page in the order they are walked. By customer, a big queue is walked along the names; a small or
 * filtered one is cheaper to collect and sort.
 */
function fromText(query: ListQuery, stretch: 'set' | 'unset', hasFilters: boolean): string {
  const { queue, sort } = query;
  if (sort.by === 'customer' && stretch === 'set' && BIG_QUEUES.includes(queue) && !hasFilters) {
    return 'customer cu INDEXED BY customer_name CROSS JOIN conversation c ON c.customer_id = cu.id';
  }
  const index = indexFor(queue, sort.by);
  return `conversation c${index === null ? '' : ` INDEXED BY ${index}`}${ROW_JOIN}`;
}

/** One statement of a page, for `pageOf` and for tests that look at its plan. */
export function pageStatement(args: PageArgs, stretch: 'set' | 'unset', limit: number): SqlPart {
  const plan = sortPlan(args.query.sort);
  const wanted = whereOf(args.query, args.me);
  const where = [...wanted, ...stretchPart(plan, stretch, args.after)];
  const from = fromText(args.query, stretch, wanted.length > (args.query.queue === 'all' ? 0 : 1));
  return {
    sql: `SELECT ${ROW_COLUMNS} FROM ${from}${whereText(where)}${orderText(plan, stretch)} LIMIT ?`,
    params: [args.me, ...paramsOf(where), limit],
  };
}

/** The next page of a list by keyset, at most `limit` rows, in `sortPlan`'s order (B4). Binds its LIMIT. */
export function pageOf(db: ReadableDb, args: PageArgs): ListPage {
  const plan = sortPlan(args.query.sort);
  const records: ListRecord[] = [];
  let stretch: 'set' | 'unset' = args.after?.stretch ?? 'set';
  if (stretch === 'set') {
    const { sql, params } = pageStatement(args, 'set', args.limit);
    records.push(...db.all<ListRecord>(sql, ...params));
  }
  if (records.length < args.limit && plan.nullable !== null) {
    const { sql, params } = pageStatement(args, 'unset', args.limit - records.length);
    const unset = db.all<ListRecord>(sql, ...params);
    if (unset.length > 0) stretch = 'unset';
    records.push(...unset);
  }
  const last = records.at(-1);
  const isFull = records.length === args.limit && last !== undefined;
  return { records, next: isFull ? keysetAt(args.query, plan, last, stretch) : null };
}

function keysetAt(query: ListQuery, plan: SortPlan, last: ListRecord, stretch: 'set' | 'unset'): Keyset {
  if (stretch === 'unset') return { stretch, values: [last.n] };
  return {
    stretch: 'set',
    values: plan.terms.length === 2 ? [keyOf(query, last), last.n] : longKey(query, last),
  };
}

function keyOf(query: ListQuery, record: ListRecord): SqlValue {
  switch (query.sort.by) {
    case 'activity':
      return record.lastMessageAt;
    case 'waiting':
      return record.waitingSince;
    case 'opened':
      return record.openedAt;
    case 'started':
      return record.startedAt;
    case 'customer':
      return record.customerName;
    case 'priority':
      return (query.sort.direction === 'asc' ? 1 : -1) * priorityRank(record);
    default:
      throw new Error(`invariant broken: SQL does not order by ${query.sort.by}`);
  }
}

function priorityRank(record: ListRecord): number {
  return record.priority === 'high' ? 3 : record.priority === 'low' ? 1 : 2;
}

function longKey(query: ListQuery, record: ListRecord): readonly SqlValue[] {
  const second =
    query.sort.by === 'customer' ? record.customerN : (record.waitingSince ?? Number.MAX_SAFE_INTEGER);
  return [keyOf(query, record), second, record.n];
}

/** How many conversations a query matches. Along a partial index for a plain queue; a scan where filters ask for one. */
export function countOf(db: ReadableDb, query: ListQuery, me: AgentId): number {
  const where = whereOf(query, me);
  return db.pluck<number>(`SELECT count(*) FROM conversation c${whereText(where)}`, ...paramsOf(where)) ?? 0;
}

const BY_NUMBER = `SELECT ${ROW_COLUMNS} FROM json_each(?) j CROSS JOIN conversation c ON c.n = j.value${ROW_JOIN}`;
const BY_ID = `SELECT ${ROW_COLUMNS} FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value${ROW_JOIN}`;

/** Records by row number, in the order asked; those that are gone are left out. */
export function recordsByNumber(
  db: ReadableDb,
  numbers: readonly number[],
  me: AgentId,
): readonly ListRecord[] {
  return db.all<ListRecord>(BY_NUMBER, me, `[${numbers.join(',')}]`);
}

/** List rows by id, in the order asked; unknown ones are left out. */
export function rowsByIds(
  db: ReadableDb,
  ids: readonly ConversationId[],
  me: AgentId,
  marks: MarksOf,
): readonly ListRow[] {
  return db
    .all<ListRecord>(BY_ID, me, JSON.stringify(ids))
    .map((record) => recordToListRow(record, marks(record.id)));
}
