import type { AgentId, ConversationId } from '../../../base/ids.ts';
import type { Keys } from '../../../domain/rows.ts';
import {
  CHILD_TABLES,
  isOfConversation,
  REPLICATED_TABLES,
  TABLES,
  type ReplicatedTable,
  type WireValue,
} from '../../../protocol/tables.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import type {
  ChangesAnswer,
  ChangesQuery,
  Identity,
  PageQuery,
  SentRow,
  TableChanges,
  Totals,
} from '../store.ts';
import { sentRow } from '../log.ts';
import { readClient } from './books.ts';
import { readHead } from './head.ts';
import { readWhole, scopedChanges, type Whole } from '../../scope.ts';
import { scopeReads } from './scope.ts';
import { REPLICATED_BY_SQL, sqlOf } from './statements.ts';

/** Rows changed since a position, all from one state of the file (Y7). */
export function readChanges(db: ReadableDb, identity: Identity, query: ChangesQuery): ChangesAnswer {
  return db.snapshot(() => {
    const head = readHead(db, identity);
    const client = readClient(db, query.clientId);
    const lastMid = client?.agentId === query.agentId ? client.lastMid : 0;
    const tables = head.seq > query.after ? changedTables(db, query, head.seq) : [];
    if (tables === null) return { kind: 'tooMany' };
    if (query.scope === undefined) return { kind: 'changes', head, lastMid, tables };
    const scoped = scopedChanges(scopeReads(db), tables, { ...query, ask: query.scope });
    return scoped === null ? { kind: 'tooMany' } : { kind: 'changes', head, lastMid, ...scoped };
  });
}

/** Null: more than the query allows. */
function changedTables(db: ReadableDb, query: ChangesQuery, to: number): readonly TableChanges[] | null {
  let left = query.maxRows;
  const tables: TableChanges[] = [];
  const deleted = readTombstones(db, query, to, left + 1);
  for (const table of REPLICATED_TABLES) {
    const mine = table === 'readMarker' ? [query.agentId] : [];
    const puts = db
      .prepareRaw<readonly WireValue[]>(sqlOf(table).changed)
      .all(...mine, query.after, to, left + 1);
    const deletes = deleted.get(table) ?? [];
    left -= puts.length + deletes.length;
    if (left < 0) return null;
    if (puts.length + deletes.length > 0) tables.push({ table, puts: puts.map(sentRow), deletes });
  }
  return tables;
}

function readTombstones(
  db: ReadableDb,
  query: ChangesQuery,
  to: number,
  limit: number,
): ReadonlyMap<ReplicatedTable, readonly (readonly WireValue[])[]> {
  const rows = db
    .prepare<{ table_name: string; key: string }>(
      'SELECT table_name, key FROM tombstone WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    )
    .all(query.after, to, limit);
  const byTable = new Map<ReplicatedTable, (readonly WireValue[])[]>();
  for (const row of rows) {
    const table = REPLICATED_BY_SQL.get(row.table_name);
    const key = parseKey(row.key);
    if (table === undefined || (table === 'readMarker' && key[0] !== query.agentId)) continue;
    const keys = byTable.get(table);
    if (keys === undefined) byTable.set(table, [key]);
    else keys.push(key);
  }
  return byTable;
}

function parseKey(text: string): readonly WireValue[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('invariant broken: a tombstone without a key');
  return parsed.map((value: unknown) => (typeof value === 'number' ? value : String(value)));
}

/** Rows by key as they are sent, in the keys' order. */
export function readSentRows<T extends ReplicatedTable>(
  db: ReadableDb,
  table: T,
  keys: readonly Keys[T][],
): readonly (SentRow | null)[] {
  const query = db.prepareRaw<readonly WireValue[]>(sqlOf(table).byKey);
  return keys.map((key) => {
    const values = query.get(key, 1);
    return values === undefined ? null : sentRow(values);
  });
}

/** Conversations whole, in the ids' order. */
export function readWholes(db: ReadableDb, ids: readonly ConversationId[]): readonly (Whole | null)[] {
  const reads = scopeReads(db);
  return ids.map((id) => readWhole(reads, id));
}

/** One page of a table in key order. */
export function readPage(db: ReadableDb, query: PageQuery): readonly (readonly WireValue[])[] {
  const mine = query.table === 'readMarker' ? [query.agentId] : [];
  const sql = sqlOf(query.table);
  return query.after === null
    ? db.prepareRaw<readonly WireValue[]>(sql.firstPage).all(...mine, query.limit)
    : db.prepareRaw<readonly WireValue[]>(sql.nextPage).all(...mine, ...query.after, query.limit);
}

const WITH_AI = "(c.human_state IS NULL AND c.ai_outcome = 'open')";

/** What a bootstrap sends: every replicated row that this agent may see, and those of open conversations once more. */
export function countRows(db: ReadableDb, agentId: AgentId, isScoped: boolean): number {
  let count = 0;
  for (const [sql, table] of REPLICATED_BY_SQL) {
    if (isScoped && isOfConversation(table)) continue;
    count +=
      table === 'readMarker'
        ? (db.pluck<number>('SELECT count(*) FROM read_marker WHERE agent_id = ?', agentId) ?? 0)
        : (db.pluck<number>(`SELECT count(*) FROM ${sql}`) ?? 0);
  }
  const open = `(c.human_state IN ('open', 'snoozed')${isScoped ? ` OR ${WITH_AI}` : ''})`;
  count += 2 * (db.pluck<number>(`SELECT count(*) FROM conversation c WHERE ${open}`) ?? 0);
  for (const table of CHILD_TABLES) {
    count +=
      db.pluck<number>(
        `SELECT count(*) FROM conversation c JOIN ${TABLES[table].sql} r ON r.conversation_id = c.id WHERE ${open}`,
      ) ?? 0;
  }
  return count;
}

/** How much there is, for people. */
export function countTotals(db: ReadableDb): Totals {
  return {
    conversations: db.pluck<number>('SELECT count(*) FROM conversation') ?? 0,
    messages: db.pluck<number>('SELECT count(*) FROM message') ?? 0,
    open: db.pluck<number>("SELECT count(*) FROM conversation WHERE human_state = 'open'") ?? 0,
  };
}
