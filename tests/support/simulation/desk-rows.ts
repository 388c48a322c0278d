import { type BaseRow, readBaseRows } from '../../../src/desk/replica/base-rows.ts';
import { rowKey } from '../../../src/desk/replica/row-space.ts';
import { columnsOf } from '../../../src/desk/replica/row-sql.ts';
import {
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
  type WireValue,
} from '../../../src/protocol/tables.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import type { MemoryDb } from './memory/memory-db.ts';
import type { MemoryTable } from './memory/memory-table.ts';
import type { RowMap } from './truth.ts';

const READS = REPLICATED_TABLES.map((table) => {
  const spec: { readonly sql: string; readonly key: readonly string[]; readonly columns: readonly string[] } =
    TABLES[table];
  return {
    table,
    name: spec.sql,
    sql: `SELECT ${columnsOf(table)} FROM ${spec.sql}`,
    at: spec.key.map((column) => spec.columns.indexOf(column)),
  };
});

/** A row that may have changed since the last look. */
export interface Seen {
  readonly table: ReplicatedTable;
  readonly values: readonly WireValue[] | null;
}

/** What a desk shows and what it keeps of its base, followed row by row as it is written. */
export class DeskRows {
  readonly view: RowMap = new Map();
  readonly copies = new Map<string, BaseRow>();
  /** The copies' values as JSON; null: the base has no such row. */
  readonly #copied = new Map<string, string | null>();
  /** Rows that differ from the last look. */
  readonly changed = new Map<string, Seen>();

  baseOf(key: string): string | null {
    const copy = this.#copied.get(key);
    return copy === undefined ? (this.view.get(key) ?? null) : copy;
  }

  /** The base: the view with the copies in place of what pending work changed. */
  base(): RowMap {
    const base = new Map(this.view);
    for (const [key, json] of this.#copied) {
      if (json === null) base.delete(key);
      else base.set(key, json);
    }
    return base;
  }

  /** Looks again: at the rows that `db` says were written, or at the tables in `touched`. */
  look(db: Database, memory: MemoryDb | null, touched: ReadonlySet<string>): void {
    this.changed.clear();
    for (const read of READS) {
      if (memory !== null) this.#dirty(read.table, memory.table(read.name));
      else if (touched.has('*') || touched.has(read.name)) this.#whole(read, db);
    }
    if (memory !== null) this.#dirtyCopies(memory.table('base_row'));
    else this.#lookAtCopies(db);
  }

  /** A base copy's values as JSON; null: the base has no such row. */
  copyOf(key: string): string | null {
    return this.#copied.get(key) ?? null;
  }

  #dirty(table: ReplicatedTable, memory: MemoryTable): void {
    if (memory.dirty.size === 0) return;
    for (const key of memory.dirty) {
      const values = (memory.rows.get(key) ?? null) as readonly WireValue[] | null;
      this.#set(table, `${table}\n${String(key)}`, values);
    }
    memory.dirty.clear();
  }

  #whole({ table, sql, at }: (typeof READS)[number], db: Database): void {
    const gone = new Set<string>();
    for (const key of this.view.keys()) if (key.startsWith(`${table}\n`)) gone.add(key);
    for (const values of db.prepareRaw<WireValue[], []>(sql).all()) {
      const key = rowKey(
        table,
        at.map((index) => values[index] ?? null),
      );
      gone.delete(key);
      this.#set(table, key, values);
    }
    for (const key of gone) this.#set(table, key, null);
  }

  #set(table: ReplicatedTable, key: string, values: readonly WireValue[] | null): void {
    const json = values === null ? null : JSON.stringify(values);
    if ((this.view.get(key) ?? null) === json) return;
    if (json === null) this.view.delete(key);
    else this.view.set(key, json);
    this.changed.set(key, { table, values });
  }

  #dirtyCopies(memory: MemoryTable): void {
    const [table, key, scope, values] = ['tbl', 'key', 'scope', 'vals'].map((column) => memory.at(column));
    for (const at of memory.dirty) {
      const stored = memory.rows.get(at);
      const [name = '', text = '[]'] = String(at).split('\n');
      const named = { table: name as ReplicatedTable, key: JSON.parse(text) as WireValue[] };
      if (stored === undefined) {
        this.#copy({ ...named, scope: '', values: null }, undefined);
        continue;
      }
      if (stored[table ?? 0] !== name || stored[key ?? 0] !== text)
        throw new Error('a base row under another key');
      const json = stored[values ?? 0];
      const copy = typeof json === 'string' ? (JSON.parse(json) as WireValue[]) : null;
      this.#copy(
        { ...named, scope: String(stored[scope ?? 0]), values: copy },
        copy === null ? null : String(json),
      );
    }
    memory.dirty.clear();
  }

  #lookAtCopies(db: Database): void {
    const now = readBaseRows(db, 'all');
    for (const [key, row] of [...this.copies]) if (!now.has(key)) this.#copy(row, undefined);
    for (const row of now.values()) this.#copy(row, row.values === null ? null : JSON.stringify(row.values));
  }

  /** Takes a copy's present state; undefined: there is none any more. */
  #copy(row: BaseRow, json: string | null | undefined): void {
    const key = rowKey(row.table, row.key);
    if (this.#copied.get(key) === json) return;
    if (json === undefined) {
      const last = this.copies.get(key) ?? row;
      this.copies.delete(key);
      this.#copied.delete(key);
      if (!this.changed.has(key)) this.changed.set(key, { table: row.table, values: last.values });
      return;
    }
    this.copies.set(key, row);
    this.#copied.set(key, json);
    if (!this.changed.has(key)) this.changed.set(key, { table: row.table, values: row.values });
  }
}

/** The first difference of two maps of rows; null when there is none. */
export function differ(left: RowMap, right: RowMap): string | null {
  for (const [key, json] of left) {
    const other = right.get(key);
    if (other !== json) return `${key.replaceAll('\n', ' ')}: ${json} | ${other ?? 'nothing'}`;
  }
  for (const key of right.keys())
    if (!left.has(key)) return `${key.replaceAll('\n', ' ')}: nothing | ${right.get(key) ?? ''}`;
  return null;
}
