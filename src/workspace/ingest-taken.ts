import type { EventId, MessageId } from '../base/ids.ts';
import type { HistoricalEvent } from './ingest-facts.ts';
import type { Store } from './store/store.ts';

/** The ids that are used up: of messages, and of history events made here. */
export interface TakenIds {
  /** Takes the event's ids and answers null, or the place in the event of an id that something else has. */
  claim(one: HistoricalEvent): string | null;
}

/** Ids that a receipt does not vouch for: those made here, of a desk's mutation (Y1) or of an event's further facts. */
const MADE_HERE = /#|-\d{10}(\.\d+)?$/;

/**
 * Message ids and history ids are one namespace for all conversations: a second use is turned away, never an overwrite.
 * A source's own event ids are compared by their receipts; only those that could be ours are looked up.
 */
export async function takenIds(store: Store, events: readonly HistoricalEvent[]): Promise<TakenIds> {
  const messageIds = events.flatMap((one) => messageIdOf(one) ?? []);
  const messages = await rowsById(messageIds, (keys) => store.rows('message', keys));
  const suspects = events.flatMap((one) => suspectIds(one));
  const histories = await rowsById(suspects, (keys) => store.rows('history', keys));
  const takenMessages = new Set<MessageId>(messages.flatMap((row) => row?.id ?? []));
  const takenHistory = new Set<EventId>(histories.flatMap((row) => row?.id ?? []));
  return {
    claim: (one) => {
      const ids = suspectIds(one);
      if (ids.some((id) => takenHistory.has(id))) return 'id';
      const messageId = messageIdOf(one);
      if (messageId !== null && takenMessages.has(messageId)) return 'messageId';
      if (messageId !== null) takenMessages.add(messageId);
      for (const id of ids) takenHistory.add(id);
      return null;
    },
  };
}

/** Nothing is asked about no ids: most batches have none that could be ours. */
async function rowsById<K, R>(
  ids: readonly K[],
  read: (keys: readonly (readonly [K])[]) => Promise<readonly (R | null)[]>,
): Promise<readonly (R | null)[]> {
  return ids.length === 0 ? [] : read(ids.map((id) => [id]));
}

function suspectIds(one: HistoricalEvent): readonly EventId[] {
  return one.history.map((event) => event.id).filter((id) => MADE_HERE.test(id));
}

function messageIdOf(one: HistoricalEvent): MessageId | null {
  const fact = one.history[0]?.fact;
  return fact?.type === 'messagePosted' ? fact.messageId : null;
}
