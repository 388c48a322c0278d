import type {
  Database,
  Query,
  RunResult,
  SqlParams,
  SqlValue,
  Statement,
} from '../../../src/sqlite/types.ts';

/** The process is gone: thrown through whatever ran. */
export class Crash extends Error {
  /** One for all: an error that is made reads the stack, which takes as long as a mutation. */
  static readonly #one = new Crash('the process was killed');

  static now(): never {
    throw Crash.#one;
  }
}

/** Whether a process lives, and after how many durable writes it is killed. */
export interface Power {
  dead: boolean;
  /** Durable writes until it is killed; Infinity: never. */
  left: number;
  /** Killed before its commit took hold, or right after. */
  cut: 'before' | 'after';
  /** Durable writes made, to tell whether anything can have changed. */
  writes: number;
  /** Tables that a statement to write was made for since this was emptied; `*`: any. */
  readonly touched: Set<string>;
}

export function power(): Power {
  return { dead: false, left: Number.POSITIVE_INFINITY, cut: 'before', writes: 0, touched: new Set(['*']) };
}

/** Throws when the process is gone. */
export function mustLive(self: Power): void {
  if (self.dead) Crash.now();
}

/** Makes one durable write, dying at it where its time has come. */
export function durable<T>(self: Power, write: () => T, undone: (write: () => T) => T): T {
  mustLive(self);
  self.left -= 1;
  if (self.left > 0) {
    self.writes += 1;
    return write();
  }
  self.dead = true;
  if (self.cut === 'before') return undone(write);
  write();
  return Crash.now();
}

const WRITES = /^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)/;
const tableOf = new Map<string, string | null>();

/** Remembers which table a statement may write. */
function touch(self: Power, sql: string): void {
  let table = tableOf.get(sql);
  if (table === undefined) {
    table = WRITES.exec(sql)?.[1] ?? (/^\s*SELECT/.test(sql) ? null : '*');
    tableOf.set(sql, table);
  }
  if (table !== null) self.touched.add(table);
}

/**
 * A database of a process that may be killed at any of its commits: one cut before it is rolled back, as a crash does.
 * `isFollowed`: the database itself knows what was written, and `touched` need not.
 */
export function fragile(db: Database, self: Power, isFollowed: boolean): Database {
  return new FragileDb(db, self, isFollowed);
}

/** A class, since a desk that starts makes two: twenty functions for each of them took as long as reading its state. */
class FragileDb implements Database {
  readonly path: string;
  readonly #db: Database;
  readonly #self: Power;
  readonly #isFollowed: boolean;

  constructor(db: Database, self: Power, isFollowed: boolean) {
    this.path = db.path;
    this.#db = db;
    this.#self = self;
    this.#isFollowed = isFollowed;
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }
  get isOpen(): boolean {
    return this.#db.isOpen;
  }
  prepare<Row = never, Params extends SqlParams = SqlParams>(sql: string): Statement<Row, Params> {
    if (!this.#isFollowed) touch(this.#self, sql);
    return this.#db.prepare<Row, Params>(sql);
  }
  prepareRaw<Row extends readonly SqlValue[], Params extends SqlParams = SqlParams>(
    sql: string,
  ): Query<Row, Params> {
    return this.#db.prepareRaw<Row, Params>(sql);
  }
  preparePluck<Value extends SqlValue, Params extends SqlParams = SqlParams>(
    sql: string,
  ): Query<Value, Params> {
    return this.#db.preparePluck<Value, Params>(sql);
  }
  get<Row>(sql: string, ...params: SqlParams): Row | undefined {
    return this.#db.get<Row>(sql, ...params);
  }
  all<Row>(sql: string, ...params: SqlParams): Row[] {
    return this.#db.all<Row>(sql, ...params);
  }
  pluck<Value extends SqlValue>(sql: string, ...params: SqlParams): Value | undefined {
    return this.#db.pluck<Value>(sql, ...params);
  }
  snapshot<T>(read: () => T): T {
    return this.#db.snapshot(read);
  }
  exec(sql: string): void {
    this.#self.touched.add('*');
    this.#db.exec(sql);
  }
  run(sql: string, ...params: SqlParams): RunResult {
    if (!this.#isFollowed) touch(this.#self, sql);
    if (this.#db.inTransaction) return this.#db.run(sql, ...params);
    return this.#durable(() => this.#db.run(sql, ...params));
  }
  transaction<T>(write: () => T): T {
    if (this.#db.inTransaction) return this.#db.transaction(write);
    return this.#durable(() => this.#db.transaction(write));
  }
  checkpoint(): void {
    this.#db.checkpoint();
  }
  close(): void {
    // Its file stays open for the next process.
  }

  #durable<T>(write: () => T): T {
    return durable(this.#self, write, (cut) =>
      this.#db.transaction(() => {
        cut();
        return Crash.now();
      }),
    );
  }
}
