import type { AgentId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { ClosedBy, Cycle } from '../model.ts';
import { del, put } from '../rows.ts';
import { type Draft, patchCycle } from './draft.ts';

/** Whether a cycle is open, snoozed or not. */
export function hasOpenCycle(draft: Draft): boolean {
  const state = draft.conversation.humanState;
  return state === 'open' || state === 'snoozed';
}

/** Writes the latest cycle's row among the changes, before another cycle takes its place. */
function flushCycle(draft: Draft): void {
  if (draft.cycleChanged && draft.cycle !== null) draft.changes.push(put('cycle', draft.cycle));
  draft.cycleChanged = false;
}

/** The conversation's columns that show the current cycle (T9). */
function showCycle(draft: Draft, cycle: Cycle): void {
  const conversation = draft.conversation;
  conversation.cycleCount = cycle.ordinal;
  conversation.openedAt = cycle.openedAt;
  conversation.closedAt = cycle.closedAt;
  conversation.closedBy = cycle.closedBy;
  conversation.waitingSince = cycle.closedAt === null ? cycle.waitingSince : null;
  conversation.humanState = cycle.closedAt === null ? 'open' : 'closed';
  conversation.snoozedUntil = null;
}

/**
 * Opens the next cycle at `at`. `clockStartAt` is where its first interval runs from (T1, T2), null when nobody waits:
 * the clock then starts at the customer's first message.
 */
export function openCycle(
  draft: Draft,
  at: EpochMillis,
  openedBy: Cycle['openedBy'],
  clockStartAt: EpochMillis | null,
): void {
  flushCycle(draft);
  const cycle: Cycle = {
    conversationId: draft.conversation.id,
    ordinal: draft.conversation.cycleCount + 1,
    openedAt: at,
    openedBy,
    clockStartAt,
    firstReplyAt: null,
    replyCount: 0,
    replyTotal: 0,
    waitingSince: clockStartAt,
    closedAt: null,
    closedBy: null,
    closedByAgentId: null,
    assigneeAtCloseId: null,
  };
  draft.previousCycle = draft.cycle;
  draft.cycle = cycle;
  draft.cycleChanged = true;
  draft.conversation.firstOpenedAt ??= at;
  showCycle(draft, cycle);
}

/**
 * Closes the open cycle at `at` and remembers who had it (Q3). An unanswered interval is dropped from the counts (T0);
 * the cycle keeps where it began, so that undoing the close can go on with it (S11).
 */
export function closeCycle(draft: Draft, at: EpochMillis, closedBy: ClosedBy, agentId: AgentId | null): void {
  patchCycle(draft, {
    closedAt: at,
    closedBy,
    closedByAgentId: agentId,
    assigneeAtCloseId: draft.conversation.assigneeId,
  });
  if (draft.cycle !== null) showCycle(draft, draft.cycle);
}

/** Opens the latest, closed cycle again as if it had never been closed (S11). */
export function restoreClosedCycle(draft: Draft): void {
  patchCycle(draft, { closedAt: null, closedBy: null, closedByAgentId: null, assigneeAtCloseId: null });
  if (draft.cycle !== null) showCycle(draft, draft.cycle);
}

/** Removes the latest cycle; the one before it stands again as it was left, or none when it was the first. */
export function removeLatestCycle(draft: Draft): void {
  const { cycle, previousCycle, conversation } = draft;
  if (cycle === null) return;
  draft.changes.push(del('cycle', [conversation.id, cycle.ordinal]));
  draft.cycle = previousCycle;
  draft.previousCycle = null;
  draft.cycleChanged = false;
  if (previousCycle !== null) {
    showCycle(draft, previousCycle);
    return;
  }
  conversation.cycleCount = 0;
  conversation.humanState = null;
  conversation.firstOpenedAt = null;
  conversation.openedAt = null;
  conversation.closedAt = null;
  conversation.closedBy = null;
  conversation.waitingSince = null;
  conversation.snoozedUntil = null;
}

/** The customer waits from `at`, if nobody's answer was awaited already (T2); an agent-opened cycle's clock starts (T1). */
export function startWaiting(draft: Draft, at: EpochMillis): void {
  const cycle = draft.cycle;
  if (cycle === null || cycle.waitingSince !== null) return;
  patchCycle(draft, { waitingSince: at, clockStartAt: cycle.clockStartAt ?? at });
  draft.conversation.waitingSince = at;
}

/** A public agent message at `at` ends the running interval (T2) and is the first reply if the clock had started (T1). */
export function answer(draft: Draft, at: EpochMillis): void {
  const cycle = draft.cycle;
  if (cycle === null || cycle.waitingSince === null) return;
  patchCycle(draft, {
    firstReplyAt: cycle.firstReplyAt ?? at,
    replyCount: cycle.replyCount + 1,
    replyTotal: cycle.replyTotal + (at - cycle.waitingSince),
    waitingSince: null,
  });
  draft.conversation.waitingSince = null;
}
