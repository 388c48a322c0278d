import { must } from '../../../src/base/must.ts';
import type { BaseRow } from '../../../src/desk/replica/base-rows.ts';
import { rowKey } from '../../../src/desk/replica/row-space.ts';
import { type Scope, scopeOfKey, scopeOfRow } from '../../../src/desk/replica/scopes.ts';
import {
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
  type WireValue,
} from '../../../src/protocol/tables.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import { ByRow, joined } from './by-row.ts';
import { FileTables } from './file-tables.ts';
import type { MemoryDb } from './memory/memory-db.ts';
import type { Key, Values } from './memory/memory-table.ts';
import { areSame, type Change, type RowAt, type RowMap, type RowValues } from './truth.ts';

/** A table's rows as they are stored now, and the keys of those that were written. */
interface Stored {
  readonly rows: ReadonlyMap<Key, Values>;
  dirty: Set<Key>;
  at(column: string): number;
}

interface Followed {
  readonly table: ReplicatedTable;
  /** How many values of a row cross the wire; a table may hold columns of the desk's own behind them. */
  readonly width: number;
  readonly stored: Stored;
}

/** A row with its place. */
interface Row extends RowAt {
  readonly values: RowValues;
}

/** What a desk shows and what it keeps of its base: its tables in memory themselves, or what was last read of its file. */
export class DeskRows {
  /** What pending work covered: the base's rows; values null: the base has no such row. */
  readonly copies = new ByRow<BaseRow>();
  /** Rows that were written since the last look. */
  readonly changed = new Map<ReplicatedTable, Set<Key>>();
  readonly #file: FileTables | null;
  readonly #followed: readonly Followed[];
  readonly #byTable: ReadonlyMap<ReplicatedTable, Followed>;
  readonly #copied: Stored;
  /** Stored copies as last looked at, by the key of their table. */
  readonly #known = new Map<Key, { readonly row: Values; readonly copy: BaseRow }>();

  constructor(memory: MemoryDb | null) {
    const tables = memory ?? new FileTables();
    this.#file = tables instanceof FileTables ? tables : null;
    this.#followed = REPLICATED_TABLES.map((table) => {
      const { sql, columns } = TABLES[table];
      return { table, width: columns.length, stored: tables.table(sql) };
    });
    this.#byTable = new Map(this.#followed.map((followed) => [followed.table, followed]));
    this.#copied = tables.table('base_row');
  }

  /** Every row as it is stored now, whatever was followed: tables in memory are so at any time. */
  readAgain(db: Database): DeskRows {
    if (this.#file === null) return this;
    const rows = new DeskRows(null);
    rows.#file?.read(db, new Set(['*']));
    return rows;
  }

  /** How many rows it shows. */
  get size(): number {
    return this.#followed.reduce((size, { stored }) => size + stored.rows.size, 0);
  }

  /** How many rows the base has. */
  get baseSize(): number {
    let { size } = this;
    for (const [table, copies] of this.copies.tables)
      for (const [key, { values }] of copies)
        size += (values === null ? 0 : 1) - (this.shown(table, key) === null ? 0 : 1);
    return size;
  }

  /** All that it shows. */
  get view(): RowMap {
    const view: RowMap = new ByRow();
    for (const { table, key, values } of this.shownRows()) view.set(table, key, values);
    return view;
  }

  *shownRows(): Iterable<Row> {
    for (const { table, width, stored } of this.#followed)
      for (const [key, row] of stored.rows) yield { table, key, values: wireOf(row, width) };
  }

  /** The base: what is shown, with the copies in place of what pending work changed. */
  *baseRows(): Iterable<Row> {
    for (const row of this.shownRows()) if (this.copies.get(row.table, row.key) === undefined) yield row;
    for (const [table, copies] of this.copies.tables)
      for (const [key, { values }] of copies) if (values !== null) yield { table, key, values };
  }

  shown(table: ReplicatedTable, key: Key): RowValues | null {
    const { stored, width } = this.#of(table);
    const row = stored.rows.get(key);
    return row === undefined ? null : wireOf(row, width);
  }

  baseOf(table: ReplicatedTable, key: Key): RowValues | null {
    const copy = this.copies.get(table, key);
    return copy === undefined ? this.shown(table, key) : copy.values;
  }

  /** Whether it shows a row with these values; null: no such row. */
  shows(table: ReplicatedTable, key: Key, values: RowValues | null): boolean {
    const { stored, width } = this.#of(table);
    const row = stored.rows.get(key);
    if (row === undefined || values === null) return row === undefined && values === null;
    return values.length === width && beginsWith(row, values);
  }

  /** Whether its base has a row with these values; null: no such row. */
  holds(table: ReplicatedTable, key: Key, values: RowValues | null): boolean {
    const copy = this.copies.get(table, key);
    return copy === undefined ? this.shows(table, key, values) : areSame(copy.values, values);
  }

  /** The scope of a row that it shows, or of the key of one that it does not; null: the key does not tell. */
  scopeOf(table: ReplicatedTable, key: Key): Scope | null {
    const row = this.#of(table).stored.rows.get(key);
    return row === undefined
      ? scopeOfKey(table, String(key).split('\n'))
      : scopeOfRow(table, row as RowValues);
  }

  /** The copies by `rowKey`. */
  covered(): ReadonlyMap<string, BaseRow> {
    const covered = new Map<string, BaseRow>();
    for (const [table, copies] of this.copies.tables)
      for (const copy of copies.values()) covered.set(rowKey(table, copy.key), copy);
    return covered;
  }

  hasChanged(table: ReplicatedTable, key: Key): boolean {
    return this.changed.get(table)?.has(key) === true;
  }

  /** The rows that were written since the last look. */
  *changedRows(): Iterable<RowAt> {
    for (const [table, keys] of this.changed) for (const key of keys) yield { table, key };
  }

  /** Looks again: at what was written to the tables in memory, or of the tables in `touched` at what is another in the file. */
  look(db: Database, touched: ReadonlySet<string>): void {
    if (this.changed.size > 0) this.changed.clear();
    this.#file?.read(db, touched);
    for (const { table, stored } of this.#followed) {
      if (stored.dirty.size === 0) continue;
      this.changed.set(table, stored.dirty);
      stored.dirty = new Set();
    }
    if (this.#copied.dirty.size > 0) this.#lookAtCopies();
  }

  #of(table: ReplicatedTable): Followed {
    return must(this.#byTable.get(table), table);
  }

  #lookAtCopies(): void {
    for (const key of this.#copied.dirty) {
      const row = this.#copied.rows.get(key);
      const known = this.#known.get(key);
      if (row === known?.row) continue;
      if (row !== undefined) {
        const copy = copyOf(this.#copied, row);
        this.#known.set(key, { row, copy });
        this.copies.set(copy.table, joined(copy.key), copy);
        this.#mark(copy);
      } else if (known !== undefined) {
        this.#known.delete(key);
        this.copies.delete(known.copy.table, joined(known.copy.key));
        this.#mark(known.copy);
      }
    }
    this.#copied.dirty.clear();
  }

  #mark({ table, key }: BaseRow): void {
    const changed = this.changed.get(table);
    if (changed === undefined) this.changed.set(table, new Set([joined(key)]));
    else changed.add(joined(key));
  }
}

/** A copy out of its table in memory. */
function copyOf(copied: Stored, row: Values): BaseRow {
  const json = row[copied.at('vals')] ?? null;
  return {
    // What a desk stores of its own rows.
    table: row[copied.at('tbl')] as ReplicatedTable,
    key: JSON.parse(String(row[copied.at('key')])) as WireValue[],
    scope: String(row[copied.at('scope')]),
    values: json === null ? null : (JSON.parse(String(json)) as WireValue[]),
  };
}

/** The values that cross the wire. */
function wireOf(row: Values, width: number): RowValues {
  return (row.length === width ? row : row.slice(0, width)) as RowValues;
}

/** Whether a stored row holds these values; what is of the desk's own lies behind them. */
function beginsWith(row: Values, values: RowValues): boolean {
  for (let at = 0; at < values.length; at += 1) if (row[at] !== values[at]) return false;
  return true;
}

/** The first difference between all that a desk shows and all that there is for its agent; null when there is none. */
export function wholeDiffers(rows: DeskRows, whole: ByRow<Change>, agentId: string): string | null {
  const isDue = ({ owner }: Change): boolean => owner === null || owner === agentId;
  let due = 0;
  for (const [table, changes] of whole.tables)
    for (const [key, change] of changes) {
      if (!isDue(change)) continue;
      due += 1;
      if (!rows.shows(table, key, change.values))
        return differenceOf(change, rows.shown(table, key), change.values);
    }
  if (due === rows.size) return null;
  for (const row of rows.shownRows()) {
    const told = whole.get(row.table, row.key);
    if (told === undefined || !isDue(told)) return differenceOf(row, row.values, null);
  }
  throw new Error('a row was counted twice');
}

/** The difference between a row of the base and what it must be; null when there is none. */
export function rowDiffers(rows: DeskRows, at: RowAt, told: RowValues | null): string | null {
  if (rows.holds(at.table, at.key, told)) return null;
  return differenceOf(at, rows.baseOf(at.table, at.key), told);
}

/**
 * I1: the first difference between a base and what the workspace's rows say that it must hold; null when there is none.
 * `isDue`: of these alone.
 */
export function baseDiffers(
  rows: DeskRows,
  expected: RowMap,
  isDue: (table: ReplicatedTable, told: RowValues) => boolean = () => true,
): string | null {
  let due = 0;
  for (const [table, all] of expected.tables)
    for (const [key, told] of all) {
      if (!isDue(table, told)) continue;
      due += 1;
      if (!rows.holds(table, key, told)) return rowDiffers(rows, { table, key }, told);
    }
  if (due === rows.baseSize) return null;
  for (const row of rows.baseRows()) {
    const told = expected.get(row.table, row.key);
    if (told === undefined || !isDue(row.table, told)) return differenceOf(row, row.values, null);
  }
  throw new Error('a row was counted twice');
}

/** One row that is not the same on both sides, for reading. */
export function differenceOf({ table, key }: RowAt, left: RowValues | null, right: RowValues | null): string {
  const shown = (values: RowValues | null): string => (values === null ? 'nothing' : JSON.stringify(values));
  return `${table} ${String(key).replaceAll('\n', ' ')}: ${shown(left)} | ${shown(right)}`;
}
