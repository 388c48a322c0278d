import type { Columns, Moment } from './columns.ts';
import { finish, radixSort } from './radix.ts';

/** All rows in the order of one value: those that have it, ascending (then by `n`), and those that have not, by `n`. */
export interface Order {
  readonly set: Uint32Array;
  readonly unset: Uint32Array;
}

/** An order that is kept: rows are reported when their value changed, and put right when the order is next asked for. */
export interface KeptOrder {
  /** Row `n` came, went or has another value. */
  touch(n: number): void;
  /** Forgets everything. */
  reset(): void;
  /** The order as it is now. A first build sorts all; afterwards a linear merge of what was touched. */
  current(): Order;
  /** The first build in steps of a few milliseconds, during which no row may change, else it is left to `current`; nothing when it is built. */
  build(): Generator<undefined, void>;
}

/** More touched rows than this share of all are sorted in again as a whole. */
const REBUILD_SHARE = 0.125;

/** Keeps the order by one moment. */
export function createMomentOrder(columns: Columns, moment: Moment): KeptOrder {
  return createKeyOrder(columns, () => columns[moment]);
}

/** Keeps the order by whatever `keysOf` answers: numbers, never -0; NaN where a row has none. */
export function createKeyOrder(columns: Columns, keysOf: () => Float64Array): KeptOrder {
  let order: Order | null = null;
  let touched = new Set<number>();
  /** A row was touched while the order was being built: what was sorted is void. */
  let isVoid = false;

  function* build(): Generator<undefined, void> {
    if (order !== null) return;
    touched = new Set();
    isVoid = false;
    const keys = keysOf();
    const split = partition(columns, keys);
    const set = yield* radixSort(keys, split.set);
    if (!isVoid) order = { set, unset: split.unset };
  }

  return {
    touch: (n) => {
      // What is not built yet is built from all rows as they are then.
      if (order === null) isVoid = true;
      else touched.add(n);
    },
    reset: () => {
      order = null;
      touched = new Set();
    },
    build,
    current: () => {
      if (order === null || touched.size > columns.count * REBUILD_SHARE) {
        order = null;
        finish(build());
      }
      if (order === null) throw new Error('invariant broken: the order was not built');
      if (touched.size > 0) {
        order = mend(columns, keysOf(), order, touched);
        touched = new Set();
      }
      return order;
    },
  };
}

/** The rows that have a value and those that have not, both by `n`. */
function partition(columns: Columns, keys: Float64Array): Order {
  const set = new Uint32Array(columns.count);
  const unset = new Uint32Array(columns.count);
  let sets = 0;
  let unsets = 0;
  for (let n = 1; n < columns.end; n += 1) {
    if (columns.kind[n] === 0) continue;
    if (Number.isNaN(keys[n] ?? Number.NaN)) unset[unsets++] = n;
    else set[sets++] = n;
  }
  return { set: set.slice(0, sets), unset: unset.slice(0, unsets) };
}

/** The order with the touched rows taken out and put where they belong now. */
function mend(columns: Columns, keys: Float64Array, order: Order, touched: ReadonlySet<number>): Order {
  const isTouched = new Uint8Array(columns.end);
  for (const n of touched) isTouched[n] = 1;
  const present = [...touched].filter((n) => columns.kind[n] !== 0 && columns.kind[n] !== undefined);
  const keyOf = (n: number): number => keys[n] ?? Number.NaN;
  const byNumber = (a: number, b: number): number => a - b;
  const byKey = (a: number, b: number): number => keyOf(a) - keyOf(b) || a - b;
  const withKey = present.filter((n) => !Number.isNaN(keyOf(n))).toSorted(byKey);
  const without = present.filter((n) => Number.isNaN(keyOf(n))).toSorted(byNumber);
  return {
    set: merge(order.set, isTouched, withKey, byKey),
    unset: merge(order.unset, isTouched, without, byNumber),
  };
}

function merge(
  old: Uint32Array,
  isTouched: Uint8Array,
  fresh: readonly number[],
  compare: (a: number, b: number) => number,
): Uint32Array {
  const merged = new Uint32Array(old.length + fresh.length);
  let length = 0;
  let next = 0;
  let candidate = fresh[0];
  for (let index = 0; index < old.length; index += 1) {
    const n = old[index] ?? 0;
    if (isTouched[n] === 1) continue;
    while (candidate !== undefined && compare(candidate, n) < 0) {
      merged[length++] = candidate;
      candidate = fresh[++next];
    }
    merged[length++] = n;
  }
  for (; candidate !== undefined; candidate = fresh[++next]) merged[length++] = candidate;
  return merged.slice(0, length);
}
