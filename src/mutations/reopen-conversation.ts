import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, cycleOrdinal } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { refuseState, standingOf } from './states.ts';

const args = z.object({
  conversationId,
  /** The cycle that reopening must make (Y16): nobody has reopened it since. Absent: whichever. */
  cycle: cycleOrdinal.optional(),
});

/** Opens what humans or the AI closed: the next cycle, whose clock starts at the customer's first message (T1). */
export const reopenConversation = defineMutation({
  name: 'conversation.reopen',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const standing = standingOf(conversation);
      if (args.cycle !== undefined && conversation.cycleCount + 1 !== args.cycle)
        return refuse('changedSince');
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
