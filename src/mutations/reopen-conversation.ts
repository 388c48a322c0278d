import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId } from './args.ts';
import { onConversation } from './history.ts';
import { defineMutation } from './mutation.ts';
import { refuseState, standingOf } from './states.ts';

const args = z.object({ conversationId });

/** Opens what humans or the AI closed: the next cycle, whose clock starts at the customer's first message (T1). */
export const reopenConversation = defineMutation({
  name: 'conversation.reopen',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const standing = standingOf(conversation);
      if (standing !== 'closed' && standing !== 'closedByAi') return refuseState(conversation);
      return ok([{ type: 'reopened', agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null) return null;
    return {
      name: 'conversation.undoReopen',
      args: { conversationId: args.conversationId, cycle: conversation.cycleCount + 1 },
    };
  },
});
