import type { Database, SqlParams } from '../../../src/sqlite/types.ts';

/** The process is gone: thrown through whatever ran. */
export class Crash extends Error {
  constructor() {
    super('the process was killed');
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
  if (self.dead) throw new Crash();
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
  throw new Crash();
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
  const rolledBack = <T>(write: () => T): T =>
    db.transaction(() => {
      write();
      throw new Crash();
    });
  return {
    ...db,
    get inTransaction() {
      return db.inTransaction;
    },
    get isOpen() {
      return db.isOpen;
    },
    prepare: <Row, Params extends SqlParams>(sql: string) => {
      if (!isFollowed) touch(self, sql);
      return db.prepare<Row, Params>(sql);
    },
    exec: (sql) => {
      self.touched.add('*');
      db.exec(sql);
    },
    run: (sql, ...params) => {
      if (!isFollowed) touch(self, sql);
      if (db.inTransaction) return db.run(sql, ...params);
      return durable(self, () => db.run(sql, ...params), rolledBack);
    },
    transaction: (write) =>
      db.inTransaction ? db.transaction(write) : durable(self, () => db.transaction(write), rolledBack),
    close: () => undefined,
  };
}
