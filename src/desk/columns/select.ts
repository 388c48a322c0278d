import { priorityRank } from './codes.ts';
import type { Columns } from './columns.ts';
import type { Matcher } from './matcher.ts';
import type { Order } from './orders.ts';

/** Ranks of the kinds that match, 0 for the others; every match has rank 1 where nothing else is asked for. */
function ranksOf(matcher: Matcher, rankOf: (kind: number) => number): Uint8Array {
  const table = matcher.fails();
  for (let kind = 0; kind < table.length; kind += 1) table[kind] = table[kind] === 0 ? rankOf(kind) : 0;
  return table;
}

/** How many rows have a rank, by a sum over kinds. */
function countMatches(columns: Columns, table: Uint8Array, value: number): number {
  let total = 0;
  for (let kind = 1; kind < table.length; kind += 1) {
    if (table[kind] === value) total += columns.kinds.countOf(kind);
  }
  return total;
}

/** Row numbers that match, in `order`; descending is its mirror image, but for the unset, which stay last. */
export function select(
  columns: Columns,
  matcher: Matcher,
  order: Order,
  direction: 'asc' | 'desc',
): Uint32Array {
  const table = ranksOf(matcher, () => 1);
  const found = new Uint32Array(countMatches(columns, table, 1));
  const { kind } = columns;
  let length = 0;
  for (const rows of [order.set, order.unset]) {
    const step = direction === 'asc' ? 1 : -1;
    let index = direction === 'asc' ? 0 : rows.length - 1;
    for (let left = rows.length; left > 0; left -= 1, index += step) {
      const n = rows[index] ?? 0;
      if (table[kind[n] ?? 0] === 1) found[length++] = n;
    }
  }
  if (length !== found.length) throw new Error(`invariant broken: ${length} rows for ${found.length}`);
  return found;
}

/** The rows of `found` that `mask` has a 1 for, in their order. */
export function masked(found: Uint32Array, mask: Uint8Array): Uint32Array {
  let length = 0;
  // Written over what was read already: `found` is nobody else's.
  for (let index = 0; index < found.length; index += 1) {
    const n = found[index] ?? 0;
    found[length] = n;
    length += mask[n] ?? 0;
  }
  return found.slice(0, length);
}

/** Row numbers that match, by priority, and within one the longest waiting first whatever the direction. */
export function selectByPriority(
  columns: Columns,
  matcher: Matcher,
  waiting: Order,
  direction: 'asc' | 'desc',
): Uint32Array {
  const table = ranksOf(matcher, (kind) => priorityRank(columns.kinds.codeOf(kind)));
  const [low, medium, high] = [1, 2, 3].map((rank) => countMatches(columns, table, rank));
  if (low === undefined || medium === undefined || high === undefined) return new Uint32Array();
  // Where the rows of each rank begin.
  const next = direction === 'asc' ? [0, 0, low, low + medium] : [0, high + medium, high, 0];
  const found = new Uint32Array(low + medium + high);
  const { kind } = columns;
  for (const rows of [waiting.set, waiting.unset]) {
    for (let index = 0; index < rows.length; index += 1) {
      const n = rows[index] ?? 0;
      const rank = table[kind[n] ?? 0] ?? 0;
      if (rank === 0) continue;
      const place = next[rank] ?? 0;
      found[place] = n;
      next[rank] = place + 1;
    }
  }
  return found;
}
