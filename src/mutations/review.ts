import type { AgentId, ConversationId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { Verdict } from '../domain/model.ts';
import { del, put } from '../domain/rows.ts';
import { type Changes, refuse } from './history.ts';
import type { LoadedRows, MutationContext, Reads, Refusal } from './mutation.ts';

/** What a finding about a conversation reads: the conversation, and the actor's own finding. */
export function readsFinding(conversationId: ConversationId, actorId: AgentId): Reads {
  return { conversations: [conversationId], verdicts: [[conversationId, actorId]] };
}

type Finding = Pick<Verdict, 'verdict' | 'note' | 'coachId'>;

/** The actor's finding as it stands. */
export function standingFinding(rows: LoadedRows, conversationId: ConversationId, actorId: AgentId): Finding {
  const { verdict, note, coachId } = rows.verdict(conversationId, actorId) ?? {
    verdict: null,
    note: null,
    coachId: null,
  };
  return { verdict, note, coachId };
}

/**
 * Writes the actor's finding about a conversation that was not resolved by the AI (O10); one that says nothing is taken
 * away. Each reviewer has one of their own.
 */
export function writeFinding(
  rows: LoadedRows,
  conversationId: ConversationId,
  { actor, now }: MutationContext,
  change: Partial<Finding>,
): Result<Changes, Refusal> {
  const { conversation } = rows.snapshot(conversationId);
  if (conversation === null) return refuse('notFound', { conversationId });
  const { aiOutcome } = conversation;
  if (aiOutcome !== 'notResolvedByAi') return refuse('invalidState', { aiOutcome });
  const standing = rows.verdict(conversationId, actor.id);
  const before = standingFinding(rows, conversationId, actor.id);
  const after = { ...before, ...change };
  const isSame =
    before.verdict === after.verdict && before.note === after.note && before.coachId === after.coachId;
  if (isSame) return ok([]);
  if (after.verdict === null && after.note === null && after.coachId === null)
    return ok(standing === null ? [] : [del('verdict', [conversationId, actor.id])]);
  return ok([put('verdict', { conversationId, agentId: actor.id, ...after, at: now })]);
}
