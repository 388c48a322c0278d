import type { Rows } from '../../domain/rows.ts';
import {
  REPLICATED_TABLES,
  type ReplicatedTable,
  sqlName,
  TABLES,
  type WireValue,
  wireToRow,
} from '../../protocol/tables.ts';
import type { ReadableDb, WritableDb } from '../../sqlite/database.ts';
import { type ConversationRows, inKeyOrder } from './row-space.ts';

/** The statements over whole rows of one table, made once from its column list. Values are bound in column order. */
interface RowSql {
  readonly columns: string;
  readonly delete: string;
  readonly get: string;
  /** The row, then its digest. */
  readonly stored: string;
}

function quoted(property: string): string {
  return `"${sqlName(property)}"`;
}

function rowSql(table: ReplicatedTable): RowSql {
  const spec: { readonly sql: string; readonly key: readonly string[]; readonly columns: readonly string[] } =
    TABLES[table];
  const columns = spec.columns.map(quoted).join(', ');
  const where = spec.key.map((column) => `${quoted(column)} = ?`).join(' AND ');
  return {
    columns,
    delete: `DELETE FROM ${spec.sql} WHERE ${where}`,
    get: `SELECT ${columns} FROM ${spec.sql} WHERE ${where}`,
    stored: `SELECT ${columns}, sum FROM ${spec.sql} WHERE ${where}`,
  };
}

const ROW_SQL: ReadonlyMap<ReplicatedTable, RowSql> = new Map(
  REPLICATED_TABLES.map((table) => [table, rowSql(table)]),
);

function sqlOf(table: ReplicatedTable): RowSql {
  const sql = ROW_SQL.get(table);
  if (sql === undefined) throw new Error(`invariant broken: ${table} is not replicated`);
  return sql;
}

/** Quoted column names of a table in wire order: for queries that read whole rows with `wireToRow`. */
export function columnsOf(table: ReplicatedTable): string {
  return sqlOf(table).columns;
}

/** A function that deletes rows of one table by key. */
export function deleter(db: WritableDb, table: ReplicatedTable): (key: readonly WireValue[]) => void {
  const statement = db.prepare<never, [readonly WireValue[]]>(sqlOf(table).delete);
  return (key) => {
    statement.run(key);
  };
}

/** One whole row on the wire's terms; null when there is none. */
export function wireRow(
  db: ReadableDb,
  table: ReplicatedTable,
  key: readonly WireValue[],
): readonly WireValue[] | null {
  return db.prepareRaw<WireValue[], [readonly WireValue[]]>(sqlOf(table).get).get(key) ?? null;
}

/** A row as it lies in the file. */
export interface StoredRow {
  readonly values: readonly WireValue[];
  /** Its digest; null where none came with it. */
  readonly sum: number | null;
}

/** One whole row with its digest; null when there is none. */
export function storedRow(
  db: ReadableDb,
  table: ReplicatedTable,
  key: readonly WireValue[],
): StoredRow | null {
  const values = db.prepareRaw<WireValue[], [readonly WireValue[]]>(sqlOf(table).stored).get(key);
  if (values === undefined) return null;
  const sum = values.pop();
  return { values, sum: typeof sum === 'number' ? sum : null };
}

/** One whole row; null when there is none. */
export function readRow<T extends ReplicatedTable>(
  db: ReadableDb,
  table: T,
  key: readonly WireValue[],
): Rows[T] | null {
  const values = wireRow(db, table, key);
  return values === null ? null : wireToRow(table, values);
}

/*
 * Rules need every row of a conversation, so these have no LIMIT, and are put in order here: a bound LIMIT as well as an
 * ORDER BY makes SQLite plan the statement anew at every call. Measured on a conversation without tags: 0.6 µs plain,
 * 4.2 µs with ORDER BY, 5.2 µs with LIMIT.
 */

/** One question for a list of ids costs 20–70 µs before the first row, one for each id 4 µs. */
export const FEW = 8;

type OfConversation = 'cycle' | 'handoff' | 'tag' | 'product' | 'follower' | 'fieldValue' | 'csat';

/** The rows of a small table that belong to one conversation, in key order. */
export function rowsOfConversation<T extends OfConversation>(
  db: ReadableDb,
  table: T,
  conversationId: string,
): readonly Rows[T][] {
  const rows = db
    .prepareRaw<WireValue[], [string]>(OF_CONVERSATION[table].one)
    .all(conversationId)
    .map((values) => wireToRow(table, values));
  return rows.length < 2 ? rows : rows.sort(inKeyOrder(table));
}

/** The same rows of many conversations, in no order. */
export function rowsOfConversations<T extends OfConversation>(
  db: ReadableDb,
  table: T,
  conversationIds: readonly string[],
): readonly Rows[T][] {
  if (conversationIds.length <= FEW)
    return conversationIds.flatMap((id) => rowsOfConversation(db, table, id));
  return db
    .prepareRaw<WireValue[], [string]>(OF_CONVERSATION[table].many)
    .all(JSON.stringify(conversationIds))
    .map((values) => wireToRow(table, values));
}

const NONE: readonly never[] = [];

/**
 * One conversation as rules read it, or null. The question for its row also says which small tables hold any of its rows,
 * since most hold none and each further question costs what it costs to write the outbox's row: 2 or 3 instead of 6.
 */
export function conversationRows(db: ReadableDb, id: string): ConversationRows | null {
  const values = db.prepareRaw<WireValue[], [string]>(WITH_SMALL_TABLES).get(id);
  if (values === undefined) return null;
  const width = TABLES.conversation.columns.length;
  const rowsOf = <T extends OfSnapshot>(table: T, index: number): readonly Rows[T][] =>
    values[width + index] === 1 ? rowsOfConversation(db, table, id) : NONE;
  return {
    conversation: wireToRow('conversation', values.slice(0, width)),
    cycles: rowsOf('cycle', 0),
    tags: rowsOf('tag', 1),
    products: rowsOf('product', 2),
    fields: rowsOf('fieldValue', 3),
    csat: rowsOf('csat', 4),
  };
}

/** Whole rows by id. */
export function rowsById<T extends 'conversation' | 'message'>(
  db: ReadableDb,
  table: T,
  ids: readonly string[],
): readonly Rows[T][] {
  if (ids.length <= FEW) return ids.map((id) => readRow(db, table, [id])).filter((row) => row !== null);
  return db
    .prepareRaw<WireValue[], [string]>(BY_ID[table])
    .all(JSON.stringify(ids))
    .map((values) => wireToRow(table, values));
}

const OF_SNAPSHOT = ['cycle', 'tag', 'product', 'fieldValue', 'csat'] as const;
type OfSnapshot = (typeof OF_SNAPSHOT)[number];

const WITH_SMALL_TABLES = `SELECT ${[
  columnsOf('conversation'),
  ...OF_SNAPSHOT.map(
    (table) => `EXISTS (SELECT 1 FROM ${TABLES[table].sql} WHERE conversation_id = conversation.id)`,
  ),
].join(', ')} FROM conversation WHERE id = ?`;

function ofConversation(table: OfConversation): { readonly one: string; readonly many: string } {
  const select = `SELECT ${columnsOf(table)} FROM ${TABLES[table].sql} WHERE conversation_id`;
  return { one: `${select} = ?`, many: `${select} IN (SELECT value FROM json_each(?))` };
}

function byId(table: 'conversation' | 'message'): string {
  return `SELECT ${columnsOf(table)} FROM ${TABLES[table].sql} WHERE id IN (SELECT value FROM json_each(?))`;
}

const BY_ID = { conversation: byId('conversation'), message: byId('message') } as const;

const OF_CONVERSATION: Readonly<Record<OfConversation, { readonly one: string; readonly many: string }>> = {
  cycle: ofConversation('cycle'),
  handoff: ofConversation('handoff'),
  tag: ofConversation('tag'),
  product: ofConversation('product'),
  follower: ofConversation('follower'),
  fieldValue: ofConversation('fieldValue'),
  csat: ofConversation('csat'),
};
