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

const ALL = 'SELECT tbl, key, scope, vals, sum FROM base_row';
const PUT =
  'INSERT INTO base_row (tbl, key, scope, vals, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tbl, key) DO UPDATE SET scope = excluded.scope, vals = excluded.vals, sum = excluded.sum';
const DELETE = 'DELETE FROM base_row WHERE tbl = ? AND key = ?';

/**
 * The base copies of one replica. They are few and every pull asks for them, so they are kept in memory beside the file: read
 * once, then changed with it. Whoever writes holds a transaction; where that fails, `forget` has them read anew.
 */
export class BaseRows {
  readonly #db: WritableDb;
  /** Null: to be read. */
  #rows: Map<string, BaseRow> | null = null;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** The copy of the row that `at`, its `rowKey`, names. */
  get(at: string): BaseRow | undefined {
    return this.#all().get(at);
  }

  /** A map of its own by `rowKey`: of these scopes, or of all. */
  of(scopes: ReadonlySet<Scope> | 'all'): Map<string, BaseRow> {
    return within(this.#all(), scopes);
  }

  /** The scopes of all, some more than once. */
  *scopes(): Iterable<Scope> {
    for (const { scope } of this.#all().values()) yield scope;
  }

  put(at: string, row: BaseRow): void {
    const { table, key, scope, values, sum = null } = row;
    const text = values === null ? null : JSON.stringify(values);
    this.#db.run(PUT, [table, JSON.stringify(key), scope, text, sum]);
    this.#all().set(at, row);
  }

  delete(at: string): void {
    const row = this.get(at);
    if (row === undefined) return;
    this.#db.run(DELETE, row.table, JSON.stringify(row.key));
    this.#all().delete(at);
  }

  deleteAll(): void {
    this.#db.exec('DELETE FROM base_row');
    this.#rows = new Map();
  }

  /** What lies in the file may be something else than what was last written. */
  forget(): void {
    this.#rows = null;
  }

  #all(): Map<string, BaseRow> {
    this.#rows ??= storedRows(this.#db);
    return this.#rows;
  }
}

/** Base copies by `rowKey` as they lie in the file: of these scopes, or of all. */
export function readBaseRows(db: ReadableDb, scopes: ReadonlySet<Scope> | 'all'): Map<string, BaseRow> {
  return within(storedRows(db), scopes);
}

function storedRows(db: ReadableDb): Map<string, BaseRow> {
  const found = new Map<string, BaseRow>();
  for (const row of db.all<StoredCopy>(ALL)) {
    const key = parseValues(row.key);
    const values = row.vals === null ? null : parseValues(row.vals);
    found.set(rowKey(row.tbl, key), { table: row.tbl, key, scope: row.scope, values, sum: row.sum });
  }
  return found;
}

function within(
  rows: ReadonlyMap<string, BaseRow>,
  scopes: ReadonlySet<Scope> | 'all',
): Map<string, BaseRow> {
  const found = new Map<string, BaseRow>();
  for (const [at, row] of rows) if (scopes === 'all' || scopes.has(row.scope)) found.set(at, row);
  return found;
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
