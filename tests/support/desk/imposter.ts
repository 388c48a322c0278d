import Driver from 'better-sqlite3';
import { must } from '../../../src/base/must.ts';

/** What stands in an index, and a way to change it behind the back of its table, as flipped bits and lost writes would. */
export interface IndexFile {
  /** Entries in order: the index's columns, then what it ends with of the row's key. */
  entries(): readonly (readonly unknown[])[];
  remove(entry: readonly unknown[]): void;
  /** `entry` without NULLs. */
  add(entry: readonly unknown[]): void;
  close(): void;
}

interface Column {
  readonly collation: string;
}

/** Opens the tree of an index as a table of its own, on a connection that its owner knows nothing of. */
export function openIndex(file: string, index: string): IndexFile {
  const db = new Driver(file);
  db.unsafeMode(true);
  const columns = db
    .prepare('SELECT coll AS collation FROM pragma_index_xinfo(?) ORDER BY seqno')
    .all(index) as readonly Column[];
  const root: unknown = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(index);
  const names = columns.map((_, at) => `c${at}`);
  const key = columns.map(({ collation }, at) => `c${at} COLLATE ${collation}`).join(', ');
  const sql = `CREATE TABLE imposter (${names.join(', ')}, PRIMARY KEY (${key})) WITHOUT ROWID`;
  db.pragma('writable_schema = ON');
  const before = db.pragma('schema_version', { simple: true });
  db.prepare(`INSERT INTO sqlite_schema VALUES ('table', 'imposter', 'imposter', ?, ?)`).run(root, sql);
  // Another version of the schema makes this connection read it again.
  db.pragma(`schema_version = ${Number(before) + 1}`);
  const where = names.map((name) => `${name} IS ?`).join(' AND ');
  return {
    entries: () => db.prepare('SELECT * FROM imposter').raw().all() as readonly (readonly unknown[])[],
    remove: (entry) => {
      if (db.prepare(`DELETE FROM imposter WHERE ${where}`).run(...entry.map(stored)).changes !== 1)
        throw new Error(`no entry ${JSON.stringify(entry)} in ${index}`);
    },
    add: (entry) => {
      db.prepare(`INSERT INTO imposter VALUES (${names.map(() => '?').join(', ')})`).run(
        ...entry.map(stored),
      );
    },
    close: () => {
      db.prepare(`DELETE FROM sqlite_schema WHERE name = 'imposter'`).run();
      db.pragma(`schema_version = ${Number(before) + 2}`);
      db.close();
    },
  };
}

/** A whole number as SQLite stores it: the driver binds a JavaScript number as a real one. */
function stored(value: unknown): unknown {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

/** Takes one entry out of an index of a closed or open file. */
export function loseEntry(file: string, index: string, which: (entry: readonly unknown[]) => boolean): void {
  const opened = openIndex(file, index);
  opened.remove(must(opened.entries().find(which), `an entry of ${index}`));
  opened.close();
}
