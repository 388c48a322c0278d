import type { ConversationId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import type { EpochMillis } from '../base/time.ts';
import { refoldChanges } from '../domain/conversation-rows.ts';
import type { HistoryEvent, Policy } from '../domain/events.ts';
import { compareEvents, foldHistory, needsRefold } from '../domain/fold.ts';
import { EMPTY_SNAPSHOT, type RowChange, type Snapshot } from '../domain/rows.ts';
import { step } from '../domain/step.ts';
import { continuationStart, type Routes } from './continuation.ts';
import { historyChange, loadStored, type StoredConversation } from './history-rows.ts';
import type { Store } from './store/store.ts';
import { loadWorkingSet } from './working-set.ts';

export interface FoldContext {
  readonly policy: Policy;
  /** Time passes up to here in what is folded anew. */
  readonly now: EpochMillis;
  readonly routes: Routes;
}

/**
 * Adds new events to their conversations: one step each where they follow what stands, else the whole history again
 * (T8, T11). `events` name the conversations they belong to; each is there or starts among them.
 */
export async function foldEvents(
  store: Store,
  events: readonly HistoryEvent[],
  context: FoldContext,
): Promise<readonly RowChange[]> {
  const groups = groupByConversation(events);
  const ids = [...groups.keys()];
  const rows = await loadWorkingSet(store, [{ conversations: ids }]);
  const late = ids.filter((id) => {
    const { conversation } = rows.snapshot(id);
    return conversation !== null && (groups.get(id) ?? []).some((event) => needsRefold(conversation, event));
  });
  const stored = await loadStored(store, late);
  const changes: RowChange[] = [];
  for (const [id, group] of groups) {
    const whole = stored.get(id);
    if (whole === undefined) stepThrough(rows.snapshot(id), group, context, changes);
    else refold(whole, group, context, changes);
  }
  return changes;
}

function groupByConversation(events: readonly HistoryEvent[]): Map<ConversationId, HistoryEvent[]> {
  const groups = new Map<ConversationId, HistoryEvent[]>();
  for (const event of events) {
    const group = groups.get(event.conversationId);
    if (group === undefined) groups.set(event.conversationId, [event]);
    else group.push(event);
  }
  for (const group of groups.values()) group.sort(compareEvents);
  return groups;
}

function stepThrough(
  from: Snapshot,
  events: readonly HistoryEvent[],
  context: FoldContext,
  changes: RowChange[],
): void {
  let snapshot = from;
  for (const [index, event] of events.entries()) {
    const result = step(snapshot, event, context.policy);
    snapshot = result.snapshot;
    for (const change of result.changes) changes.push(change);
    if (result.spill !== undefined) {
      // What follows the message that found the conversation closed belongs to the new one as well.
      continueElsewhere(snapshot, events.slice(index), context, changes);
      return;
    }
    changes.push(historyChange(event));
  }
}

function refold(
  stored: StoredConversation,
  events: readonly HistoryEvent[],
  context: FoldContext,
  changes: RowChange[],
): void {
  const folded = foldHistory([...stored.history, ...events], context.policy, context.now);
  const spilled = new Set(folded.spills.map((event) => event.id));
  changes.push(...refoldChanges(stored.rows, folded.rows));
  for (const event of events) if (!spilled.has(event.id)) changes.push(historyChange(event));
  if (folded.spills.length > 0) continueElsewhere(folded.snapshot, folded.spills, context, changes);
}

/** Starts the continuation of a conversation that takes no replies, with the events it turned away (S5, S10). */
function continueElsewhere(
  before: Snapshot,
  events: readonly HistoryEvent[],
  context: FoldContext,
  changes: RowChange[],
): void {
  const first = must(events[0], 'a spilled event');
  const id = context.routes.open(first.conversationId, first.at);
  const start = continuationStart(must(before.conversation, 'the conversation before'), id, first);
  const moved = events.map((event) => ({ ...event, conversationId: id }));
  stepThrough(EMPTY_SNAPSHOT, [start, ...moved], context, changes);
}
