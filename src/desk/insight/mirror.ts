import type { ReplicaChange } from '../service/lists.ts';
import type { Database } from '../../sqlite/database.ts';
import { InsightColumns } from './columns.ts';
import type { KeptColumns } from './kept-columns.ts';
import {
  type ConversationFacts,
  conversationsOf,
  readCustomers,
  readCustomersNamed,
  readNamed,
  readOrders,
  readOrdersOf,
  readSlice,
} from './read.ts';

/** Conversations a slice of the build reads: some ten milliseconds with five data points each. */
const SLICE = 1_000;
const CUSTOMER_SLICE = 5_000;
const CHUNK = 500;
/** Closing takes in no more changed conversations than this. */
const MOST_TO_KEEP = 5_000;
/** More changed rows than this are cheaper to read all again. */
const MOST_PENDING = 50_000;

export type { InsightColumns } from './columns.ts';

/** Keeps the columns over a replica: built in slices once somebody asks, then kept up from what changed, when asked. */
export class InsightMirror {
  readonly #db: Database;
  #columns = new InsightColumns();
  #building: Generator<undefined, InsightColumns> | null = null;
  #isReady = false;
  #pending = new Set<string>();
  #customers = new Set<string>();
  #done = 0;
  #total = 0;

  /** `kept`: what was read of this replica before, which stands as it was then; `since`: what was written meanwhile. */
  constructor(db: Database, kept: KeptColumns | null = null, since: readonly ReplicaChange[] = []) {
    this.#db = db;
    if (kept === null) return;
    this.#watchDeletions();
    this.#building = this.#takeBack(kept);
    for (const change of since) this.changed(change);
    if (!this.#arePendingHere()) this.restart();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Conversations read so far, and about how many there are. */
  get progress(): { readonly done: number; readonly total: number } {
    return { done: this.#done, total: this.#total };
  }

  /** The columns with everything taken in that changed. Ready only. */
  current(): InsightColumns {
    this.#takeIn();
    return this.#columns;
  }

  /** Rows of the replica that were written. */
  changed({ conversations, customers }: ReplicaChange): void {
    if (!this.#isReady && this.#building === null) return;
    if (conversations === null || customers === null) return this.restart();
    for (const id of conversations) this.#pending.add(id);
    for (const id of customers) this.#customers.add(id);
    if (this.#pending.size > MOST_PENDING) this.restart();
  }

  /** The columns to be kept for the next run; null where that is not worth it, or not all was read in. */
  toKeep(least: number): InsightColumns | null {
    if (!this.#isReady || this.#pending.size > MOST_TO_KEEP) return null;
    const columns = this.current();
    return columns.conversations.end + columns.events.end < least ? null : columns;
  }

  /** Forgets everything; the next `step` begins anew. */
  restart(): void {
    this.#columns = new InsightColumns();
    this.#building = null;
    this.#isReady = false;
    this.#pending = new Set();
    this.#customers = new Set();
  }

  /** Builds on; true when it is ready. */
  step(): boolean {
    if (this.#isReady) return true;
    this.#building ??= this.#build();
    const { done, value } = this.#building.next();
    if (done === true) {
      this.#columns = value;
      this.#building = null;
      this.#isReady = true;
    }
    return this.#isReady;
  }

  /** Removes what it left in the connection. */
  dispose(): void {
    this.#db.exec('DROP TRIGGER IF EXISTS temp.insight_gone; DROP TABLE IF EXISTS temp.gone_insight;');
  }

  /** A deleted row's number cannot be asked for afterwards; a trigger of this connection alone keeps it. */
  #watchDeletions(): void {
    this.#db.exec(`
      CREATE TEMP TABLE IF NOT EXISTS gone_insight (n INTEGER PRIMARY KEY) STRICT;
      CREATE TEMP TRIGGER IF NOT EXISTS insight_gone AFTER DELETE ON main.conversation BEGIN
        INSERT OR IGNORE INTO gone_insight (n) VALUES (old.n);
      END;
    `);
  }

  /** What was kept, brought up by what changed since; the replica itself where that cannot be had. */
  *#takeBack(kept: KeptColumns): Generator<undefined, InsightColumns> {
    this.#done = 0;
    this.#total = this.#db.pluck<number>('SELECT coalesce(max(n), 0) FROM conversation') ?? 0;
    const columns = yield* kept.read();
    return columns ?? (yield* this.#build());
  }

  /** A conversation that was deleted before its number could be noted cannot be taken out of what was kept. */
  #arePendingHere(): boolean {
    const sql = 'SELECT count(*) FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value';
    return this.#db.pluck<number>(sql, JSON.stringify([...this.#pending])) === this.#pending.size;
  }

  *#build(): Generator<undefined, InsightColumns> {
    this.#watchDeletions();
    const columns = new InsightColumns();
    this.#done = 0;
    this.#total = this.#db.pluck<number>('SELECT coalesce(max(n), 0) FROM conversation') ?? 0;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const facts: readonly ConversationFacts[] = readSlice(this.#db, after, SLICE);
      for (const one of facts) columns.write(one);
      after = facts.at(-1)?.n;
      this.#done = after ?? this.#total;
      yield undefined;
    }
    for (let after: number | undefined = 0; after !== undefined; ) {
      const customers: ReturnType<typeof readCustomers> = readCustomers(this.#db, after, CUSTOMER_SLICE);
      for (const one of customers) columns.customers.set(one.n, one);
      after = customers.at(-1)?.n;
      yield undefined;
    }
    for (let after: string | undefined = ''; after !== undefined; ) {
      const orders: ReturnType<typeof readOrders> = readOrders(this.#db, after, CUSTOMER_SLICE);
      for (const one of orders) columns.orders.push(one);
      after = orders.at(-1)?.id;
      yield undefined;
    }
    return columns;
  }

  #takeIn(): void {
    this.#takeGone();
    this.#takeCustomers();
    const ids = [...this.#pending];
    this.#pending = new Set();
    for (let from = 0; from < ids.length; from += CHUNK) {
      for (const one of readNamed(this.#db, 'id', ids.slice(from, from + CHUNK))) this.#columns.write(one);
    }
    if (this.#columns.events.isWorn) {
      this.restart();
      while (!this.step());
    }
  }

  #takeGone(): void {
    const gone = this.#db.preparePluck<number>('SELECT n FROM temp.gone_insight').all();
    if (gone.length === 0) return;
    this.#db.run('DELETE FROM temp.gone_insight');
    for (const n of gone) this.#columns.remove(n);
    // A number that was given away again belongs to a conversation of its own.
    for (const one of readNamed(this.#db, 'n', gone)) this.#columns.write(one);
  }

  #takeCustomers(): void {
    if (this.#customers.size === 0) return;
    const ids = [...this.#customers];
    this.#customers = new Set();
    const { customers, orders } = this.#columns;
    for (let from = 0; from < ids.length; from += CHUNK) {
      const chunk = ids.slice(from, from + CHUNK);
      const rows = readCustomersNamed(this.#db, chunk);
      // A conversation may have come before its customer, and does not know its number yet.
      if (rows.some(({ n }) => !customers.isHere(n)))
        for (const id of conversationsOf(this.#db, chunk)) this.#pending.add(id);
      for (const row of rows) customers.set(row.n, row);
      orders.strike(new Set([...rows.map(({ n }) => n)]));
      for (const order of readOrdersOf(this.#db, chunk)) orders.push(order);
    }
  }
}
