import type { ReadableDb } from '../../sqlite/database.ts';

export interface IndexColumn {
  readonly name: string;
  readonly collation: string;
}

/** An index of a table, as the schema says. */
export interface IndexShape {
  readonly name: string;
  /** The columns it is ordered by; behind them it ends with those of the row's key that are not among them. */
  readonly columns: readonly IndexColumn[];
  /** The condition of a partial one, as SQL over the table's own columns. */
  readonly where: string | null;
}

/** A table with the indexes that repeat what its rows say. */
export interface IndexedTable {
  readonly name: string;
  /** What tells a row: `rowid`, or the columns of the primary key where the table lies in its order. */
  readonly key: readonly string[];
  /** The table's own order where that is a primary key; null: the row's number. */
  readonly primary: string | null;
  readonly indexes: readonly IndexShape[];
}

const TABLES = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND wr = ? ORDER BY name`;
const INDEXES = `SELECT l.name AS name, l.origin AS origin, s.sql AS sql FROM pragma_index_list(?) l
  LEFT JOIN sqlite_schema s ON s.type = 'index' AND s.name = l.name ORDER BY l.name`;
const COLUMNS = `SELECT name, coll AS collation, "desc" AS isDescending, key AS isKey FROM pragma_index_xinfo(?) ORDER BY seqno`;
const PARTIAL = /\)\s*WHERE\s+(?<condition>.+)$/is;

interface IndexRecord {
  readonly name: string;
  /** `c`: made by a statement; `u`: of a UNIQUE column; `pk`: of the primary key. */
  readonly origin: string;
  readonly sql: string | null;
}

interface ColumnRecord {
  readonly name: string | null;
  readonly collation: string;
  readonly isDescending: 0 | 1;
  readonly isKey: 0 | 1;
}

/**
 * Every table of a file that has indexes beside it, with their shapes. Read from the schema, so that an index which a later
 * migration adds is among them. Throws at an index over an expression or in descending order: nobody reads those yet.
 */
export function indexedTables(db: ReadableDb): readonly IndexedTable[] {
  return [0, 1]
    .flatMap((isByKey) =>
      db
        .preparePluck<string>(TABLES)
        .all(isByKey)
        .map((name) => tableOf(db, name, isByKey === 1)),
    )
    .filter(({ indexes }) => indexes.length > 0);
}

function tableOf(db: ReadableDb, name: string, isByKey: boolean): IndexedTable {
  const all = db.all<IndexRecord>(INDEXES, name);
  const primary = isByKey ? (all.find(({ origin }) => origin === 'pk') ?? null) : null;
  return {
    name,
    key: primary === null ? ['rowid'] : columnsOf(db, primary.name).map((column) => column.name),
    primary: primary?.name ?? null,
    indexes: all
      .filter((index) => index !== primary)
      .map((index) => ({
        name: index.name,
        columns: columnsOf(db, index.name),
        where: PARTIAL.exec(index.sql ?? '')?.groups?.['condition'] ?? null,
      })),
  };
}

function columnsOf(db: ReadableDb, index: string): readonly IndexColumn[] {
  return db
    .all<ColumnRecord>(COLUMNS, index)
    .filter(({ isKey }) => isKey === 1)
    .map(({ name, collation, isDescending }) => {
      if (name === null || isDescending === 1)
        throw new Error(`invariant broken: ${index} is over an expression, or in descending order`);
      return { name, collation };
    });
}
