import { must } from '../../base/must.ts';
import { REPLICATED_TABLES, type ReplicatedTable, TABLES, type WireValue } from '../../protocol/tables.ts';
import type { ReadableDb, WritableDb } from '../../sqlite/database.ts';
import { checksum } from '../outbox/checksum.ts';
import { columnsOf } from '../replica/row-sql.ts';
import { DamagedReplica } from './damage.ts';

/** A row of the replica whose values are not the ones that its digest was made of: bits have flipped in the file. */
export interface DamagedRow {
  readonly table: ReplicatedTable;
  readonly key: readonly WireValue[];
  /** Not the row that is shown, but the workspace's copy of it that pending work stands on. */
  readonly isBase: boolean;
}

/** Thrown where a damaged row was about to be used, and reported where one was found. */
export class DamagedRows extends DamagedReplica {
  readonly rows: readonly DamagedRow[];

  constructor(rows: readonly DamagedRow[]) {
    super('damaged rows', rows.map(nameOfRow));
    this.rows = rows;
  }
}

/** A row by its table and key, for people and logs. */
export function nameOfRow({ table, key, isBase }: DamagedRow): string {
  return `${table} ${JSON.stringify(key)}${isBase ? ' (base)' : ''}`;
}

/** Where a walk through the replica goes on: after this key of this table. */
export interface DigestPlace {
  readonly table: ReplicatedTable | 'base';
  readonly after: readonly WireValue[];
}

/** What one slice of a walk found. */
export interface DigestSlice {
  readonly rows: number;
  readonly damaged: readonly DamagedRow[];
  /** Rows without a digest, with the one that fits them as they are. */
  readonly bare: readonly BareRow[];
  /** Null: that was the end. */
  readonly next: DigestPlace | null;
}

interface BareRow {
  readonly table: ReplicatedTable;
  readonly at: readonly WireValue[];
  readonly sum: number;
}

interface TableWalk {
  readonly table: ReplicatedTable;
  /** How many columns of the answer say where it is: `n`, or the key. */
  readonly places: number;
  readonly keyAt: readonly number[];
  readonly first: string;
  readonly next: string;
  readonly give: string;
}

/** Tables whose rows lie in the order of a number of their own; the others lie in their key's. */
const NUMBERED: readonly ReplicatedTable[] = ['customer', 'conversation', 'message'];

function tableWalk(table: ReplicatedTable): TableWalk {
  const { sql, key, columns } = TABLES[table];
  const names: readonly string[] = columns;
  const quoted = columnsOf(table).split(', ');
  const keyAt = key.map((column) => names.indexOf(column));
  const places = NUMBERED.includes(table) ? ['n'] : keyAt.map((index) => must(quoted[index], 'a key column'));
  const order = places.join(', ');
  const select = `SELECT ${order}, ${quoted.join(', ')}, sum FROM ${sql}`;
  const marks = places.map(() => '?').join(', ');
  return {
    table,
    places: places.length,
    keyAt,
    first: `${select} ORDER BY ${order} LIMIT ?`,
    next: `${select} WHERE (${order}) > (${marks}) ORDER BY ${order} LIMIT ?`,
    give: `UPDATE ${sql} SET sum = ? WHERE ${places.map((place) => `${place} = ?`).join(' AND ')} AND sum IS NULL`,
  };
}

const WALKS: readonly TableWalk[] = REPLICATED_TABLES.map(tableWalk);
const BASE_FIRST = 'SELECT tbl, key, vals, sum FROM base_row ORDER BY tbl, key LIMIT ?';
const BASE_NEXT =
  'SELECT tbl, key, vals, sum FROM base_row WHERE (tbl, key) > (?, ?) ORDER BY tbl, key LIMIT ?';

/**
 * Looks at the next rows of the replica, at most `limit` of one table, and compares each with its digest; null starts. A
 * row without one (pending work made it, or an older build) is not judged but told of.
 */
export function checkSlice(db: ReadableDb, from: DigestPlace | null, limit: number): DigestSlice {
  if (from?.table === 'base') return checkBase(db, from.after, limit);
  const index = from === null ? 0 : WALKS.findIndex(({ table }) => table === from.table);
  const walk = must(WALKS[index], 'the table of a place');
  const slice = checkTable(db, walk, from?.after ?? [], limit);
  if (slice.next !== null) return slice;
  return { ...slice, next: { table: WALKS[index + 1]?.table ?? 'base', after: [] } };
}

function checkTable(
  db: ReadableDb,
  walk: TableWalk,
  after: readonly WireValue[],
  limit: number,
): DigestSlice {
  const { table, places, keyAt } = walk;
  const damaged: DamagedRow[] = [];
  const bare: BareRow[] = [];
  const sql = after.length === 0 ? walk.first : walk.next;
  const rows = db.prepareRaw<WireValue[]>(sql).all(...after, limit);
  let at: readonly WireValue[] = after;
  for (const row of rows) {
    const sum = row.pop();
    at = row.splice(0, places);
    const own = checksum(row);
    if (sum === own) continue;
    if (sum === null) bare.push({ table, at, sum: own });
    else damaged.push({ table, key: keyAt.map((index) => row[index] ?? null), isBase: false });
  }
  return { rows: rows.length, damaged, bare, next: rows.length < limit ? null : { table, after: at } };
}

function checkBase(db: ReadableDb, after: readonly WireValue[], limit: number): DigestSlice {
  const sql = after.length === 0 ? BASE_FIRST : BASE_NEXT;
  const rows = db
    .prepareRaw<[ReplicatedTable, string, string | null, number | null]>(sql)
    .all(...after, limit);
  const damaged = rows.flatMap(([table, key, values, sum]): DamagedRow[] =>
    sum === null || values === null || isOf(values, sum)
      ? []
      : [{ table, key: keyOfText(key), isBase: true }],
  );
  const last = rows.at(-1);
  const isEnd = rows.length < limit || last === undefined;
  const next: DigestPlace | null = isEnd ? null : { table: 'base', after: [last[0], last[1]] };
  return { rows: rows.length, damaged, bare: [], next };
}

/** The copy is JSON already, but as it was when it was written: told apart by its values, as rows are. */
function isOf(text: string, sum: number): boolean {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) && checksum(values) === sum;
  } catch {
    return false;
  }
}

function keyOfText(text: string): readonly WireValue[] {
  try {
    const key: unknown = JSON.parse(text);
    return Array.isArray(key) ? key.map(String) : [text];
  } catch {
    return [text];
  }
}

/** Gives rows without a digest the one they were found with, in one transaction: from now on a flipped bit shows. */
export function giveDigests(db: WritableDb, bare: readonly BareRow[]): void {
  if (bare.length === 0) return;
  const sqlOf = new Map(WALKS.map(({ table, give }) => [table, give]));
  db.transaction(() => {
    for (const { table, at, sum } of bare) db.run(must(sqlOf.get(table), table), sum, ...at);
  });
}

/** Looks at every row of some tables; throws `DamagedRows` where one does not fit. */
export function checkTables(db: ReadableDb, tables: readonly ReplicatedTable[]): void {
  for (const table of tables) {
    const { damaged } = checkSlice(db, { table, after: [] }, Number.MAX_SAFE_INTEGER);
    if (damaged.length > 0) throw new DamagedRows(damaged);
  }
}

/** Most damaged rows that one look names. */
const MOST_NAMED = 100;

/** Looks at every row at once, for a doctor: the damaged ones by name, at most a hundred, and how many were looked at. */
export function checkRows(
  db: ReadableDb,
  limit = 5_000,
): { readonly rows: number; readonly damaged: readonly DamagedRow[] } {
  const damaged: DamagedRow[] = [];
  let rows = 0;
  let place: DigestPlace | null = null;
  do {
    const slice: DigestSlice = checkSlice(db, place, limit);
    rows += slice.rows;
    damaged.push(...slice.damaged);
    place = slice.next;
  } while (place !== null && damaged.length < MOST_NAMED);
  return { rows, damaged: damaged.slice(0, MOST_NAMED) };
}

/** The columns of a whole row and its digest, for `soundRows`. */
export function digestedColumns(table: ReplicatedTable): string {
  return `${columnsOf(table)}, sum`;
}

/**
 * Rows that were read with their digest as the last value, without it; throws `DamagedRows` where one does not fit. What
 * leaves this desk in a file goes through here.
 */
export function soundRows(
  table: ReplicatedTable,
  rows: readonly (readonly WireValue[])[],
): readonly (readonly WireValue[])[] {
  const { key, columns } = TABLES[table];
  const names: readonly string[] = columns;
  return rows.map((row) => {
    const values = row.slice(0, -1);
    const sum = row.at(-1);
    if (sum !== null && sum !== checksum(values)) {
      const place = key.map((column) => values[names.indexOf(column)] ?? null);
      throw new DamagedRows([{ table, key: place, isBase: false }]);
    }
    return values;
  });
}
