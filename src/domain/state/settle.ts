import { type EpochMillis, plus } from '../../base/time.ts';
import type { Policy } from '../events.ts';
import type { Conversation } from '../model.ts';
import { put, type RowChange, type Snapshot } from '../rows.ts';
import { resolvedByIdling } from './metrics.ts';

/** The idle window of a source in milliseconds, for a conversation whose last public message is of `at` (S3). */
export function idleWindowOf(policy: Policy, source: string, at: EpochMillis): number {
  const { idleWindow, idleWindowBySource } = policy.earlierIdle?.find(({ until }) => at < until) ?? policy;
  return Object.hasOwn(idleWindowBySource, source) ? (idleWindowBySource[source] ?? idleWindow) : idleWindow;
}

/** When the AI's conversation closes by itself if nobody writes; null while that cannot happen (S3, O5). */
function idleCloseAt(conversation: Conversation, policy: Policy): EpochMillis | null {
  const { aiOutcome, lastPublicAt, source } = conversation;
  // Outcome `open` implies that there was neither a hand-off nor a human cycle.
  if (aiOutcome !== 'open' || lastPublicAt === null) return null;
  return plus(lastPublicAt, idleWindowOf(policy, source, lastPublicAt));
}

/** When time alone next changes this conversation: the end of its idle window or of its snooze; null for never. */
export function dueAt(conversation: Conversation, policy: Policy): EpochMillis | null {
  if (conversation.humanState === 'snoozed') return conversation.snoozedUntil;
  return idleCloseAt(conversation, policy);
}

/** The conversation as it stands at `now`; the same object when nothing was due. */
export function settled(conversation: Conversation, now: EpochMillis, policy: Policy): Conversation {
  const { humanState, snoozedUntil } = conversation;
  if (humanState === 'snoozed') {
    if (snoozedUntil === null || snoozedUntil > now) return conversation;
    return { ...conversation, humanState: 'open', snoozedUntil: null };
  }
  const closesAt = idleCloseAt(conversation, policy);
  if (closesAt === null || closesAt > now) return conversation;
  const aiOutcome = conversation.lastPublicKind === 'ai' ? 'resolvedByAi' : 'closedUnresolved';
  return { ...conversation, aiOutcome, aiClosedAt: closesAt };
}

/**
 * The passage of time up to `now`, which is never stored as an event: an idle AI conversation closes at exactly last
 * public message + window (S3, O5), which is a data point where the AI resolved it (K2); a snooze ends at its time (S5). Idempotent; running it late or often changes nothing.
 */
export function settle(
  snapshot: Snapshot,
  now: EpochMillis,
  policy: Policy,
): { readonly snapshot: Snapshot; readonly changes: readonly RowChange[] } {
  if (snapshot.conversation === null) return { snapshot, changes: [] };
  const conversation = settled(snapshot.conversation, now, policy);
  if (conversation === snapshot.conversation) return { snapshot, changes: [] };
  const made =
    snapshot.conversation.aiOutcome === 'open' ? resolvedByIdling(conversation, snapshot.tags) : [];
  return { snapshot: { ...snapshot, conversation }, changes: [put('conversation', conversation), ...made] };
}
