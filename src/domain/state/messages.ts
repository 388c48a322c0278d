import type { AgentId } from '../../base/ids.ts';
import { asId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Fact, HistoryEvent, Policy } from '../events.ts';
import type { AuthorKind } from '../model.ts';
import { put, type Snapshot } from '../rows.ts';
import { preview } from '../text.ts';
import { isClosedByAi, wake } from './closing.ts';
import { answer, hasOpenCycle, openCycle, startWaiting } from './cycles.ts';
import type { Draft } from './draft.ts';
import { takeOverAt } from './handoffs.ts';

type Posted = Extract<Fact, { type: 'messagePosted' }>;

/** A message the customer and the team both see, and which rules count: no note, no system message (S3, T6). */
export function isPublic(message: { readonly authorKind: AuthorKind; readonly note: boolean }): boolean {
  return !message.note && message.authorKind !== 'system';
}

/** Whether a reply with this receipt number is kept out of what is closed: what was in force when it was received (S5). */
export function blocksReplies(policy: Policy, arrival: number): boolean {
  const earlier = policy.earlierBlocking?.find(({ until }) => arrival < until);
  return earlier?.blocks ?? policy.blockRepliesAfterClosing;
}

/**
 * Whether `event` may not be applied because replies after closing start a new conversation (S5, S10): a customer's
 * message to a conversation that humans or the AI closed.
 */
export function isBlockedReply({ conversation }: Snapshot, event: HistoryEvent, policy: Policy): boolean {
  const { fact } = event;
  if (conversation === null || !blocksReplies(policy, event.arrival)) return false;
  if (fact.type !== 'messagePosted' || fact.authorKind !== 'customer' || fact.note) return false;
  if (conversation.humanState !== null) return conversation.humanState === 'closed';
  return conversation.aiOutcome === 'resolvedByAi' || conversation.aiOutcome === 'closedUnresolved';
}

/** The columns that lists show of the messages. */
function countMessage(draft: Draft, fact: Posted, event: HistoryEvent): void {
  const conversation = draft.conversation;
  if (fact.authorKind !== 'system') {
    conversation.lastMessageAt = event.at;
    conversation.lastMessageKind = fact.authorKind;
    conversation.lastMessagePreview = preview(fact.text);
  }
  if (!isPublic(fact)) return;
  conversation.messageCount += 1;
  if (fact.authorKind === 'ai') conversation.aiMessageCount += 1;
  conversation.lastPublicId = fact.messageId;
  conversation.lastPublicAt = event.at;
  conversation.lastPublicKind = fact.authorKind;
  if (fact.authorKind !== 'customer') return;
  conversation.firstQuestion ??= preview(fact.text);
  conversation.lastCustomerMessageId = fact.messageId;
  conversation.lastCustomerMessageAt = event.at;
  conversation.lastCustomerArrival = Math.max(conversation.lastCustomerArrival, event.arrival);
}

/** A customer wrote: wakes (S5), reopens (S5, S10), returns to the AI (S10) or starts the first cycle (S1). */
function customerWrote(draft: Draft, at: EpochMillis): void {
  const conversation = draft.conversation;
  if (hasOpenCycle(draft)) {
    wake(draft);
    startWaiting(draft, at);
  } else if (conversation.humanState === 'closed' || conversation.aiOutcome === null) {
    openCycle(draft, at, 'customer', at);
  } else if (isClosedByAi(draft)) {
    conversation.aiOutcome = 'open';
    conversation.aiClosedAt = null;
  }
}

/**
 * An agent wrote publicly: answers in an open cycle (T2). Where the AI, or nobody, has the conversation it is a taking-over
 * (S4), answered at once; what was closed stays closed (a desk reopens it first).
 */
function agentWrote(draft: Draft, agentId: AgentId | null, at: EpochMillis): void {
  const { humanState } = draft.conversation;
  if (humanState === null && !isClosedByAi(draft)) takeOverAt(draft, agentId, at);
  if (hasOpenCycle(draft)) answer(draft, at);
}

/** A message of anyone's. Notes, AI and system messages touch no clock (T6). */
export function messagePosted(draft: Draft, fact: Posted, event: HistoryEvent): void {
  const { messageId: id, authorKind, authorId, note, text, writtenAt } = fact;
  draft.changes.push(
    put('message', {
      id,
      conversationId: event.conversationId,
      at: event.at,
      authorKind,
      authorId,
      note,
      text,
      writtenAt,
    }),
  );
  if (isPublic(fact) && authorKind === 'customer') customerWrote(draft, event.at);
  if (isPublic(fact) && authorKind === 'agent')
    agentWrote(draft, authorId === null ? null : asId<'AgentId'>(authorId), event.at);
  countMessage(draft, fact, event);
}
