import { must } from '../base/must.ts';
import type { EpochMillis } from '../base/time.ts';
import { type ConversationRows, RowModel } from './conversation-rows.ts';
import type { HistoryEvent, Policy } from './events.ts';
import type { Conversation } from './model.ts';
import { EMPTY_SNAPSHOT, type Snapshot } from './rows.ts';
import { settle, step } from './step.ts';

export interface FoldResult {
  readonly snapshot: Snapshot;
  readonly rows: ConversationRows;
  /** Customer messages that belong to a new conversation (S5, S10), in order. */
  readonly spills: readonly HistoryEvent[];
}

function isStart(event: HistoryEvent): boolean {
  return event.fact.type === 'started';
}

/** The order in which a history folds (T8): its start first, then by (`at`, `id`). */
export function compareEvents(a: HistoryEvent, b: HistoryEvent): number {
  if (isStart(a) !== isStart(b)) return isStart(a) ? -1 : 1;
  if (a.at !== b.at) return a.at - b.at;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * Whether `event` cannot be stepped onto the stored state and the whole history must be folded again (T8, T11): it sorts
 * before the last folded event, or lies before an automatic close that has been carried out since.
 */
export function needsRefold(
  conversation: Pick<Conversation, 'foldedAt' | 'foldedId' | 'aiClosedAt'>,
  event: HistoryEvent,
): boolean {
  const { foldedAt, foldedId, aiClosedAt } = conversation;
  if (isStart(event)) return true;
  if (aiClosedAt !== null && event.at < aiClosedAt) return true;
  return event.at < foldedAt || (event.at === foldedAt && event.id < foldedId);
}

/**
 * Folds a whole history from scratch, in any order given: the state, all rows, and the messages that belong elsewhere.
 * With `now`, time passes up to it. An event id or a message id that comes twice counts once. Throws without a start.
 */
export function foldHistory(events: readonly HistoryEvent[], policy: Policy, now?: EpochMillis): FoldResult {
  const model = new RowModel();
  const spills: HistoryEvent[] = [];
  const seenEvents = new Set<string>();
  let snapshot: Snapshot = EMPTY_SNAPSHOT;
  for (const event of [...events].sort(compareEvents)) {
    if (seenEvents.has(event.id)) continue;
    seenEvents.add(event.id);
    const messageId = event.fact.type === 'messagePosted' ? event.fact.messageId : null;
    if (messageId !== null && model.messages.has(messageId)) continue;
    const result = step(snapshot, event, policy);
    snapshot = result.snapshot;
    for (const change of result.changes) model.apply(change);
    if (result.spill !== undefined) spills.push(result.spill);
  }
  if (now !== undefined) {
    const passed = settle(snapshot, now, policy);
    snapshot = passed.snapshot;
    for (const change of passed.changes) model.apply(change);
  }
  return { snapshot, rows: model.rows(must(snapshot.conversation, 'the start of a history')), spills };
}
