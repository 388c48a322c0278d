import type { ListQuery, ListSort } from '../../protocol/rpc/list.ts';
import { priorityRank } from '../columns/codes.ts';
import type { Columns, RowBefore } from '../columns/columns.ts';
import type { Matcher } from '../columns/matcher.ts';

/** A list that was opened: its order stands still until it is refreshed, whatever happens to its rows. */
export interface View {
  readonly id: string;
  readonly query: ListQuery;
  /** Row numbers in the frozen order; while it is not ready, those of the first page. */
  order: Uint32Array;
  total: number;
  ready: boolean;
  /** Whether a row is behind the figure that the query names (`among`); null where it names none. */
  among: ((n: number) => boolean) | null;
  /** Decides what a row's kind is worth; null while it is not ready. */
  matcher: Matcher | null;
  /** What the rows that changed since were when the order was frozen. */
  originals: Map<number, Original>;
  /** Everything may have changed since: what came and went is counted over all. */
  isAllChanged: boolean;
}

interface Original {
  readonly was: boolean;
  readonly key: number;
}

/** Later than any moment. */
const NEVER = 9e13;
const RANK = 1e14;
/** Steps that looking for neighbours of moved rows may take in one answer; beyond it each counts as moved. */
const MOST_STEPS = 4_000_000;

/** What a row is sorted by as one number; NaN is unset. Customers' names are not numbers: those rows never move. */
function keyOf(row: RowBefore, columns: Columns, sort: ListSort): number {
  if (sort.by === 'customer') return 0;
  if (sort.by !== 'priority') return row[sort.by];
  const waiting = Number.isNaN(row.waiting) ? NEVER : row.waiting;
  return priorityRank(columns.kinds.codeOf(row.kind)) * RANK + waiting;
}

/** Whether `a` comes before `b` in the order of `sort`, both as they are now. */
function isBefore(columns: Columns, sort: ListSort, a: number, b: number): boolean {
  const [left, right] = [columns.before(a), columns.before(b)];
  if (sort.by === 'priority') {
    const rank = (row: RowBefore): number => priorityRank(columns.kinds.codeOf(row.kind));
    const difference = (rank(left) - rank(right)) * (sort.direction === 'asc' ? 1 : -1);
    if (difference !== 0) return difference < 0;
    return isKeyBefore(left.waiting, right.waiting, a, b, 'asc');
  }
  return isKeyBefore(keyOf(left, columns, sort), keyOf(right, columns, sort), a, b, sort.direction);
}

function isKeyBefore(left: number, right: number, a: number, b: number, direction: 'asc' | 'desc'): boolean {
  const isUnset = Number.isNaN(left);
  if (isUnset !== Number.isNaN(right)) return !isUnset;
  const difference = isUnset || left === right ? a - b : left - right;
  return direction === 'asc' ? difference < 0 : difference > 0;
}

/** Takes deleted rows out of a view, at once: there is nothing to show in their place. */
export function dropGone(view: View, gone: ReadonlySet<number>): void {
  for (const n of gone) view.originals.delete(n);
  const kept = view.order.filter((n) => !gone.has(n));
  view.total -= view.order.length - kept.length;
  view.order = kept;
}

/** Takes note of a row that came or was written: `before` is what it was. */
export function noteChange(view: View, columns: Columns, before: RowBefore): void {
  const { n } = before;
  if (view.matcher === null || view.originals.has(n)) return;
  if (view.among !== null && !view.among(n)) return;
  const was = view.matcher.matches(before.kind);
  const isNow = view.matcher.matches(columns.kind[n] ?? 0);
  if (was || isNow) view.originals.set(n, { was, key: keyOf(before, columns, view.query.sort) });
}

/** How many rows would come, go or move if the view were refreshed now. */
export function countChanged(view: View, columns: Columns): number {
  const { matcher } = view;
  if (matcher === null) return 0;
  const matches = (n: number): boolean => matcher.matches(columns.kind[n] ?? 0);
  if (view.isAllChanged) return countComings(view, columns, matcher);
  let changed = 0;
  const moved: number[] = [];
  for (const [n, { was, key }] of view.originals) {
    const is = matches(n);
    if (is !== was) changed += 1;
    else if (is && !Object.is(keyOf(columns.before(n), columns, view.query.sort), key)) moved.push(n);
  }
  if (moved.length * view.order.length > MOST_STEPS) return changed + moved.length;
  return changed + moved.filter((n) => isOutOfPlace(view, columns, n, matches)).length;
}

/** Whether a row no longer stands between the nearest rows that stayed as they were. */
function isOutOfPlace(view: View, columns: Columns, n: number, matches: (n: number) => boolean): boolean {
  const index = view.order.indexOf(n);
  const stays = (other: number | undefined): boolean =>
    other !== undefined && !view.originals.has(other) && matches(other);
  let previous = index - 1;
  while (previous >= 0 && !stays(view.order[previous])) previous -= 1;
  let next = index + 1;
  while (next < view.order.length && !stays(view.order[next])) next += 1;
  const { sort } = view.query;
  const before = view.order[previous];
  const after = view.order[next];
  return (
    (before !== undefined && !isBefore(columns, sort, before, n)) ||
    (after !== undefined && !isBefore(columns, sort, n, after))
  );
}

/** What comes and goes, over all rows: one pass over the view and one over the kinds. */
function countComings(view: View, columns: Columns, matcher: Matcher): number {
  const fails = matcher.fails();
  if (view.among !== null) return 0;
  let total = 0;
  fails.forEach((bits, kind) => {
    if (bits === 0) total += columns.kinds.countOf(kind);
  });
  let stays = 0;
  for (const n of view.order) if (fails[columns.kind[n] ?? 0] === 0) stays += 1;
  return view.order.length - stays + (total - stays);
}
