import type { AgentId, ClientId, ConversationId, EventId } from '../../../base/ids.ts';
import { must } from '../../../base/must.ts';
import type { EpochMillis } from '../../../base/time.ts';
import type { ReadableDb, WritableDb } from '../../../sqlite/types.ts';
import { closingMarks } from '../closings.ts';
import type {
  Access,
  AuditEntry,
  ClientRow,
  Closing,
  CommitBatch,
  Continuation,
  OutcomeRow,
  PendingEvent,
  Stamp,
  StampKey,
} from '../store.ts';

/** Writes everything of a batch that is not a row of the rules: none of it enters the log. */
export function writeBooks(db: WritableDb, batch: CommitBatch): void {
  writeClient(db, batch);
  writeClosings(db, batch);
  for (const receipt of batch.receipts ?? [])
    db.prepare('INSERT INTO receipt (id, checksum) VALUES (?, ?)').run(receipt.id, receipt.checksum);
  for (const id of batch.settledPending ?? []) db.prepare('DELETE FROM pending_event WHERE id = ?').run(id);
  for (const event of batch.pending ?? [])
    db.prepare(
      'INSERT INTO pending_event (id, conversation_id, at, source, event) VALUES (?, ?, ?, ?, ?)',
    ).run(event.id, event.conversationId, event.at, event.source, event.event);
  for (const stamp of batch.stamps ?? [])
    db.prepare(
      'INSERT INTO stamp (scope, key, at, event_id) VALUES (?, ?, ?, ?) ON CONFLICT (scope, key) DO UPDATE SET at = excluded.at, event_id = excluded.event_id',
    ).run(stamp.scope, stamp.key, stamp.at, stamp.eventId);
  for (const entry of batch.continuations ?? [])
    db.prepare(
      'INSERT INTO continuation (conversation_id, ordinal, continuation_id, from_at) VALUES (?, ?, ?, ?)',
    ).run(entry.conversationId, entry.ordinal, entry.continuationId, entry.fromAt);
  for (const { hash, access } of batch.access ?? [])
    db.prepare('INSERT INTO token (hash, kind, agent_id, source, created_at) VALUES (?, ?, ?, ?, ?)').run(
      hash,
      access.kind,
      access.kind === 'desk' ? access.agentId : null,
      access.kind === 'source' ? access.source : null,
      batch.at,
    );
  for (const entry of batch.audit ?? [])
    db.prepare('INSERT INTO audit (at, actor, action, detail) VALUES (?, ?, ?, ?)').run(
      batch.at,
      entry.actor,
      entry.action,
      entry.detail,
    );
}

function writeClosings(db: WritableDb, batch: CommitBatch): void {
  for (const { conversationId, ordinal, dueAt } of closingMarks(batch)) {
    if (dueAt === null)
      db.prepare('DELETE FROM closing WHERE conversation_id = ? AND ordinal = ?').run(
        conversationId,
        ordinal,
      );
    else
      db.prepare(
        'INSERT INTO closing (conversation_id, ordinal, due_at) VALUES (?, ?, ?) ON CONFLICT (conversation_id, ordinal) DO UPDATE SET due_at = excluded.due_at',
      ).run(conversationId, ordinal, dueAt);
  }
}

/** Closed cycles to be looked at up to a moment, the earliest first. */
export function readClosings(db: ReadableDb, until: EpochMillis, limit: number): readonly Closing[] {
  return db
    .prepare<{ conversation_id: ConversationId; ordinal: number; due_at: EpochMillis }>(
      'SELECT conversation_id, ordinal, due_at FROM closing WHERE due_at <= ? ORDER BY due_at, conversation_id, ordinal LIMIT ?',
    )
    .all(until, limit)
    .map((row) => ({ conversationId: row.conversation_id, ordinal: row.ordinal, dueAt: row.due_at }));
}

function writeClient(db: WritableDb, batch: CommitBatch): void {
  const client = batch.client;
  if (client === undefined) return;
  db.prepare(
    'INSERT INTO client (id, agent_id, last_mid, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET last_mid = excluded.last_mid, seen_at = excluded.seen_at',
  ).run(client.id, client.agentId, client.lastMid, batch.at);
  for (const outcome of batch.outcomes ?? [])
    db.prepare(
      'INSERT INTO outcome (client_id, mid, name, status, code, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(client.id, outcome.mid, outcome.name, outcome.status, outcome.code, outcome.detail, batch.at);
}

/** One desk's place in its own numbering; null when it never pushed. */
export function readClient(db: ReadableDb, id: ClientId): ClientRow | null {
  const row = db
    .prepare<{ id: ClientId; agent_id: AgentId; last_mid: number }>(
      'SELECT id, agent_id, last_mid FROM client WHERE id = ? LIMIT ?',
    )
    .get(id, 1);
  return row === undefined ? null : { id: row.id, agentId: row.agent_id, lastMid: row.last_mid };
}

/** Recorded outcomes in [from, to]. */
export function readOutcomes(db: ReadableDb, id: ClientId, from: number, to: number): readonly OutcomeRow[] {
  return db
    .prepare<OutcomeRow>(
      'SELECT mid, name, status, code, detail FROM outcome WHERE client_id = ? AND mid BETWEEN ? AND ? ORDER BY mid LIMIT ?',
    )
    .all(id, from, to, Math.max(0, to - from + 1));
}

/** Checksums of the events that were received before. */
export function readReceipts(db: ReadableDb, ids: readonly EventId[]): ReadonlyMap<EventId, number> {
  const query = db.preparePluck<number>('SELECT checksum FROM receipt WHERE id = ? LIMIT ?');
  const found = new Map<EventId, number>();
  for (const id of ids) {
    const sum = query.get(id, 1);
    if (sum !== undefined) found.set(id, sum);
  }
  return found;
}

/** Stamps in the keys' order. */
export function readStamps(db: ReadableDb, keys: readonly StampKey[]): readonly (Stamp | null)[] {
  const query = db.prepare<{ at: Stamp['at']; event_id: string }>(
    'SELECT at, event_id FROM stamp WHERE scope = ? AND key = ? LIMIT ?',
  );
  return keys.map(({ scope, key }) => {
    const row = query.get(scope, key, 1);
    return row === undefined ? null : { scope, key, at: row.at, eventId: row.event_id };
  });
}

const MANY = 1_000_000;

/** Events that wait for one of `ids`. */
export function readPending(db: ReadableDb, ids: readonly ConversationId[]): readonly PendingEvent[] {
  const query = db.prepare<{ id: EventId; at: PendingEvent['at']; source: string; event: string }>(
    'SELECT id, at, source, event FROM pending_event WHERE conversation_id = ? ORDER BY at, id LIMIT ?',
  );
  return ids.flatMap((conversationId) =>
    query.all(conversationId, MANY).map((row) => ({ ...row, conversationId })),
  );
}

/** Continuations of `ids`. */
export function readContinuations(db: ReadableDb, ids: readonly ConversationId[]): readonly Continuation[] {
  const query = db.prepare<{
    ordinal: number;
    continuation_id: ConversationId;
    from_at: Continuation['fromAt'];
  }>(
    'SELECT ordinal, continuation_id, from_at FROM continuation WHERE conversation_id = ? ORDER BY ordinal LIMIT ?',
  );
  return ids.flatMap((conversationId) =>
    query.all(conversationId, MANY).map((row) => ({
      conversationId,
      ordinal: row.ordinal,
      continuationId: row.continuation_id,
      fromAt: row.from_at,
    })),
  );
}

/** What the token with this hash opens, or null. */
export function readAccess(db: ReadableDb, hash: string): Access | null {
  const row = db
    .prepare<{ kind: Access['kind']; agent_id: AgentId | null; source: string | null }>(
      'SELECT kind, agent_id, source FROM token WHERE hash = ? LIMIT ?',
    )
    .get(hash, 1);
  if (row === undefined) return null;
  return row.kind === 'desk'
    ? { kind: 'desk', agentId: must(row.agent_id, 'a desk token’s agent') }
    : { kind: 'source', source: must(row.source, 'a source token’s name') };
}

/** Lines of the audit log after a number. */
export function readAudit(
  db: ReadableDb,
  afterSeq: number,
  limit: number,
): readonly (AuditEntry & { readonly seq: number })[] {
  return db
    .prepare<AuditEntry & { readonly seq: number }>(
      'SELECT seq, actor, action, detail FROM audit WHERE seq > ? ORDER BY seq LIMIT ?',
    )
    .all(afterSeq, limit);
}
