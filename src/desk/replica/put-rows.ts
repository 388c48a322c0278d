import {
  REPLICATED_TABLES,
  type ReplicatedTable,
  sqlName,
  TABLES,
  type WireValue,
} from '../../protocol/tables.ts';
import type { WritableDb } from '../../sqlite/database.ts';

type Values = readonly WireValue[];

/** Writes a whole row with the digest it came with; null or absent: none came, as of what pending work makes here. */
export type PutRow = (values: Values, sum?: number | null) => void;

/** The statements that write whole rows of one table, made once from its column list. A row is bound with its digest last. */
interface PutSql {
  readonly keys: number;
  /** Writes a row that is not there; does nothing where one is. */
  readonly insert: string;
  /** The same for `many` rows at once, one after another. */
  readonly insertMany: string;
  readonly many: number;
  /** Writes over the row that is there. Bound: the rest and the digest, then the key. */
  readonly update: string;
  /** The same where anything differs. Bound: the rest and the digest, the key, the rest and the digest. */
  readonly updateDifferent: string;
}

/** Values bound in one statement: those of 20 messages. Calling the driver costs a fifth of what inserting one does. */
const MANY_VALUES = 180;

function putSql(table: ReplicatedTable): PutSql {
  const spec: { readonly sql: string; readonly key: readonly string[]; readonly columns: readonly string[] } =
    TABLES[table];
  const columns = [...spec.columns, 'sum'].map((column) => `"${sqlName(column)}"`);
  const keys = spec.key.length;
  const many = Math.max(1, Math.floor(MANY_VALUES / columns.length));
  const row = `(${columns.map(() => '?').join(', ')})`;
  const insert = (rows: number): string =>
    `INSERT INTO ${spec.sql} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')} ON CONFLICT DO NOTHING`;
  const set = columns.slice(keys).map((column) => `${column} = ?`);
  const where = columns.slice(0, keys).map((column) => `${column} = ?`);
  const differs = columns.slice(keys).map((column) => `${column} IS NOT ?`);
  const update = `UPDATE ${spec.sql} SET ${set.join(', ')} WHERE ${where.join(' AND ')}`;
  return {
    keys,
    insert: insert(1),
    insertMany: insert(many),
    many,
    update,
    updateDifferent: `${update} AND (${differs.join(' OR ')})`,
  };
}

const PUT_SQL: ReadonlyMap<ReplicatedTable, PutSql> = new Map(
  REPLICATED_TABLES.map((table) => [table, putSql(table)]),
);

function sqlOf(table: ReplicatedTable): PutSql {
  const sql = PUT_SQL.get(table);
  if (sql === undefined) throw new Error(`invariant broken: ${table} is not replicated`);
  return sql;
}

/**
 * A function that writes whole rows of one table; its local number `n` stays when the row is there already. Two statements,
 * since nearly every row is new and one with DO UPDATE takes a sixth longer for those (0.81 of a raw insert's rate, not 0.94).
 */
export function putter(db: WritableDb, table: ReplicatedTable): PutRow {
  return inserter(db, table, overwriter);
}

/** A function that writes over rows of one table: the second of `putter`'s statements alone. False: there is no such row. */
export function overwriter(
  db: WritableDb,
  table: ReplicatedTable,
): (values: Values, sum?: number | null) => boolean {
  const { update, keys } = sqlOf(table);
  const updated = db.prepare<never, [Values]>(update);
  return (values, sum = null) => updated.run(restThenKey(values, sum, keys)).changes > 0;
}

/** The same for rows of which some stand already as they come: those are not written again. */
function differing(db: WritableDb, table: ReplicatedTable): PutRow {
  const { updateDifferent, keys } = sqlOf(table);
  const updated = db.prepare<never, [Values]>(updateDifferent);
  return (values, sum = null) => {
    const bound = restThenKey(values, sum, keys);
    for (let at = keys; at < values.length; at += 1) bound.push(values[at] ?? null);
    bound.push(sum);
    updated.run(bound);
  };
}

function restThenKey(values: Values, sum: number | null, keys: number): WireValue[] {
  const bound = values.slice(keys);
  bound.push(sum);
  for (let at = 0; at < keys; at += 1) bound.push(values[at] ?? null);
  return bound;
}

/** Inserts, and hands rows that are there already to what writes over them. */
function inserter(db: WritableDb, table: ReplicatedTable, over: typeof differing): PutRow {
  const inserted = db.prepare<never, [Values]>(sqlOf(table).insert);
  let overwrite: PutRow | null = null;
  return (values, sum = null) => {
    const bound = values.slice();
    bound.push(sum);
    if (inserted.run(bound).changes > 0) return;
    overwrite ??= over(db, table);
    overwrite(values, sum);
  };
}

/**
 * Writes many whole rows of one table, most of them new: those of a bootstrap (Y9). `sums` are their digests, where they
 * came. The same as `putter` for each in turn, a fifth faster; a row that stands already as it comes is not written again.
 */
export function putAll(
  db: WritableDb,
  table: ReplicatedTable,
  rows: readonly Values[],
  sums: readonly number[] = [],
): void {
  if (rows.length === 0) return;
  const { insertMany, many } = sqlOf(table);
  let from = 0;
  for (; from + many <= rows.length; from += many) {
    const bound: WireValue[] = [];
    for (let at = from; at < from + many; at += 1) {
      for (const value of rows[at] ?? []) bound.push(value);
      bound.push(sums[at] ?? null);
    }
    if (db.prepare<never, [Values]>(insertMany).run(bound).changes === many) continue;
    // Which of them were there, the count does not say: each is compared, in their order, since one may come twice.
    const overwrite = differing(db, table);
    for (let at = from; at < from + many; at += 1) overwrite(rows[at] ?? [], sums[at]);
  }
  // What does not fill a statement goes row by row.
  if (from === rows.length) return;
  const put = inserter(db, table, differing);
  for (; from < rows.length; from += 1) put(rows[from] ?? [], sums[from]);
}
