import type { AgentId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Fact } from '../events.ts';
import type { Handoff, HandoffMethod } from '../model.ts';
import { put } from '../rows.ts';
import { addTags } from './attributes.ts';
import { hasOpenCycle, openCycle } from './cycles.ts';
import type { Draft } from './draft.ts';
import { recordEscalated } from './metrics.ts';

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** Records a giving-over to humans; `notResolvedByAi` is final from here on (S2). */
function recordHandoff(
  draft: Draft,
  at: EpochMillis,
  handoff: Pick<Handoff, 'by' | 'method' | 'reasonCode' | 'reason' | 'skill'>,
): void {
  const conversation = draft.conversation;
  conversation.aiOutcome = 'notResolvedByAi';
  conversation.aiClosedAt = null;
  conversation.handoffOffer = null;
  conversation.handoffCount += 1;
  conversation.handoffAt ??= at;
  conversation.handoffBy ??= handoff.by;
  draft.changes.push(
    put('handoff', { conversationId: conversation.id, ordinal: conversation.handoffCount, at, ...handoff }),
  );
}

/** A hand-off of the AI's (S2): a new reason; all but a custom end message open a cycle where none is open. */
function handOver(
  draft: Draft,
  at: EpochMillis,
  method: HandoffMethod,
  why: { readonly reasonCode: string | null; readonly reason: string | null; readonly skill: string | null },
  tags: readonly string[],
): void {
  const conversation = draft.conversation;
  recordHandoff(draft, at, { by: 'ai', method, ...why });
  conversation.handoffReasonCode = why.reasonCode;
  conversation.handoffReason = why.reason;
  conversation.finalSkill = why.skill ?? conversation.finalSkill;
  addTags(draft, tags, 'ai', null, at);
  recordEscalated(draft, why);
  if (method === 'message' || hasOpenCycle(draft)) return;
  conversation.handoffReadBy = null;
  openCycle(draft, at, 'handoff', at);
}

export function escalated(draft: Draft, fact: FactOf<'escalated'>, at: EpochMillis): void {
  const { reasonCode, reason, skill } = fact;
  handOver(draft, at, fact.method, { reasonCode, reason, skill }, fact.tags);
}

/** Flags an offer (O6); the reason waits in the conversation's columns for the visitor's yes. */
export function handoffOffered(draft: Draft, fact: FactOf<'handoffOffered'>): void {
  const conversation = draft.conversation;
  conversation.handoffOffer = 'offered';
  conversation.handoffReasonCode = fact.reasonCode;
  conversation.handoffReason = fact.reason;
  conversation.finalSkill = fact.skill ?? conversation.finalSkill;
}

/** An answer to an offer that was settled before by a hand-off: nothing is left to answer. */
function isAnsweredAlready(draft: Draft): boolean {
  return draft.conversation.handoffOffer === null && draft.conversation.handoffCount > 0;
}

export function handoffAccepted(draft: Draft, at: EpochMillis): void {
  if (isAnsweredAlready(draft)) return;
  const { handoffReasonCode, handoffReason, finalSkill } = draft.conversation;
  const why = { reasonCode: handoffReasonCode, reason: handoffReason, skill: finalSkill };
  handOver(draft, at, 'ticket', why, []);
}

export function handoffDeclined(draft: Draft): void {
  if (!isAnsweredAlready(draft)) draft.conversation.handoffOffer = 'declined';
}

/**
 * An agent takes the conversation from the AI (S4): a cycle whose clock starts now if a customer message is unanswered,
 * else at the customer's next one. Where the AI's side had ended already it is a reopening and the outcome stays.
 */
export function takeOverAt(draft: Draft, agentId: AgentId | null, at: EpochMillis): void {
  if (hasOpenCycle(draft)) return;
  const conversation = draft.conversation;
  const isWaiting = conversation.lastPublicKind === 'customer';
  if (conversation.aiOutcome === 'open') {
    recordHandoff(draft, at, { by: 'agent', method: 'live', reasonCode: null, reason: null, skill: null });
  }
  if (conversation.handoffAt !== null) conversation.handoffReadBy ??= agentId;
  openCycle(draft, at, 'agent', isWaiting ? at : null);
}
