import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, cycleOrdinal, messageId } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { isOpen, standingOf } from './states.ts';

const args = z.object({
  conversationId,
  /** The last customer message the agent saw (S6); null when there was none. */
  seenCustomerMessageId: messageId.nullable(),
  /** The cycle that must still be the open one (Y16); absent: whichever is. */
  cycle: cycleOrdinal.optional(),
});

/** Closes the open cycle; refused when the customer wrote after the message the agent saw (S6). */
export const closeConversation = defineMutation({
  name: 'conversation.close',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation, snapshot }) => {
      if (args.cycle !== undefined && (!isOpen(conversation) || snapshot.cycle?.ordinal !== args.cycle))
        return refuse('changedSince');
      if (!isOpen(conversation))
        return refuse('invalidState', {
          state: standingOf(conversation),
          agentId: snapshot.cycle?.closedByAgentId ?? null,
        });
      const last = conversation.lastCustomerMessageId;
      if (last !== null && last !== args.seenCustomerMessageId)
        return refuse('newCustomerMessage', { messageId: last });
      return ok([{ type: 'closed', by: 'agent', agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args) => {
    const { conversation, cycle } = rows.snapshot(args.conversationId);
    if (conversation === null || cycle === null || !isOpen(conversation)) return null;
    return {
      name: 'conversation.undoClose',
      args: { conversationId: args.conversationId, cycle: cycle.ordinal },
    };
  },
});
