import type { ReplicaChange } from '../service/lists.ts';
import type { Database } from '../../sqlite/database.ts';
import { ConversationColumns } from './conversation-columns.ts';
import { CustomerColumns, OrderColumns } from './customer-columns.ts';
import { EventColumns } from './event-columns.ts';
import {
  type ConversationFacts,
  conversationsOf,
  type CsatFact,
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
/** More changed rows than this are cheaper to read all again. */
const MOST_PENDING = 50_000;

/** All that figures are made of. Derived from the replica, never the truth. */
export class InsightColumns {
  readonly conversations = new ConversationColumns();
  readonly events = new EventColumns();
  readonly customers = new CustomerColumns();
  readonly orders = new OrderColumns();
  /** Surveys by the conversation's row number. */
  readonly csat = new Map<number, readonly CsatFact[]>();

  write({ n, conversation, events, csat }: ConversationFacts): void {
    this.conversations.set(n, conversation);
    this.events.set(n, events);
    if (csat.length > 0) this.csat.set(n, csat);
    else this.csat.delete(n);
  }

  remove(n: number): void {
    this.conversations.remove(n);
    this.events.strike(n);
    this.csat.delete(n);
  }
}

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

  constructor(db: Database) {
    this.#db = db;
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

  *#build(): Generator<undefined, InsightColumns> {
    // A deleted row's number cannot be asked for afterwards; a trigger of this connection alone keeps it.
    this.#db.exec(`
      CREATE TEMP TABLE IF NOT EXISTS gone_insight (n INTEGER PRIMARY KEY) STRICT;
      CREATE TEMP TRIGGER IF NOT EXISTS insight_gone AFTER DELETE ON main.conversation BEGIN
        INSERT OR IGNORE INTO gone_insight (n) VALUES (old.n);
      END;
    `);
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
