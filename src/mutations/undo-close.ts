import { z } from 'zod';
import { ok } from '../base/result.ts';
import { undoableClose } from '../domain/step.ts';
import { conversationId, cycleOrdinal } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  /** The cycle that the agent closed. */
  cycle: cycleOrdinal,
});

/** Takes one's own close back: the same cycle goes on (S11). Refused when something public followed, or others closed it. */
export const undoClose = defineMutation({
  name: 'conversation.undoClose',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation, snapshot }) => {
      const { cycle, previousCycle } = snapshot;
      const closed = undoableClose({ conversation, cycle, previousCycle });
      if (closed === null || closed.ordinal !== args.cycle || closed.closedByAgentId !== ctx.actor.id)
        return refuse('changedSince');
      return ok([{ type: 'closeUndone', agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation?.humanState !== 'closed') return null;
    return {
      name: 'conversation.close',
      args: {
        conversationId: args.conversationId,
        seenCustomerMessageId: conversation.lastCustomerMessageId,
        cycle: args.cycle,
      },
    };
  },
});
