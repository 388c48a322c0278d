import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { Facets, ListQuery } from '../../protocol/rpc/list.ts';
import type { Database } from '../../sqlite/database.ts';
import { Columns, MOMENTS, type Moment, type RowBefore } from './columns.ts';
import { createCustomerOrder } from './customer-order.ts';
import { facetsOf } from './facets.ts';
import { createMatcher } from './matcher.ts';
import { createMomentOrder, type KeptOrder } from './orders.ts';
import { readByIds, readByNumbers, readSlice } from './read.ts';
import { select, selectByPriority } from './select.ts';

/** Rows a slice of the build reads: a few milliseconds. */
const SLICE = 1_000;
/** Changed rows read in one statement. */
const CHUNK = 500;
/** More changed rows than this are cheaper to read all again, in slices. */
const MOST_PENDING = 50_000;

/** What became of one row: what it was, and whether it was deleted (its number may since be another's). */
export interface RowChanged {
  readonly before: RowBefore;
  readonly gone: boolean;
}

/** The columns over a replica: built in slices, then kept up from what changed, lazily: only when asked. */
export interface Mirror {
  readonly isReady: boolean;
  readonly columns: Columns;
  /** Conversations read so far, and about how many there are. */
  readonly progress: { readonly done: number; readonly total: number };
  /** Builds on; true when it is ready. */
  step(): boolean;
  /** Conversations written or deleted; null: any. */
  changed(ids: readonly ConversationId[] | null): void;
  /** Customers written, by id; null: any. */
  customersChanged(ids: readonly string[] | null): void;
  /** Takes in what changed, `most` rows at most, and tells of each; false when nothing is left. Ready only. */
  flush(onRow: (change: RowChanged) => void, most?: number): boolean;
  /** Row numbers of a query in its order; null while the order is not built (by customer): then `stepCustomers`. */
  select(query: ListQuery): Uint32Array | null;
  facets(query: ListQuery): Facets;
  /** Builds on the order by customers; true when it is done. */
  stepCustomers(): boolean;
  /** Removes what it left in the connection. */
  dispose(): void;
}

/** A deleted row's number cannot be asked for afterwards; a trigger of this connection alone keeps it. */
function watchDeletions(db: Database): void {
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS gone_conversation (n INTEGER PRIMARY KEY) STRICT;
    CREATE TEMP TRIGGER IF NOT EXISTS conversation_gone AFTER DELETE ON main.conversation BEGIN
      INSERT OR IGNORE INTO gone_conversation (n) VALUES (old.n);
    END;
  `);
}

/** Opens the mirror over `db`; nothing is read yet. One a connection. `me` may become known later. */
export function createMirror(db: Database, me: () => AgentId): Mirror {
  let columns = new Columns();
  let orders = momentOrders(columns);
  const customers = createCustomerOrder(db, () => columns);
  let pending = new Set<ConversationId>();
  let renamed = new Set<string>();
  let building: Generator<undefined, void> | null = null;
  let done = 0;
  let total = 0;
  /** Whether anything was reported since all was taken in. */
  let isTold = true;

  function* build(): Generator<undefined, void> {
    watchDeletions(db);
    const fresh = new Columns();
    total = db.pluck<number>('SELECT coalesce(max(n), 0) FROM conversation') ?? 0;
    fresh.reserve(total + 1);
    done = 0;
    for (let after: number | null = 0; after !== null; ) {
      after = readSlice(db, fresh, after, SLICE);
      done = after ?? total;
      yield undefined;
    }
    const made = momentOrders(fresh);
    yield* made.activity.build();
    yield* made.waiting.build();
    columns = fresh;
    orders = made;
  }
  const restart = (): void => {
    building = build();
    customers.reset();
    pending = new Set();
    renamed = new Set();
  };
  restart();

  const touch = (n: number): void => {
    for (const moment of MOMENTS) orders[moment].touch(n);
    customers.touch(n);
  };
  const takeGone = (onRow: (change: RowChanged) => void): void => {
    const gone = db.preparePluck<number>('SELECT n FROM temp.gone_conversation').all();
    if (gone.length === 0) return;
    db.run('DELETE FROM temp.gone_conversation');
    for (const n of gone) {
      onRow({ before: columns.before(n), gone: true });
      columns.remove(n);
      touch(n);
    }
    // A number that was given away again belongs to a conversation of its own.
    for (const [n, row] of readByNumbers(db, gone)) {
      const before = columns.before(n);
      columns.set(n, row);
      onRow({ before, gone: false });
    }
  };
  const takePending = (onRow: (change: RowChanged) => void, most: number): void => {
    const ids = [...pending].slice(0, most);
    for (let from = 0; from < ids.length; from += CHUNK) {
      const chunk = ids.slice(from, from + CHUNK);
      for (const id of chunk) pending.delete(id);
      for (const [n, row] of readByIds(db, chunk)) {
        const before = columns.before(n);
        columns.set(n, row);
        touch(n);
        onRow({ before, gone: false });
      }
    }
  };
  const takeRenamed = (): void => {
    if (renamed.size === 0) return;
    const sql = 'SELECT c.n FROM json_each(?) j CROSS JOIN conversation c ON c.customer_id = j.value';
    for (const n of db.preparePluck<number>(sql).all(JSON.stringify([...renamed]))) customers.touch(n);
    renamed = new Set();
  };

  return {
    get isReady() {
      return building === null;
    },
    get columns() {
      return columns;
    },
    get progress() {
      return { done, total };
    },
    step: () => {
      if (building !== null && building.next().done === true) building = null;
      return building === null;
    },
    changed: (ids) => {
      isTold = true;
      if (ids === null) return restart();
      for (const id of ids) pending.add(id);
      if (pending.size > MOST_PENDING) restart();
    },
    customersChanged: (ids) => {
      isTold = true;
      if (ids === null) return customers.reset();
      for (const id of ids) renamed.add(id);
    },
    flush: (onRow, most = Number.POSITIVE_INFINITY) => {
      if (building !== null || !isTold) return false;
      takeGone(onRow);
      if (pending.size > 0) takePending(onRow, most);
      takeRenamed();
      isTold = pending.size > 0;
      return isTold;
    },
    select: (query) => {
      const matcher = createMatcher(columns.kinds, query, me());
      const { by, direction } = query.sort;
      if (by === 'priority') return selectByPriority(columns, matcher, orders.waiting.current(), direction);
      const order = by === 'customer' ? customers.current() : orders[by].current();
      return order === null ? null : select(columns, matcher, order, direction);
    },
    facets: (query) => facetsOf(columns.kinds, query, me()),
    stepCustomers: () => customers.step(),
    dispose: () => {
      db.exec('DROP TRIGGER IF EXISTS temp.conversation_gone; DROP TABLE IF EXISTS temp.gone_conversation;');
    },
  };
}

function momentOrders(columns: Columns): Readonly<Record<Moment, KeptOrder>> {
  return {
    activity: createMomentOrder(columns, 'activity'),
    waiting: createMomentOrder(columns, 'waiting'),
    opened: createMomentOrder(columns, 'opened'),
    started: createMomentOrder(columns, 'started'),
  };
}
