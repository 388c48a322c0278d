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
import type { Key, MemoryTable, Values } from './memory/memory-table.ts';
import { areSame, type Change, type RowMap, type RowValues } from './truth.ts';

const READS = REPLICATED_TABLES.map((table) => {
  const spec: { readonly sql: string; readonly key: readonly string[]; readonly columns: readonly string[] } =
    TABLES[table];
  return {
    table,
    name: spec.sql,
    width: spec.columns.length,
    sql: `SELECT ${columnsOf(table)} FROM ${spec.sql}`,
    at: spec.key.map((column) => spec.columns.indexOf(column)),
  };
});
type Read = (typeof READS)[number];

interface Followed {
  readonly read: Read;
  readonly rows: MemoryTable;
}

/** A row that may have changed since the last look. */
export interface Seen {
  readonly table: ReplicatedTable;
  readonly values: RowValues | null;
}

/** What a desk shows and what it keeps of its base, followed row by row as it is written. */
export class DeskRows {
  readonly view: RowMap;
  /** What pending work covered: the base's rows; values null: the base has no such row. */
  readonly copies = new Map<string, BaseRow>();
  /** Rows that differ from the last look. */
  readonly changed = new Map<string, Seen>();
  /** The tables in memory that hold the rows, once they were looked for. */
  #followed: readonly Followed[] | null = null;
  /** Stored copies in memory as last looked at, by the key of their table, and the row that each is of. */
  readonly #stored = new Map<Key, { readonly row: Values; readonly at: string }>();

  /** Begins with the rows of a view without pending work, which nobody looks at again until they are written. */
  constructor(view: Iterable<readonly [string, RowValues]> = []) {
    this.view = new Map(view);
  }

  baseOf(key: string): RowValues | null {
    const copy = this.copies.get(key);
    return copy === undefined ? (this.view.get(key) ?? null) : copy.values;
  }

  /** How many rows the base has. */
  baseSize(): number {
    let size = this.view.size;
    for (const [key, { values }] of this.copies)
      size += (values === null ? 0 : 1) - (this.view.has(key) ? 1 : 0);
    return size;
  }

  /** The base: the view with the copies in place of what pending work changed. */
  base(): RowMap {
    const base = new Map(this.view);
    for (const [key, { values }] of this.copies) {
      if (values === null) base.delete(key);
      else base.set(key, values);
    }
    return base;
  }

  /** Looks again: at the rows that `memory` says were written, or at the tables in `touched`. */
  look(db: Database, memory: MemoryDb | null, touched: ReadonlySet<string>): void {
    this.changed.clear();
    if (memory === null) {
      for (const read of READS) if (touched.has('*') || touched.has(read.name)) this.#whole(read, db);
      this.#lookAtCopies(db);
      return;
    }
    this.#followed ??= READS.map((read) => ({ read, rows: memory.table(read.name) }));
    for (const { read, rows } of this.#followed) {
      if (rows.dirty.size === 0) continue;
      for (const key of rows.dirty) this.#set(read.table, keyOf(read, key), rows.rows.get(key), read.width);
      rows.dirty.clear();
    }
    const copies = memory.table('base_row');
    if (copies.dirty.size > 0) this.#dirtyCopies(copies);
  }

  /** Takes every row as it is stored now, whatever was followed. */
  static readAgain(db: Database, memory: MemoryDb | null): DeskRows {
    const rows = new DeskRows();
    if (memory === null) {
      rows.look(db, null, new Set(['*']));
      return rows;
    }
    for (const read of READS) {
      const table = memory.table(read.name);
      for (const [key, row] of table.rows) rows.view.set(keyOf(read, key), wireOf(row, read.width));
    }
    return rows;
  }

  #whole({ table, sql, at }: Read, db: Database): void {
    const gone = new Set<string>();
    for (const key of this.view.keys()) if (key.startsWith(`${table}\n`)) gone.add(key);
    for (const values of db.prepareRaw<WireValue[], []>(sql).all()) {
      const key = rowKey(
        table,
        at.map((index) => values[index] ?? null),
      );
      gone.delete(key);
      this.#set(table, key, values, values.length);
    }
    for (const key of gone) this.#set(table, key, undefined, 0);
  }

  /** Takes a row over: its first `width` values. */
  #set(table: ReplicatedTable, key: string, row: Values | undefined, width: number): void {
    const last = this.view.get(key);
    if (row === undefined ? last === undefined : last !== undefined && beginsWith(row, last)) return;
    const values = row === undefined ? null : wireOf(row, width);
    if (values === null) this.view.delete(key);
    else this.view.set(key, values);
    this.changed.set(key, { table, values });
  }

  #dirtyCopies(copies: MemoryTable): void {
    for (const dirty of copies.dirty) {
      const stored = copies.rows.get(dirty);
      const known = this.#stored.get(dirty);
      if (stored === known?.row) continue;
      if (stored !== undefined) {
        const { at, copy } = copyOf(copies, dirty, stored);
        this.#stored.set(dirty, { row: stored, at });
        this.#takeCopy(at, copy);
      } else if (known !== undefined) {
        this.#stored.delete(dirty);
        this.#dropCopy(known.at);
      }
    }
    copies.dirty.clear();
  }

  #lookAtCopies(db: Database): void {
    const now = readBaseRows(db, 'all');
    for (const key of [...this.copies.keys()]) if (!now.has(key)) this.#dropCopy(key);
    for (const [key, row] of now) this.#takeCopy(key, row);
  }

  #takeCopy(key: string, row: BaseRow): void {
    const last = this.copies.get(key);
    if (last !== undefined && areSame(last.values, row.values)) return;
    this.copies.set(key, row);
    if (!this.changed.has(key)) this.changed.set(key, { table: row.table, values: row.values });
  }

  #dropCopy(key: string): void {
    const last = this.copies.get(key);
    if (last === undefined) return;
    this.copies.delete(key);
    if (!this.changed.has(key)) this.changed.set(key, { table: last.table, values: last.values });
  }
}

/** A copy out of its table in memory, and which row it is of. */
function copyOf(
  copies: MemoryTable,
  stored: Key,
  row: Values,
): { readonly at: string; readonly copy: BaseRow } {
  const [name = '', text = '[]'] = String(stored).split('\n');
  const json = row[copies.at('vals')] ?? null;
  // What a desk stores of its own rows.
  const key = JSON.parse(text) as WireValue[];
  const values = json === null ? null : (JSON.parse(String(json)) as WireValue[]);
  const scope = String(row[copies.at('scope')]);
  return { at: rowKey(name, key), copy: { table: name as ReplicatedTable, key, scope, values } };
}

/** Names a row of a memory table as `rowKey` does: its own keys are joined alike. */
function keyOf({ table }: Read, key: Key): string {
  return `${table}\n${String(key)}`;
}

/** The values that cross the wire; a table may hold columns of the desk's own behind them. */
function wireOf(row: Values, width: number): RowValues {
  return (row.length === width ? row : row.slice(0, width)) as RowValues;
}

/** Whether a stored row holds these values; what is of the desk's own lies behind them. */
function beginsWith(row: Values, values: RowValues): boolean {
  for (let at = 0; at < values.length; at += 1) if (row[at] !== values[at]) return false;
  return true;
}

/** The first difference between all that a desk shows and all that there is for its agent; null when there is none. */
export function wholeDiffers(
  view: RowMap,
  whole: ReadonlyMap<string, Change>,
  agentId: string,
): string | null {
  let due = 0;
  for (const [key, { values, owner }] of whole) {
    if (owner !== null && owner !== agentId) continue;
    due += 1;
    const shown = view.get(key) ?? null;
    if (!areSame(shown, values)) return differenceOf(key, shown, values);
  }
  if (due === view.size) return null;
  for (const [key, shown] of view) {
    const told = whole.get(key);
    if (told === undefined || (told.owner !== null && told.owner !== agentId))
      return differenceOf(key, shown, null);
  }
  throw new Error('a row was counted twice');
}

/** The first difference of two maps of rows; null when there is none. */
export function differ(left: RowMap, right: RowMap): string | null {
  for (const [key, values] of left) {
    const other = right.get(key) ?? null;
    if (!areSame(values, other)) return differenceOf(key, values, other);
  }
  for (const [key, values] of right) if (!left.has(key)) return differenceOf(key, null, values);
  return null;
}

/**
 * I1: the first difference between a base and what the workspace's rows say that it must hold; null when there is none.
 * `isDue`: of these alone.
 */
export function baseDiffers(
  rows: DeskRows,
  expected: RowMap,
  isDue: (key: string, told: RowValues) => boolean = () => true,
): string | null {
  let due = 0;
  for (const [key, told] of expected) {
    if (!isDue(key, told)) continue;
    due += 1;
    const held = rows.baseOf(key);
    if (!areSame(held, told)) return differenceOf(key, held, told);
  }
  if (due === rows.baseSize()) return null;
  const asked = new Map([...expected].filter(([key, told]) => isDue(key, told)));
  return differ(rows.base(), asked);
}

/** One row that is not the same on both sides, for reading. */
export function differenceOf(key: string, left: RowValues | null, right: RowValues | null): string {
  const shown = (values: RowValues | null): string => (values === null ? 'nothing' : JSON.stringify(values));
  return `${key.replaceAll('\n', ' ')}: ${shown(left)} | ${shown(right)}`;
}
