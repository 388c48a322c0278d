import type { ReadableDb } from '../../sqlite/types.ts';
import type { Columns } from './columns.ts';
import { compareNocase } from './nocase.ts';
import type { Order } from './orders.ts';

/** The order by customer's name, walked along an index in slices when somebody first asks for it. */
export interface CustomerOrder {
  /** Conversation `n` came, went, or has another customer or another name. */
  touch(n: number): void;
  reset(): void;
  /** The order as it is now; null while it is not built: then build it. */
  current(): Order | null;
  /** Builds on; true when it is done. */
  step(): boolean;
}

interface NameKey {
  readonly n: number;
  readonly customerN: number;
  readonly name: string;
}

type SliceRecord = readonly [customerN: number, name: string, n: number | null];

const SLICE = 500;
/** More touched rows than this are cheaper to walk again. */
const MOST_TOUCHED = 500;

// The first bound is for the planner: it finds no range in a pair that has a collation of its own.
const SLICE_SQL = `
  SELECT cu.n, cu.name, c.n FROM (
    SELECT n, id, name FROM customer INDEXED BY customer_name
    WHERE name COLLATE NOCASE >= ? AND (name COLLATE NOCASE, n) > (?, ?) ORDER BY name COLLATE NOCASE, n LIMIT ?
  ) cu LEFT JOIN conversation c ON c.customer_id = cu.id
  ORDER BY cu.name COLLATE NOCASE, cu.n, c.n`;
const KEYS_SQL = `
  SELECT c.n AS n, cu.n AS customerN, cu.name AS name FROM json_each(?) j
  CROSS JOIN conversation c ON c.n = j.value JOIN customer cu ON cu.id = c.customer_id
  WHERE cu.name IS NOT NULL`;

function compareKeys(a: NameKey, b: NameKey): number {
  return compareNocase(a.name, b.name) || a.customerN - b.customerN || a.n - b.n;
}

/** Keeps the order by customer's name over `db`. */
export function createCustomerOrder(db: ReadableDb, columns: () => Columns): CustomerOrder {
  let order: Order | null = null;
  let walked: number[] = [];
  let after: readonly [string, number] = ['', 0];
  let touched = new Set<number>();

  const restart = (): void => {
    order = null;
    walked = [];
    after = ['', 0];
    touched = new Set();
  };

  return {
    touch: (n) => {
      if (order === null && walked.length === 0) return;
      touched.add(n);
      if (order !== null && touched.size > MOST_TOUCHED) restart();
    },
    reset: restart,
    current: () => {
      if (order !== null && touched.size > MOST_TOUCHED) restart();
      if (order !== null && touched.size > 0) {
        order = mend(db, columns(), order, touched);
        touched = new Set();
      }
      return order;
    },
    step: () => {
      if (order !== null) return true;
      const records = db.prepareRaw<SliceRecord>(SLICE_SQL).all(after[0], ...after, SLICE);
      for (const [, , n] of records) if (n !== null) walked.push(n);
      const last = records.at(-1);
      if (last !== undefined) {
        after = [last[1], last[0]];
        return false;
      }
      order = withRest(columns(), Uint32Array.from(walked));
      walked = [];
      return true;
    },
  };
}

/** The walked rows that the columns hold, and the others, which have no name. */
function withRest(columns: Columns, walked: Uint32Array): Order {
  const isNamed = new Uint8Array(columns.end);
  const set = walked.filter((n) => {
    // A conversation that moved while the walk went on may be met twice.
    if ((columns.kind[n] ?? 0) === 0 || isNamed[n] === 1) return false;
    isNamed[n] = 1;
    return true;
  });
  const unset: number[] = [];
  for (let n = 1; n < columns.end; n += 1) {
    if (columns.kind[n] !== 0 && isNamed[n] === 0) unset.push(n);
  }
  return { set, unset: Uint32Array.from(unset) };
}

function mend(db: ReadableDb, columns: Columns, order: Order, touched: ReadonlySet<number>): Order {
  const keysOf = (numbers: readonly number[]): NameKey[] =>
    db.all<NameKey>(KEYS_SQL, JSON.stringify(numbers));
  const keyOf = (n: number): NameKey => keysOf([n])[0] ?? { n, customerN: 0, name: '' };
  const kept = order.set.filter((n) => !touched.has(n));
  const present = [...touched].filter((n) => (columns.kind[n] ?? 0) !== 0);
  const fresh = keysOf(present).toSorted(compareKeys);
  const set = new Uint32Array(kept.length + fresh.length);
  let from = 0;
  let length = 0;
  for (const key of fresh) {
    const place = lowerBound(kept, from, (n) => compareKeys(keyOf(n), key) < 0);
    set.set(kept.subarray(from, place), length);
    length += place - from;
    set[length++] = key.n;
    from = place;
  }
  set.set(kept.subarray(from), length);
  const named = new Set(fresh.map((key) => key.n));
  const unset = order.unset.filter((n) => !touched.has(n));
  const nameless = present.filter((n) => !named.has(n));
  return { set, unset: Uint32Array.from([...unset, ...nameless]).sort() };
}

/** The first index from `from` on whose row does not come before. */
function lowerBound(rows: Uint32Array, from: number, isBefore: (n: number) => boolean): number {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(rows[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
