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
    if (!this.#isFollowed) this.#self.touched.add('*');
    this.#db.exec(sql);
  }
  run(sql: string, ...params: SqlParams): RunResult {
    if (!this.#isFollowed) touch(this.#self, sql);
    if (this.#db.inTransaction || this.#survives()) return this.#db.run(sql, ...params);
    return this.#runAtLast(sql, params);
  }
  transaction<T>(write: () => T): T {
    if (this.#db.inTransaction || this.#survives()) return this.#db.transaction(write);
    return this.#die(() => this.#db.transaction(write));
  }
  checkpoint(): void {
    this.#db.checkpoint();
  }
  close(): void {
    // Its file stays open for the next process.
  }

  /** Whether the process outlives the durable write that it is about to make. */
  #survives(): boolean {
    const self = this.#self;
    mustLive(self);
    self.left -= 1;
    if (self.left <= 0) return false;
    self.writes += 1;
    return true;
  }

  /** Apart from `run`, which would keep its parameters for a function at every call. */
  #runAtLast(sql: string, params: SqlParams): never {
    return this.#die(() => this.#db.run(sql, ...params));
  }

  /** Makes the write at which the process is killed. */
  #die(write: () => unknown): never {
    this.#self.dead = true;
    if (this.#self.cut === 'after') {
      write();
      return Crash.now();
    }
    return this.#db.transaction(() => {
      write();
      return Crash.now();
    });
  }
}
