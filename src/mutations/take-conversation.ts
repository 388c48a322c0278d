import { z } from 'zod';
import { ok } from '../base/result.ts';
import { agentId, conversationId } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { refuseState } from './states.ts';

const args = z.object({
  conversationId,
  /** The assignee from whom the agent takes it knowingly (S7). */
  from: agentId.nullable().optional(),
});

/** Takes the conversation for oneself (S7): refused when someone else has it, unless the agent named them. */
export const takeConversation = defineMutation({
  name: 'conversation.take',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const { assigneeId, humanState } = conversation;
      if (humanState === null) return refuseState(conversation);
      if (assigneeId === ctx.actor.id) return ok([]);
      if (assigneeId !== null && assigneeId !== args.from)
        return refuse('takenBySomeoneElse', { agentId: assigneeId });
      return ok([{ type: 'assigned', assigneeId: ctx.actor.id, agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args, actorId) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null || conversation.assigneeId === actorId) return null;
    return {
      name: 'conversation.assign',
      args: { conversationId: args.conversationId, assigneeId: conversation.assigneeId, expect: actorId },
    };
  },
});
