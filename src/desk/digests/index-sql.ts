import type { SqlValue } from '../../sqlite/database.ts';
import type { IndexColumn, IndexedTable, IndexShape } from './index-schema.ts';

/** Statements that look from rows to the entries of all indexes of their table: the row's key, then 1 for each that is there. */
export interface RowsCheck {
  /** Bound to a LIMIT. */
  readonly first: string;
  /** Bound to the key of the row before and a LIMIT. */
  readonly next: string;
}

/** Where a walk along an index goes on: behind the entry `last`, among those that share its first `level` columns. */
export interface EntryPlace {
  readonly last: readonly SqlValue[];
  readonly level: number;
}

/** Statements that look from the entries of an index to their rows: the entry, then 1 where its row says the same. */
export interface EntriesCheck {
  /** Columns that tell entries apart. */
  readonly depth: number;
  /** Bound to a LIMIT. */
  readonly first: string;
  /** What comes behind a place; bound to `params` and a LIMIT. */
  after(place: EntryPlace): { readonly sql: string; readonly params: readonly SqlValue[] };
  /** What tells the entry's row. */
  keyOf(entry: readonly SqlValue[]): readonly SqlValue[];
}

const quoted = (name: string): string => (name === 'rowid' ? name : `"${name}"`);

/** The table in its own order, none of the indexes in question used. */
function inOrder({ name, primary }: IndexedTable, alias: string): string {
  return `${quoted(name)} ${alias} ${primary === null ? 'NOT INDEXED' : `INDEXED BY "${primary}"`}`;
}

function sameKey({ key }: IndexedTable, left: string, right: string): string {
  return key.map((column) => `${left}.${quoted(column)} = ${right}.${quoted(column)}`).join(' AND ');
}

/** Statements for all indexes of a table. */
export function rowsCheck(table: IndexedTable): RowsCheck {
  const { key, indexes, name } = table;
  const isThere = ({ name: index, columns, where }: IndexShape): string => {
    const same = columns.map((column) => `${compared('i', column)} IS t.${quoted(column.name)}`);
    const condition = [...(where === null ? [] : [`(${where})`]), ...same, sameKey(table, 'i', 't')];
    const exists = `EXISTS (SELECT 1 FROM ${quoted(name)} i INDEXED BY "${index}" WHERE ${condition.join(' AND ')})`;
    return where === null ? exists : `CASE WHEN ${where} THEN ${exists} ELSE 1 END`;
  };
  const keys = key.map((column) => `t.${quoted(column)}`).join(', ');
  const select = `SELECT ${keys}, ${indexes.map(isThere).join(', ')} FROM ${inOrder(table, 't')}`;
  const marks = key.map(() => '?').join(', ');
  return {
    first: `${select} ORDER BY ${keys} LIMIT ?`,
    next: `${select} WHERE (${keys}) > (${marks}) ORDER BY ${keys} LIMIT ?`,
  };
}

/** Statements for one index of a table. */
export function entriesCheck(table: IndexedTable, index: IndexShape): EntriesCheck {
  const own = new Set(index.columns.map(({ name }) => name));
  const ending = table.key.filter((name) => !own.has(name)).map((name) => ({ name, collation: 'BINARY' }));
  const columns = [...index.columns, ...ending];
  const statement = statementOf(table, index, columns);
  return {
    depth: columns.length,
    first: statement([]),
    after: ({ last, level }) => {
      const shared = columns.slice(0, level).map((column) => `${inOrderOf(column)} IS ?`);
      const place = columns
        .slice(level, level + 1)
        .map(inOrderOf)
        .join('');
      const value = last[level] ?? null;
      // NULL comes before everything else.
      const isBehind = value === null ? `${place} IS NOT NULL` : `${place} > ?`;
      return {
        sql: statement([...shared, isBehind]),
        params: [...last.slice(0, level), ...(value === null ? [] : [value])],
      };
    },
    keyOf: (entry) => table.key.map((key) => entry[columns.findIndex(({ name }) => name === key)] ?? null),
  };
}

/** The next entries under some conditions, read from the index alone, each beside the row that it names. */
function statementOf(
  table: IndexedTable,
  { name, where }: IndexShape,
  columns: readonly IndexColumn[],
): (conditions: readonly string[]) => string {
  const partial = where === null ? [] : [`(${where})`];
  const read = columns.map((column, at) => `${quoted(column.name)} AS e${at}`).join(', ');
  const entries = `SELECT ${read} FROM ${quoted(table.name)} INDEXED BY "${name}"`;
  const order = columns.map(inOrderOf).join(', ');
  const same = columns.map(({ name: column }, at) => {
    const operator = table.key.includes(column) ? '=' : 'IS';
    return `t.${quoted(column)} ${operator} e.e${at}`;
  });
  const row = `SELECT 1 FROM ${inOrder(table, 't')} WHERE ${[...same, ...partial].join(' AND ')}`;
  const values = columns.map((_, at) => `e.e${at}`).join(', ');
  return (conditions) => {
    const all = [...partial, ...conditions];
    const where = all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
    return `SELECT ${values}, EXISTS (${row}) FROM (${entries}${where} ORDER BY ${order} LIMIT ?) e`;
  };
}

function compared(alias: string, { name, collation }: IndexColumn): string {
  return `${alias}.${quoted(name)} COLLATE ${collation}`;
}

function inOrderOf({ name, collation }: IndexColumn): string {
  return collation === 'BINARY' ? quoted(name) : `${quoted(name)} COLLATE ${collation}`;
}
