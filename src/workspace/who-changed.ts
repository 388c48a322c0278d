import type { AgentId, ClientId, ConversationId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
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
  ['tag.add', ['tagAdded', 'escalated', 'resolved']],
  ['tag.remove', ['tagRemoved', 'tagAdded', 'escalated', 'resolved']],
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

/** Which value of several a call is about: a field, or a tag; null for a call about one value alone. */
function subjectOf(args: unknown, key: 'field' | 'tag'): string | null {
  const subject: unknown =
    typeof args === 'object' && args !== null ? Object.getOwnPropertyDescriptor(args, key)?.value : undefined;
  return typeof subject === 'string' ? subject : null;
}

/** What an event says. */
export function factOf({ fact }: HistoryRow): Fact {
  // The store writes facts only; its checks vouch for the form.
  return JSON.parse(fact) as Fact;
}

function concerns(row: HistoryRow, types: readonly Fact['type'][], args: unknown): boolean {
  const fact = factOf(row);
  if (!types.includes(fact.type)) return false;
  const [field, tag] = [subjectOf(args, 'field'), subjectOf(args, 'tag')];
  if (fact.type === 'profileSet') return field === null || Object.hasOwn(fact.values, field);
  if (fact.type === 'tagAdded' || fact.type === 'tagRemoved') return fact.tag === tag;
  // With a tag in question, what came with other news counts for the tags it brought.
  if (tag !== null && (fact.type === 'escalated' || fact.type === 'resolved')) return fact.tags.includes(tag);
  return true;
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

/** What a customer or the AI wrote: it is in sight, and nobody's change to name. */
function isSourcesMessage(row: HistoryRow): boolean {
  return row.clientId === null && factOf(row).type === 'messagePosted';
}

/**
 * Who made the last change of the kind that can stand in a call's way, and when (epoch milliseconds). An event of a source has
 * nobody's id. Null where no event tells, or it is a message of the other side.
 */
export async function lastInTheWay(
  store: Pick<Store, 'rowsOf' | 'client'>,
  { name, args, conversationId }: Omit<Beaten, 'refusal'>,
  batch: Batch,
): Promise<{ readonly agentId: AgentId | null; readonly at: EpochMillis } | null> {
  const types = IN_THE_WAY.get(name);
  if (types === undefined || conversationId === null) return null;
  const history = await historyOf(store, conversationId, batch);
  const last = history.filter((row) => concerns(row, types, args)).at(-1);
  if (last === undefined || isSourcesMessage(last)) return null;
  return { agentId: await authorOf(store, last, batch), at: last.at };
}

/** Adds to a refusal who was there first and when (Y4). What no event tells stays as it is. */
export async function withAuthor(
  store: Pick<Store, 'rowsOf' | 'client'>,
  beaten: Beaten,
  batch: Batch,
): Promise<Refusal> {
  const { refusal } = beaten;
  const by = BEATEN.includes(refusal.type) ? await lastInTheWay(store, beaten, batch) : null;
  return by === null
    ? refusal
    : { ...refusal, detail: { agentId: by.agentId, ...refusal.detail, at: by.at } };
}
