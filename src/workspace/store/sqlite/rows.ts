import type { ConversationId } from '../../../base/ids.ts';
import type { HistoryEvent } from '../../../domain/events.ts';
import type { Keys, Rows, TableName } from '../../../domain/rows.ts';
import { sqlName, TABLES, type WireValue, wireToRow } from '../../../protocol/tables.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import {
  CONVERSATION_TABLES,
  type ConversationOf,
  type ConversationTable,
  type DueQuery,
  type OpenConversation,
  type OpenPosition,
} from '../store.ts';
import { rowToHistoryEvent } from '../../history-rows.ts';
import type { RowsIn } from '../conversation-rows.ts';
import { sqlOf } from './statements.ts';

/** More rows than one conversation or one settings table can have. */
const MANY = 1_000_000;

/** Rows by key, in the keys' order. */
export function readRows<T extends TableName>(
  db: ReadableDb,
  table: T,
  keys: readonly Keys[T][],
): readonly (Rows[T] | null)[] {
  const query = db.prepareRaw<readonly WireValue[]>(sqlOf(table).byKey);
  return keys.map((key) => {
    const values = query.get(key, 1);
    return values === undefined ? null : wireToRow(table, values);
  });
}

function rowsInSql(table: ConversationTable): string {
  const order =
    table === 'history' ? 'arrival' : TABLES[table].key.map((name) => `"${sqlName(name)}"`).join(', ');
  return `SELECT ${sqlOf(table).columns} FROM ${TABLES[table].sql} WHERE conversation_id = ? ORDER BY ${order} LIMIT ?`;
}

/** One conversation's rows of a table, in key order (history: in receipt order). */
export const ROWS_IN_SQL = Object.fromEntries(
  CONVERSATION_TABLES.map((table) => [table, rowsInSql(table)]),
) as Readonly<Record<ConversationTable, string>>;

/** One conversation's rows in key order; history in receipt order. */
function readRowsIn<T extends ConversationTable>(
  db: ReadableDb,
  table: T,
  id: ConversationId,
): readonly Rows[T][] {
  const query = db.prepareRaw<readonly WireValue[]>(ROWS_IN_SQL[table]);
  return query.all(id, MANY).map((values) => wireToRow(table, values));
}

/** Rows by conversation, in key order; history in receipt order. */
export function readRowsOf<T extends ConversationTable>(
  db: ReadableDb,
  table: T,
  ids: readonly ConversationId[],
): ReadonlyMap<ConversationId, readonly Rows[T][]> {
  return new Map(ids.map((id) => [id, readRowsIn(db, table, id)]));
}

/** What `gather` takes from the tables of each conversation that is there. */
export function readGathered<R>(
  db: ReadableDb,
  ids: readonly ConversationId[],
  gather: (conversation: Rows['conversation'], rowsIn: RowsIn) => R,
): ReadonlyMap<ConversationId, R> {
  const rowsIn: RowsIn = (table, id) => readRowsIn(db, table, id);
  const found = new Map<ConversationId, R>();
  const keys = ids.map((id) => [id] as const);
  for (const row of readRows(db, 'conversation', keys))
    if (row !== null) found.set(row.id, gather(row, rowsIn));
  return found;
}

/** Events by conversation, in receipt order. */
export function readHistories(
  db: ReadableDb,
  ids: readonly ConversationId[],
): ReadonlyMap<ConversationId, readonly HistoryEvent[]> {
  return new Map(ids.map((id) => [id, readRowsIn(db, 'history', id).map(rowToHistoryEvent)]));
}

/** Every setting. */
export function readSettings(db: ReadableDb): readonly Rows['setting'][] {
  return db
    .prepareRaw<readonly WireValue[]>(`SELECT ${sqlOf('setting').columns} FROM setting ORDER BY key LIMIT ?`)
    .all(MANY)
    .map((values) => wireToRow('setting', values));
}

/** Open and snoozed conversations, opened last first. */
export function readOpenPage(
  db: ReadableDb,
  after: OpenPosition | null,
  limit: number,
): readonly OpenConversation[] {
  const columns = 'opened_at AS openedAt, id, customer_id AS customerId';
  const from = `FROM conversation WHERE human_state IN ('open', 'snoozed')`;
  const order = 'ORDER BY opened_at DESC, id LIMIT ?';
  if (after === null) return db.prepare<OpenConversation>(`SELECT ${columns} ${from} ${order}`).all(limit);
  return db
    .prepare<OpenConversation>(
      `SELECT ${columns} ${from} AND opened_at <= ? AND (opened_at < ? OR id > ?) ${order}`,
    )
    .all(after.openedAt, after.openedAt, after.id, limit);
}

/** The index is named: by the key's it would walk every conversation. */
export const WITH_AI_SQL = `SELECT id, customer_id AS customerId FROM conversation INDEXED BY conversation_with_ai
  WHERE human_state IS NULL AND ai_outcome = 'open' AND id > ? ORDER BY id LIMIT ?`;

/** Conversations that the AI is at, by id. */
export function readWithAiPage(db: ReadableDb, afterId: string, limit: number): readonly ConversationOf[] {
  return db.prepare<ConversationOf>(WITH_AI_SQL).all(afterId, limit);
}

/** Conversations that close by themselves one day: word for word the condition of the index `conversation_idle`. */
const IDLING = `ai_outcome = 'open' AND handoff_at IS NULL AND cycle_count = 0 AND last_public_at IS NOT NULL`;

/**
 * The indexes are named: with `id > ?` from outside the planner chose the key's index and walked every conversation
 * (20 ms of each sweep at 10,000 conversations, against 0.1 ms).
 */
export const DUE_SQL = `SELECT id FROM (
    SELECT id FROM conversation INDEXED BY conversation_idle WHERE ${IDLING} AND last_public_at <= ?
    UNION
    SELECT id FROM conversation INDEXED BY conversation_snoozed WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?)
  WHERE id > ? ORDER BY id LIMIT ?`;

/** Conversations that may be due (S3, S5). */
export function readDue(db: ReadableDb, query: DueQuery): readonly ConversationId[] {
  return db
    .preparePluck<ConversationId & string>(DUE_SQL)
    .all(query.idleSince, query.snoozedUntil, query.afterId, query.limit);
}

/** The moments that the next sweep depends on. */
export function readEarliest(db: ReadableDb): { idleSince: number | null; snoozedUntil: number | null } {
  const idle = db.preparePluck<number>(
    `SELECT last_public_at FROM conversation WHERE ${IDLING} ORDER BY last_public_at LIMIT ?`,
  );
  const snoozed = db.preparePluck<number>(
    'SELECT snoozed_until FROM conversation WHERE snoozed_until IS NOT NULL ORDER BY snoozed_until LIMIT ?',
  );
  return { idleSince: idle.get(1) ?? null, snoozedUntil: snoozed.get(1) ?? null };
}

/** Ids in order. */
export function readConversationIds(
  db: ReadableDb,
  afterId: string,
  limit: number,
): readonly ConversationId[] {
  return db
    .preparePluck<ConversationId & string>('SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?')
    .all(afterId, limit);
}

/** Conversations that hold a value of a field, by the index that migration 30 made. */
export function readFieldHolders(db: ReadableDb, field: string, limit: number): readonly ConversationId[] {
  return db
    .preparePluck<ConversationId & string>(
      `SELECT DISTINCT conversation_id FROM field_value INDEXED BY field_value_field
        WHERE field = ? ORDER BY conversation_id LIMIT ?`,
    )
    .all(field, limit);
}
