import type { AgentId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Fact, HistoryEvent } from '../events.ts';
import type { ClosedBy, Conversation, Cycle } from '../model.ts';
import { addTags } from './attributes.ts';
import { closeCycle, hasOpenCycle, openCycle, removeLatestCycle, restoreClosedCycle } from './cycles.ts';
import type { Draft } from './draft.ts';
import { recordResolved } from './metrics.ts';

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** Whether the AI's side has ended without humans (S3). */
export function isClosedByAi(draft: Draft): boolean {
  const outcome = draft.conversation.aiOutcome;
  return outcome === 'resolvedByAi' || outcome === 'closedUnresolved';
}

/** What deciding about an undo needs; a draft has it, a snapshot too. */
interface Standing {
  readonly conversation: Pick<Conversation, 'aiOutcome' | 'humanState' | 'lastPublicAt'>;
  readonly cycle: Cycle | null;
  readonly previousCycle: Cycle | null;
}

/** Whether a public message lies after `at`. */
function isFollowed({ conversation }: Standing, at: EpochMillis): boolean {
  return conversation.lastPublicAt !== null && conversation.lastPublicAt > at;
}

/** The source says the AI resolved it: that outranks the idle rule's verdict, never a hand-off (S3). */
export function resolved(draft: Draft, fact: FactOf<'resolved'>, at: EpochMillis): void {
  const conversation = draft.conversation;
  const isNew = conversation.handoffAt === null && conversation.aiOutcome !== 'resolvedByAi';
  if (conversation.handoffAt === null) {
    conversation.aiOutcome = 'resolvedByAi';
    conversation.aiClosedAt ??= at;
  }
  conversation.finalSkill = fact.finalSkill ?? conversation.finalSkill;
  conversation.aiRawStatus = fact.rawStatus ?? conversation.aiRawStatus;
  addTags(draft, fact.tags, 'ai', null, at);
  if (isNew) recordResolved(draft);
}

/** Closing an AI conversation (O5): resolved when the AI spoke last and no agent closed it, else the customer left. */
function closeAiSide(draft: Draft, at: EpochMillis, by: ClosedBy): void {
  const conversation = draft.conversation;
  if (conversation.aiOutcome !== 'open') return;
  const isResolved = conversation.lastPublicKind === 'ai' && by !== 'agent';
  conversation.aiOutcome = isResolved ? 'resolvedByAi' : 'closedUnresolved';
  conversation.aiClosedAt = at;
  if (isResolved) recordResolved(draft);
}

/**
 * Closes the open cycle, or the AI's side where there is none. When an agent's close from a desk did not know of a
 * customer message that came in later but is dated before it, the conversation reopens at that same moment (T8); the new
 * cycle's clock starts there, since no cycle counts time before it opened.
 */
export function closed(draft: Draft, fact: FactOf<'closed'>, event: HistoryEvent): void {
  if (!hasOpenCycle(draft)) {
    closeAiSide(draft, event.at, fact.by);
    return;
  }
  closeCycle(draft, event.at, fact.by, fact.agentId);
  const isUnseen = draft.conversation.lastCustomerArrival > event.arrival;
  if (event.origin === 'desk' && fact.by === 'agent' && isUnseen)
    openCycle(draft, event.at, 'customer', event.at);
}

/** Whether the open cycle was opened by `closed` above, at the very moment of the close before it (T8). */
function isReopenedAtClose({ cycle, previousCycle, conversation }: Standing): boolean {
  if (cycle?.openedBy !== 'customer' || cycle.closedAt !== null) return false;
  const { lastPublicAt } = conversation;
  return cycle.openedAt === previousCycle?.closedAt && lastPublicAt !== null && lastPublicAt < cycle.openedAt;
}

/** The closed cycle that taking back its close would restore (S11); null when something public followed, or none is closed. */
export function undoableClose(standing: Standing): Cycle | null {
  const closed = isReopenedAtClose(standing) ? standing.previousCycle : standing.cycle;
  if (closed === null || closed.closedAt === null || isFollowed(standing, closed.closedAt)) return null;
  return closed;
}

/** Takes a close back (S11): the same cycle goes on, if nothing public followed. */
export function undoClose(draft: Draft): void {
  const closed = undoableClose(draft);
  if (closed === null) return;
  if (closed === draft.previousCycle) removeLatestCycle(draft);
  restoreClosedCycle(draft);
}

/** An agent opens what was closed: the next cycle, whose clock starts at the customer's first message (T1). */
export function reopened(draft: Draft, at: EpochMillis): void {
  const conversation = draft.conversation;
  if (conversation.humanState === 'snoozed') wake(draft);
  if (hasOpenCycle(draft) || conversation.aiOutcome === 'open') return;
  openCycle(draft, at, 'agent', null);
}

/** Whether the latest cycle is an agent's reopening that nothing public followed, so that it can be taken back (S11). */
export function isUndoableReopening(standing: Standing): boolean {
  const { cycle, previousCycle, conversation } = standing;
  if (cycle === null || cycle.openedBy !== 'agent' || cycle.closedAt !== null) return false;
  const { aiOutcome, lastPublicAt } = conversation;
  if (lastPublicAt !== null && lastPublicAt >= cycle.openedAt) return false;
  const wasClosedByAi = aiOutcome === 'resolvedByAi' || aiOutcome === 'closedUnresolved';
  return cycle.ordinal === 1 ? wasClosedByAi : previousCycle !== null;
}

/** Takes a reopening back: its cycle goes, the one before it is closed as it was. */
export function undoReopening(draft: Draft): void {
  if (isUndoableReopening(draft)) removeLatestCycle(draft);
}

/** Puts an open cycle aside until `until`; one that is over already does nothing (S5). Clocks go on (T7). */
export function snoozed(draft: Draft, until: EpochMillis, at: EpochMillis): void {
  if (!hasOpenCycle(draft)) return;
  draft.conversation.humanState = until > at ? 'snoozed' : 'open';
  draft.conversation.snoozedUntil = until > at ? until : null;
}

export function wake(draft: Draft): void {
  if (draft.conversation.humanState !== 'snoozed') return;
  draft.conversation.humanState = 'open';
  draft.conversation.snoozedUntil = null;
}

export function assign(draft: Draft, assigneeId: AgentId | null): void {
  draft.conversation.assigneeId = assigneeId;
}
