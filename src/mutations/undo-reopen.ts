import { z } from 'zod';
import { ok } from '../base/result.ts';
import { isUndoableReopening } from '../domain/step.ts';
import { conversationId, cycleOrdinal } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  /** The cycle that the reopening made. */
  cycle: cycleOrdinal,
});

/** Takes a reopening back: it is closed as it was (S11). Refused when something public followed. */
export const undoReopen = defineMutation({
  name: 'conversation.undoReopen',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation, snapshot }) => {
      const { cycle, previousCycle } = snapshot;
      const isUndoable = isUndoableReopening({ conversation, cycle, previousCycle });
      if (!isUndoable || cycle?.ordinal !== args.cycle) return refuse('changedSince');
      return ok([{ type: 'reopenUndone', agentId: ctx.actor.id }]);
    }),
  inverse: (_rows, args) => ({
    name: 'conversation.reopen',
    args: { conversationId: args.conversationId, cycle: args.cycle },
  }),
});
