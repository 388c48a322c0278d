import { isPlainSort, type ListQuery, type ListSort, sortedField } from '../../protocol/rpc/list.ts';
import { priorityRank } from '../columns/codes.ts';
import type { Columns } from '../columns/columns.ts';
import type { Matcher } from '../columns/matcher.ts';
import type { Mirror } from '../columns/mirror.ts';
import type { RowTest } from '../columns/values/conditions.ts';

/** A list that was opened: its order stands still until it is refreshed, whatever happens to its rows. */
export interface View {
  readonly id: string;
  readonly query: ListQuery;
  /** Row numbers in the frozen order; while it is not ready, those of the first page. */
  order: Uint32Array;
  total: number;
  ready: boolean;
  /** Whether a row is behind the figure that the query names, and passes its conditions on fields; null: not known now. */
  passes: RowTest | null;
  /** Keys of the profile whose values come with each row. */
  readonly columns: readonly string[];
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
  /** False between the two tellings of one change. */
  readonly isWritten: boolean;
}

/** Later than any moment. */
const NEVER = 9e13;
const RANK = 1e14;
/** Steps that looking for neighbours of moved rows may take in one answer; beyond it each counts as moved. */
const MOST_STEPS = 4_000_000;

/** What a row is sorted by as one number, as things are; NaN is unset. Rows by customers' names never move. */
function keyOf({ columns, values }: Mirror, sort: ListSort, n: number): number {
  if (sort.by === 'customer') return 0;
  if (sort.by === 'priority') {
    const waiting = columns.waiting[n] ?? Number.NaN;
    return rankOf(columns, n) * RANK + (Number.isNaN(waiting) ? NEVER : waiting);
  }
  if (isPlainSort(sort.by)) return columns[sort.by][n] ?? Number.NaN;
  return values.get(sortedField(sort.by) ?? '')?.identityOf(n) ?? Number.NaN;
}

const rankOf = ({ kind, kinds }: Columns, n: number): number => priorityRank(kinds.codeOf(kind[n] ?? 0));

/** Whether `a` comes before `b` in the order of `sort`, both as they are now. */
function isBefore(mirror: Mirror, sort: ListSort, a: number, b: number): boolean {
  const { columns, values } = mirror;
  if (sort.by === 'priority') {
    const difference = (rankOf(columns, a) - rankOf(columns, b)) * (sort.direction === 'asc' ? 1 : -1);
    if (difference !== 0) return difference < 0;
    const [left, right] = [columns.waiting[a] ?? Number.NaN, columns.waiting[b] ?? Number.NaN];
    return isKeyBefore(left, right, a, b, 'asc');
  }
  const field = sortedField(sort.by);
  const keys = field === null ? null : (values.get(field)?.keys() ?? null);
  const placeOf = (n: number): number => (keys === null ? keyOf(mirror, sort, n) : (keys[n] ?? Number.NaN));
  return isKeyBefore(placeOf(a), placeOf(b), a, b, sort.direction);
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

/** Whether a row is one of a ready view's, as things are now. */
function matches({ matcher, passes }: View, { columns }: Mirror, n: number): boolean {
  return matcher?.matches(columns.kind[n] ?? 0) === true && passes?.(n) === true;
}

/** A row is about to come or to be written: takes note of what it is. */
export function noteChanging(view: View, mirror: Mirror, n: number): void {
  if (view.matcher === null || view.originals.has(n)) return;
  const key = keyOf(mirror, view.query.sort, n);
  view.originals.set(n, { was: matches(view, mirror, n), key, isWritten: false });
}

/** It was written: a row that neither was nor is in the view is forgotten. */
export function noteChanged(view: View, mirror: Mirror, n: number): void {
  const original = view.originals.get(n);
  if (original === undefined || original.isWritten) return;
  if (original.was || matches(view, mirror, n)) view.originals.set(n, { ...original, isWritten: true });
  else view.originals.delete(n);
}

/** How many rows would come, go or move if the view were refreshed now. */
export function countChanged(view: View, mirror: Mirror): number {
  if (view.matcher === null || view.passes === null) return 0;
  if (view.isAllChanged) return countComings(view, mirror);
  let changed = 0;
  const moved: number[] = [];
  for (const [n, { was, key }] of view.originals) {
    const is = matches(view, mirror, n);
    if (is !== was) changed += 1;
    else if (is && !Object.is(keyOf(mirror, view.query.sort, n), key)) moved.push(n);
  }
  if (moved.length * view.order.length > MOST_STEPS) return changed + moved.length;
  return changed + moved.filter((n) => isOutOfPlace(view, mirror, n)).length;
}

/** Whether a row no longer stands between the nearest rows that stayed as they were. */
function isOutOfPlace(view: View, mirror: Mirror, n: number): boolean {
  const index = view.order.indexOf(n);
  const stays = (other: number | undefined): boolean =>
    other !== undefined && !view.originals.has(other) && matches(view, mirror, other);
  let previous = index - 1;
  while (previous >= 0 && !stays(view.order[previous])) previous -= 1;
  let next = index + 1;
  while (next < view.order.length && !stays(view.order[next])) next += 1;
  const { sort } = view.query;
  const before = view.order[previous];
  const after = view.order[next];
  return (
    (before !== undefined && !isBefore(mirror, sort, before, n)) ||
    (after !== undefined && !isBefore(mirror, sort, n, after))
  );
}

/** What comes and goes, over all rows: one pass over the view and one over all. */
function countComings(view: View, mirror: Mirror): number {
  const { kind, end } = mirror.columns;
  const fails = view.matcher?.fails() ?? new Uint8Array();
  const isIn = (n: number): boolean => fails[kind[n] ?? 0] === 0 && view.passes?.(n) === true;
  let total = 0;
  for (let n = 1; n < end; n += 1) if (isIn(n)) total += 1;
  let stays = 0;
  for (const n of view.order) if (isIn(n)) stays += 1;
  return view.order.length - stays + (total - stays);
}
