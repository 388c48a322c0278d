import type { AgentId, ClientId, ConversationId } from '../base/ids.ts';
import type { Fact } from '../domain/events.ts';
import type { HistoryRow } from '../domain/model.ts';
import type { Refusal, RefusalCode } from '../mutations/mutation.ts';
import type { Store } from './store/store.ts';

/** Refusals that mean that someone was there first. */
const BEATEN: readonly RefusalCode[] = ['changedSince', 'takenBySomeoneElse', 'invalidState'];

/** What can have stood in the way of a mutation: facts of these types. */
const IN_THE_WAY: ReadonlyMap<string, readonly Fact['type'][]> = new Map([
  ['conversation.setPriority', ['prioritySet']],
  ['conversation.setDescription', ['descriptionSet']],
  ['profile.set', ['profileSet']],
  ['conversation.take', ['assigned', 'takenOver', 'closed']],
  ['conversation.takeOver', ['assigned', 'takenOver', 'closed', 'escalated', 'resolved']],
  ['conversation.assign', ['assigned', 'takenOver']],
  ['conversation.close', ['closed', 'closeUndone', 'reopened', 'reopenUndone']],
  ['conversation.undoClose', ['closed', 'messagePosted', 'reopened']],
  ['conversation.reopen', ['reopened', 'closeUndone', 'messagePosted']],
  ['conversation.undoReopen', ['closed', 'messagePosted', 'reopenUndone']],
  ['conversation.snooze', ['snoozed', 'woken', 'closed', 'messagePosted']],
  ['conversation.wake', ['snoozed', 'woken', 'closed', 'messagePosted']],
]);

interface Beaten {
  readonly name: string;
  readonly args: unknown;
  readonly conversationId: ConversationId | null;
  readonly refusal: Refusal;
}

/** What the batch that is being run has written, by whom; the store does not know of it yet. */
export interface Batch {
  readonly history: readonly HistoryRow[];
  readonly clientId: ClientId;
  readonly agentId: AgentId;
}

/** Who made an event; null for one that a source sent. */
export async function authorOf(
  store: Pick<Store, 'client'>,
  { clientId }: HistoryRow,
  batch: Batch,
): Promise<AgentId | null> {
  if (clientId === null) return null;
  if (clientId === batch.clientId) return batch.agentId;
  return (await store.client(clientId))?.agentId ?? null;
}

function fieldOf(args: unknown): string | null {
  const field: unknown =
    typeof args === 'object' && args !== null
      ? Object.getOwnPropertyDescriptor(args, 'field')?.value
      : undefined;
  return typeof field === 'string' ? field : null;
}

/** What an event says. */
export function factOf({ fact }: HistoryRow): Fact {
  // The store writes facts only; its checks vouch for the form.
  return JSON.parse(fact) as Fact;
}

function concerns(row: HistoryRow, types: readonly Fact['type'][], field: string | null): boolean {
  const fact = factOf(row);
  if (!types.includes(fact.type)) return false;
  return fact.type !== 'profileSet' || field === null || Object.hasOwn(fact.values, field);
}

/** A conversation's events in the order of history (T8), what the batch has written with them. */
export async function historyOf(
  store: Pick<Store, 'rowsOf'>,
  conversationId: ConversationId,
  batch: Batch,
): Promise<readonly HistoryRow[]> {
  const stored = await store.rowsOf('history', [conversationId]);
  const written = batch.history.filter((row) => row.conversationId === conversationId);
  return [...(stored.get(conversationId) ?? []), ...written].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  );
}

/**
 * Adds to a refusal who was there first and when (Y4): `agentId` and `at` (epoch milliseconds) of the last event of that
 * kind. An event of a source has nobody's id. What no event tells stays as it is.
 */
export async function withAuthor(
  store: Pick<Store, 'rowsOf' | 'client'>,
  beaten: Beaten,
  batch: Batch,
): Promise<Refusal> {
  const { name, args, conversationId, refusal } = beaten;
  const types = IN_THE_WAY.get(name);
  if (types === undefined || conversationId === null || !BEATEN.includes(refusal.type)) return refusal;
  const history = await historyOf(store, conversationId, batch);
  const last = history.filter((row) => concerns(row, types, fieldOf(args))).at(-1);
  if (last === undefined) return refusal;
  const agentId = await authorOf(store, last, batch);
  return { ...refusal, detail: { agentId, ...refusal.detail, at: last.at } };
}
