import { z } from 'zod';
import { agentId, conversationId } from './args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { readsFinding, standingFinding, writeFinding } from './review.ts';

const coach = agentId.nullable();
const args = z.object({
  conversationId,
  /** Who is asked to look at it; null: nobody any more. */
  coachId: coach,
  /** Who must still be asked (Y16); absent: whoever it is. */
  expect: coach.optional(),
});

/** Asks a colleague to look at a conversation that the AI did not resolve (O10): a lesson for them, or for the AI. */
export const assignCoaching = defineMutation({
  name: 'review.assignCoaching',
  args,
  role: 'agent',
  reads: ({ conversationId, coachId }, actorId) => ({
    ...readsFinding(conversationId, actorId),
    agents: coachId === null ? [] : [coachId],
  }),
  run: (rows, { conversationId, coachId, expect }, ctx) => {
    const standing = standingFinding(rows, conversationId, ctx.actor.id);
    if (expect !== undefined && expect !== standing.coachId)
      return refuse('changedSince', { agentId: standing.coachId });
    if (coachId !== null && rows.agent(coachId) === null) return refuse('notFound', { agentId: coachId });
    return writeFinding(rows, conversationId, ctx, { coachId });
  },
  inverse: (rows, { conversationId, coachId }, actorId) => {
    const standing = standingFinding(rows, conversationId, actorId);
    if (standing.coachId === coachId) return null;
    return {
      name: 'review.assignCoaching',
      args: { conversationId, coachId: standing.coachId, expect: coachId },
    };
  },
});
