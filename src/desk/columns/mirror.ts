import type { AgentId, ConversationId } from '../../base/ids.ts';
import { type Facets, isPlainSort, type ListQuery, sortedField } from '../../protocol/rpc/list.ts';
import type { Database } from '../../sqlite/database.ts';
import { type ColumnRow, Columns, MOMENTS, type Moment } from './columns.ts';
import { createCustomerOrder, type CustomerOrder } from './customer-order.ts';
import { facetsOf } from './facets.ts';
import { createMatcher } from './matcher.ts';
import { createMomentOrder, type KeptOrder, type Order } from './orders.ts';
import { idsOf, readByIds, readByNumbers, readSlice } from './read.ts';
import { masked, select, selectByPriority } from './select.ts';
import type { RowTest } from './values/conditions.ts';
import { Values } from './values/values.ts';

/** Rows a slice of the build reads: a few milliseconds. */
const SLICE = 1_000;
/** Changed rows read in one statement. */
const CHUNK = 500;
/** More changed rows than this are cheaper to read all again, in slices. */
const MOST_PENDING = 50_000;
/** Beyond this what changes while all is read again shows at the end of it. */
const MOST_MEANWHILE = 2_000;

/** Hears of what a mirror takes in. */
export interface MirrorListener {
  /** These rows were deleted; a number among them may since be another conversation's. */
  gone(numbers: ReadonlySet<number>): void;
  /** Row `n` is about to come or to be written: everything is as it was. */
  changing(n: number): void;
  /** It was written. */
  changed(n: number): void;
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

/** The columns over a replica: built in slices, then kept up from what changed, lazily: only when asked. One a connection. */
export class Mirror {
  readonly #db: Database;
  readonly #me: () => AgentId;
  readonly #customers: CustomerOrder;
  /** The profile's fields and timings, built when they are first asked for. */
  readonly values: Values;
  #customersWanted = false;
  #columns = new Columns();
  #orders = momentOrders(this.#columns);
  #pending = new Set<ConversationId>();
  /** Changed while all is read again: shown in what still answers, and pending for what will. */
  #meanwhile = new Set<ConversationId>();
  #renamed = new Set<string>();
  /** Whether anything was reported since all was taken in. */
  #isTold = true;
  #building: Generator<undefined, void> | null;
  /** Whether what was built last still answers: it may be behind, while it is built again. */
  #isReady = false;
  /** Deleted before the build began: nothing to the columns, something to whoever holds row numbers. */
  #goneBefore: readonly number[] = [];
  #done = 0;
  #total = 0;

  /** Nothing is read yet. `me` may become known later. */
  constructor(db: Database, me: () => AgentId) {
    this.#db = db;
    this.#me = me;
    this.#customers = createCustomerOrder(db, () => this.#columns);
    this.values = new Values(db, () => this.#columns);
    this.#building = this.#build();
  }

  /** Whether it can be asked. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether `step` has something to do. */
  get isBuilding(): boolean {
    return this.#building !== null;
  }

  /** Changed rows that were not taken in yet. */
  get behind(): number {
    return this.#pending.size;
  }

  get columns(): Columns {
    return this.#columns;
  }

  /** Conversations read so far, and about how many there are. */
  get progress(): { readonly done: number; readonly total: number } {
    return { done: this.#done, total: this.#total };
  }

  /** Builds on; true when nothing is left to build. */
  step(): boolean {
    if (this.#building?.next().done === true) {
      this.#building = null;
      this.#isReady = true;
    }
    return this.#building === null;
  }

  /** Conversations written or deleted; null: any, all is read again. */
  changed(ids: readonly ConversationId[] | null): void {
    this.#isTold = true;
    if (ids === null) return this.#restart();
    for (const id of ids) this.#pending.add(id);
    if (this.#building !== null && this.#meanwhile.size < MOST_MEANWHILE)
      for (const id of ids) this.#meanwhile.add(id);
    // What is there answers until all is read again.
    if (this.#pending.size > MOST_PENDING && this.#building === null) this.#buildAgain();
  }

  /** Customers written, by id; null: any. */
  customersChanged(ids: readonly string[] | null): void {
    this.#isTold = true;
    if (ids === null) return this.#customers.reset();
    for (const id of ids) this.#renamed.add(id);
  }

  /** Takes in what changed, `most` rows at most, and tells of each; false when nothing is left. Ready only. */
  flush(listener: MirrorListener, most: number = Number.POSITIVE_INFINITY): boolean {
    if (this.#building !== null) return this.#isReady && this.#takeMeanwhile(listener, most);
    if (!this.#isTold) return false;
    this.#takeGone(listener);
    this.#take(this.#pending, listener, most);
    this.#takeRenamed();
    this.#isTold = this.#pending.size > 0;
    return this.#isTold;
  }

  /** Whether all that a query is ordered and filtered by is built; what is not is built by `stepWanted` from now on. */
  want(query: ListQuery): boolean {
    const hasValues = this.values.want(query);
    if (query.sort.by !== 'customer' || this.#customers.current() !== null) return hasValues;
    this.#customersWanted = true;
    return false;
  }

  /** Whether a row passes a query's conditions on fields; null while a column is not built. */
  test(query: ListQuery): RowTest | null {
    return this.values.test(query.filters.fields);
  }

  /** Row numbers of a query in its order, `among` apart; null while what decides is not built (`want`). */
  select(query: ListQuery): Uint32Array | null {
    const all = this.#selectByKind(query);
    const { fields } = query.filters;
    if (all === null || fields === undefined) return all;
    const mask = this.values.mask(fields, this.#columns.end);
    return mask === null ? null : masked(all, mask);
  }

  #selectByKind(query: ListQuery): Uint32Array | null {
    const matcher = createMatcher(this.#columns.kinds, query, this.#me());
    const { by, direction } = query.sort;
    if (by === 'priority') {
      return selectByPriority(this.#columns, matcher, this.#orders.waiting.current(), direction);
    }
    const order = this.#orderOf(by);
    return order === null ? null : select(this.#columns, matcher, order, direction);
  }

  /**
   * Counts beside every filter value, of the rows that pass a query's conditions on fields (all built) and that `among`
   * holds; of none where the query names a figure and `among` is null.
   */
  facets(query: ListQuery, among: RowTest | null = null): Facets {
    const { fields } = query.filters;
    const hasTest = query.among !== undefined || fields !== undefined;
    const counts = hasTest ? this.#countKinds(query, among) : undefined;
    return facetsOf(this.#columns.kinds, query, this.#me(), counts);
  }

  /** How many of the rows in question are of each kind. */
  #countKinds(query: ListQuery, among: RowTest | null): Uint32Array {
    const { kind, kinds, end } = this.#columns;
    const counts = new Uint32Array(kinds.size);
    if (query.among !== undefined && among === null) return counts;
    const mask = this.values.mask(query.filters.fields ?? {}, end);
    if (mask === null) return counts;
    if (query.among !== undefined && among !== null) {
      for (let n = 1; n < end; n += 1) if (mask[n] === 1 && !among(n)) mask[n] = 0;
    }
    for (let n = 1; n < end; n += 1) {
      const at = kind[n] ?? 0;
      counts[at] = (counts[at] ?? 0) + (mask[n] ?? 0);
    }
    counts[0] = 0;
    return counts;
  }

  /** Builds on what queries asked for; true when nothing is left. */
  stepWanted(): boolean {
    if (this.#customersWanted) {
      this.#customersWanted = !this.#customers.step();
      return false;
    }
    return this.values.step();
  }

  /** Removes what it left in the connection. */
  dispose(): void {
    this.#db.exec(
      'DROP TRIGGER IF EXISTS temp.conversation_gone; DROP TABLE IF EXISTS temp.gone_conversation;',
    );
  }

  *#build(): Generator<undefined, void> {
    watchDeletions(this.#db);
    this.#goneBefore = [...this.#goneBefore, ...this.#readGone()];
    const fresh = new Columns();
    this.#total = this.#db.pluck<number>('SELECT coalesce(max(n), 0) FROM conversation') ?? 0;
    fresh.reserve(this.#total + 1);
    this.#done = 0;
    for (let after: number | null = 0; after !== null; ) {
      after = readSlice(this.#db, fresh, after, SLICE);
      this.#done = after ?? this.#total;
      yield undefined;
    }
    const made = momentOrders(fresh);
    yield* made.activity.build();
    yield* made.waiting.build();
    this.#columns = fresh;
    this.#orders = made;
    this.#forgetDerived();
  }

  #buildAgain(): void {
    this.#building = this.#build();
    this.#pending = new Set();
    this.#meanwhile = new Set();
  }

  /** Nothing of what is held can be told any more. */
  #restart(): void {
    this.#isReady = false;
    this.#buildAgain();
    this.#forgetDerived();
  }

  #forgetDerived(): void {
    this.#customers.reset();
    this.values.reset();
    this.#renamed = new Set();
  }

  #orderOf(by: Exclude<ListQuery['sort']['by'], 'priority'>): Order | null {
    if (by === 'customer') return this.#customers.current();
    if (isPlainSort(by)) return this.#orders[by].current();
    return (
      this.values
        .get(sortedField(by) ?? '')
        ?.order()
        .current() ?? null
    );
  }

  #touch(n: number): void {
    for (const moment of MOMENTS) this.#orders[moment].touch(n);
    this.#customers.touch(n);
  }

  #readGone(): number[] {
    const gone = this.#db.preparePluck<number>('SELECT n FROM temp.gone_conversation').all();
    if (gone.length > 0) this.#db.run('DELETE FROM temp.gone_conversation');
    return gone;
  }

  #takeGone(listener: MirrorListener): void {
    const gone = this.#readGone();
    if (gone.length + this.#goneBefore.length === 0) return;
    listener.gone(new Set([...this.#goneBefore, ...gone]));
    this.#goneBefore = [];
    for (const n of gone) {
      this.#columns.remove(n);
      this.values.remove(n);
      this.#touch(n);
    }
    // A number that was given away again belongs to a conversation of its own.
    const again = readByNumbers(this.#db, gone);
    this.#write(again, idsOf(this.#db, again), listener);
  }

  #takeMeanwhile(listener: MirrorListener, most: number): boolean {
    this.#take(this.#meanwhile, listener, most);
    return this.#meanwhile.size > 0;
  }

  #take(from: Set<ConversationId>, listener: MirrorListener, most: number): void {
    const ids = [...from].slice(0, most);
    for (let at = 0; at < ids.length; at += CHUNK) {
      const chunk = ids.slice(at, at + CHUNK);
      for (const id of chunk) from.delete(id);
      this.#write(readByIds(this.#db, chunk), chunk, listener);
    }
  }

  #write(
    rows: readonly (readonly [number, ColumnRow])[],
    ids: readonly ConversationId[],
    listener: MirrorListener,
  ): void {
    for (const [n] of rows) listener.changing(n);
    for (const [n, row] of rows) {
      this.#columns.set(n, row);
      this.#touch(n);
    }
    this.values.take(ids);
    for (const [n] of rows) listener.changed(n);
  }

  #takeRenamed(): void {
    if (this.#renamed.size === 0) return;
    const sql = 'SELECT c.n FROM json_each(?) j CROSS JOIN conversation c ON c.customer_id = j.value';
    const numbers = this.#db.preparePluck<number>(sql).all(JSON.stringify([...this.#renamed]));
    for (const n of numbers) this.#customers.touch(n);
    this.#renamed = new Set();
  }
}

function momentOrders(columns: Columns): Readonly<Record<Moment, KeptOrder>> {
  return {
    activity: createMomentOrder(columns, 'activity'),
    waiting: createMomentOrder(columns, 'waiting'),
    opened: createMomentOrder(columns, 'opened'),
    started: createMomentOrder(columns, 'started'),
  };
}
