import type Driver from 'better-sqlite3';
import type { Database, SqlParams, Statement } from './types.ts';

/** Most statements kept by a connection; beyond it the oldest is let go, and prepared again when it comes back. */
export const STATEMENT_CACHE_SIZE = 1_000;

type AnyStatement = Driver.Statement<unknown[], unknown>;
type Prepare = (sql: string) => AnyStatement;

/** Keeps statements by their text. One map a row shape, since a statement has one shape at a time. */
function statementCache(prepare: Prepare): Prepare {
  const kept = new Map<string, AnyStatement>();
  return (sql) => {
    const found = kept.get(sql);
    if (found !== undefined) return found;
    if (kept.size >= STATEMENT_CACHE_SIZE) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    }
    const made = prepare(sql);
    kept.set(sql, made);
    return made;
  };
}

function refusePromise(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('then' in value)) return;
  if (typeof value.then !== 'function') return;
  if (value instanceof Promise) value.catch(() => undefined);
  throw new TypeError('a transaction callback returned a promise: it must be synchronous');
}

/** Runs callbacks between BEGIN and COMMIT, or between savepoints when one is open already. */
function transactions(driver: Driver.Database): <T>(mode: 'IMMEDIATE' | 'DEFERRED', work: () => T) => T {
  const statement = statementCache((sql) => driver.prepare<unknown[], unknown>(sql));
  let depth = 0;
  return (mode, work) => {
    const level = depth;
    const nested = level > 0;
    statement(nested ? `SAVEPOINT level_${level}` : `BEGIN ${mode}`).run();
    depth += 1;
    try {
      const value = work();
      refusePromise(value);
      // SQLite rolls back by itself on a full disk; a caller that swallowed that must not believe in a commit.
      if (!driver.inTransaction) throw new Error('the transaction was rolled back by SQLite');
      statement(nested ? `RELEASE level_${level}` : 'COMMIT').run();
      return value;
    } catch (thrown) {
      if (driver.inTransaction) {
        if (nested) statement(`ROLLBACK TO level_${level}`).run();
        statement(nested ? `RELEASE level_${level}` : 'ROLLBACK').run();
      }
      throw thrown;
    } finally {
      depth = level;
    }
  };
}

/** Wraps an open connection. Statements are the driver's own objects: a call costs what the driver's call costs. */
export function wrapDriver(driver: Driver.Database, path: string): Database {
  const objects = statementCache((sql) => driver.prepare<unknown[], unknown>(sql));
  const arrays = statementCache((sql) => driver.prepare<unknown[], unknown>(sql).raw());
  const firsts = statementCache((sql) => driver.prepare<unknown[], unknown>(sql).pluck());
  const within = transactions(driver);
  return {
    path,
    prepare: <Row, Params extends SqlParams>(sql: string) => typed<Row, Params>(objects(sql)),
    prepareRaw: <Row, Params extends SqlParams>(sql: string) => typed<Row, Params>(arrays(sql)),
    preparePluck: <Value, Params extends SqlParams>(sql: string) => typed<Value, Params>(firsts(sql)),
    get: <Row>(sql: string, ...params: SqlParams) => typed<Row, SqlParams>(objects(sql)).get(...params),
    all: <Row>(sql: string, ...params: SqlParams) => typed<Row, SqlParams>(objects(sql)).all(...params),
    pluck: <Value>(sql: string, ...params: SqlParams) => typed<Value, SqlParams>(firsts(sql)).get(...params),
    run: (sql, ...params) => objects(sql).run(...params),
    exec: (sql) => {
      driver.exec(sql);
    },
    transaction: (write) => within('IMMEDIATE', write),
    snapshot: (read) => (driver.inTransaction ? withoutPromise(read) : within('DEFERRED', read)),
    get inTransaction() {
      return driver.inTransaction;
    },
    get isOpen() {
      return driver.open;
    },
    checkpoint: () => {
      driver.pragma('wal_checkpoint(TRUNCATE)');
    },
    close: () => {
      driver.close();
    },
  };
}

function withoutPromise<T>(work: () => T): T {
  const value = work();
  refusePromise(value);
  return value;
}

/** Names a driver's statement with the row and parameter types its caller declared: the one place they are trusted. */
function typed<Row, Params extends SqlParams>(statement: AnyStatement): Statement<Row, Params> {
  return statement as unknown as Statement<Row, Params>;
}
