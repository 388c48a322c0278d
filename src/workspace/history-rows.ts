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
  if (ids.length === 0) return new Map();
  const rows = await loadRows(store, ids);
  const histories = await store.rowsOf('history', [...rows.keys()]);
  return new Map(
    [...rows].map(([id, made]) => [
      id,
      { history: (histories.get(id) ?? []).map(rowToHistoryEvent), rows: made },
    ]),
  );
}

/** Loads every row that was made of these conversations' histories. Ids without a conversation are left out. */
export async function loadRows(
  store: Store,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, ConversationRows>> {
  const conversations = await store.rows(
    'conversation',
    ids.map((id) => [id]),
  );
  const known = ids.filter((_, index) => conversations[index] !== null);
  const cycles = await store.rowsOf('cycle', known);
  const handoffs = await store.rowsOf('handoff', known);
  const tags = await store.rowsOf('tag', known);
  const products = await store.rowsOf('product', known);
  const fields = await store.rowsOf('fieldValue', known);
  const csat = await store.rowsOf('csat', known);
  const metricEvents = await store.rowsOf('metricEvent', known);
  const followers = await store.rowsOf('follower', known);
  const messages = await store.rowsOf('message', known);
  return new Map(
    conversations.flatMap((conversation) => {
      if (conversation === null) return [];
      const { id } = conversation;
      const rows: ConversationRows = {
        conversation,
        cycles: cycles.get(id) ?? [],
        handoffs: handoffs.get(id) ?? [],
        tags: tags.get(id) ?? [],
        products: products.get(id) ?? [],
        fields: fields.get(id) ?? [],
        csat: csat.get(id) ?? [],
        metricEvents: metricEvents.get(id) ?? [],
        followers: followers.get(id) ?? [],
        messages: messages.get(id) ?? [],
      };
      return [[id, rows]];
    }),
  );
}
