import { must } from '../../../src/base/must.ts';
import { columnsOf } from '../../../src/desk/replica/row-sql.ts';
import { REPLICATED_TABLES, TABLES, type WireValue } from '../../../src/protocol/tables.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import { joined } from './by-row.ts';
import type { Key, Values } from './memory/memory-table.ts';

interface Read {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly sql: string;
}

const COPIES: Read = {
  name: 'base_row',
  columns: ['tbl', 'key', 'scope', 'vals', 'sum'],
  key: ['tbl', 'key'],
  sql: 'SELECT tbl, key, scope, vals, sum FROM base_row',
};

const READS: readonly Read[] = REPLICATED_TABLES.map((table) => {
  const { sql: name, columns, key } = TABLES[table];
  return { name, columns, key, sql: `SELECT ${columnsOf(table)} FROM ${name}` };
});

/** The rows of a table as they were last read, by key as a table in memory names them. */
class FileTable {
  readonly rows = new Map<Key, Values>();
  /** Keys whose rows were another than the time before, for whoever follows the table. */
  dirty = new Set<Key>();
  readonly #read: Read;
  readonly #key: readonly number[];

  constructor(read: Read) {
    this.#read = read;
    this.#key = read.key.map((column) => this.at(column));
  }

  at(column: string): number {
    return this.#read.columns.indexOf(column);
  }

  read(db: Database): void {
    const gone = new Set(this.rows.keys());
    for (const row of db.prepareRaw<WireValue[], []>(this.#read.sql).all()) {
      const key = joined(this.#key.map((at) => row[at] ?? null));
      gone.delete(key);
      const before = this.rows.get(key);
      if (before !== undefined && row.every((value, at) => value === before[at])) continue;
      this.rows.set(key, row);
      this.dirty.add(key);
    }
    for (const key of gone) {
      this.rows.delete(key);
      this.dirty.add(key);
    }
  }
}

/** The rows of a desk's file, which are read to see what was written. */
export class FileTables {
  readonly #tables = new Map([COPIES, ...READS].map((read) => [read.name, new FileTable(read)]));

  table(name: string): FileTable {
    return must(this.#tables.get(name), name);
  }

  /** Reads the tables in `touched` again, and what pending work covered. */
  read(db: Database, touched: ReadonlySet<string>): void {
    for (const [name, table] of this.#tables)
      if (name === COPIES.name || touched.has('*') || touched.has(name)) table.read(db);
  }
}
