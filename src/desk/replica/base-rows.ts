import type { ReplicatedTable, WireValue } from '../../protocol/tables.ts';
import type { ReadableDb, WritableDb } from '../../sqlite/database.ts';
import { rowKey } from './row-space.ts';
import type { Scope } from './scopes.ts';

/** What the workspace holds where a pending mutation changed the row here (Y7); `values` null: it has no such row. */
export interface BaseRow {
  readonly table: ReplicatedTable;
  readonly key: readonly WireValue[];
  readonly scope: Scope;
  readonly values: readonly WireValue[] | null;
  /** The digest that the row came with; null or absent: none came. */
  readonly sum?: number | null;
}

interface StoredCopy {
  readonly tbl: ReplicatedTable;
  readonly key: string;
  readonly scope: string;
  readonly vals: string | null;
  readonly sum: number | null;
}

const BY_SCOPE =
  'SELECT tbl, key, scope, vals, sum FROM base_row WHERE scope IN (SELECT value FROM json_each(?))';
const ALL = 'SELECT tbl, key, scope, vals, sum FROM base_row';
const PUT =
  'INSERT INTO base_row (tbl, key, scope, vals, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tbl, key) DO UPDATE SET vals = excluded.vals, sum = excluded.sum';
const DELETE = 'DELETE FROM base_row WHERE tbl = ? AND key = ?';

/** Base copies by `rowKey`: of these scopes, or of all. */
export function readBaseRows(db: ReadableDb, scopes: ReadonlySet<Scope> | 'all'): Map<string, BaseRow> {
  const found = new Map<string, BaseRow>();
  const take = (row: StoredCopy): void => {
    const key = parseValues(row.key);
    const values = row.vals === null ? null : parseValues(row.vals);
    found.set(rowKey(row.tbl, key), { table: row.tbl, key, scope: row.scope, values, sum: row.sum });
  };
  if (scopes === 'all') {
    db.all<StoredCopy>(ALL).forEach(take);
  } else {
    db.all<StoredCopy>(BY_SCOPE, JSON.stringify([...scopes])).forEach(take);
  }
  return found;
}

/** Every scope that has base copies. */
export function baseScopes(db: ReadableDb): readonly Scope[] {
  return db.preparePluck<string, []>('SELECT DISTINCT scope FROM base_row ORDER BY scope').all();
}

/** The scope of the base copy of one row; null when it has none. */
export function scopeOfBaseRow(
  db: ReadableDb,
  table: ReplicatedTable,
  key: readonly WireValue[],
): Scope | null {
  return (
    db.pluck<string>('SELECT scope FROM base_row WHERE tbl = ? AND key = ?', table, JSON.stringify(key)) ??
    null
  );
}

export function putBaseRow(db: WritableDb, row: BaseRow): void {
  const values = row.values === null ? null : JSON.stringify(row.values);
  db.run(PUT, row.table, JSON.stringify(row.key), row.scope, values, row.sum ?? null);
}

export function deleteBaseRow(db: WritableDb, table: ReplicatedTable, key: readonly WireValue[]): void {
  db.run(DELETE, table, JSON.stringify(key));
}

/** The array that was stored; a text that is none is a damaged replica. */
function parseValues(text: string): readonly WireValue[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed) || !parsed.every(isWireValue))
    throw new Error('invariant broken: a base row is no array');
  return parsed;
}

function isWireValue(value: unknown): value is WireValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
