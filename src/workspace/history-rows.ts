import type { ConversationId } from '../base/ids.ts';
import type { ConversationRows } from '../domain/conversation-rows.ts';
import type { Fact, HistoryEvent } from '../domain/events.ts';
import type { HistoryRow } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import type { Store } from './store/store.ts';

/** The row that keeps an ingested event: raw enough to fold everything again (T11). */
export function historyChange(event: HistoryEvent): RowChange {
  return put('history', {
    id: event.id,
    conversationId: event.conversationId,
    at: event.at,
    arrival: event.arrival,
    origin: event.origin,
    clientId: null,
    fact: JSON.stringify(event.fact),
  });
}

/** The event that a row keeps. */
export function rowToHistoryEvent(row: HistoryRow): HistoryEvent {
  return {
    id: row.id,
    conversationId: row.conversationId,
    at: row.at,
    arrival: row.arrival,
    origin: row.origin,
    // Only `historyChange` and mutations write this column, both from a Fact.
    fact: JSON.parse(row.fact) as Fact,
  };
}

/** A conversation as it is stored: its history, and every row made of it. */
export interface StoredConversation {
  readonly history: readonly HistoryEvent[];
  readonly rows: ConversationRows;
}

/** Loads whole conversations: for folding them again. Ids without a conversation are left out. */
export async function loadStored(
  store: Store,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, StoredConversation>> {
  const stored = new Map<ConversationId, StoredConversation>();
  if (ids.length === 0) return stored;
  const rows = await store.conversationRows(ids);
  const histories = await store.histories(ids);
  for (const [id, made] of rows) stored.set(id, { history: histories.get(id) ?? [], rows: made });
  return stored;
}
