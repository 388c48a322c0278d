import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, moment } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { isOpen, refuseState } from './states.ts';

const args = z.object({
  conversationId,
  /** The snooze that must still stand (Y16); absent: whichever. */
  expect: moment.optional(),
});

/** Ends a snooze before its time (S5); what is awake stays so. */
export const wakeConversation = defineMutation({
  name: 'conversation.wake',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const current = conversation.snoozedUntil;
      if (args.expect !== undefined && args.expect !== current)
        return refuse('changedSince', { until: current });
      if (!isOpen(conversation)) return refuseState(conversation);
      return ok(current === null ? [] : [{ type: 'woken', agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args) => {
    const until = rows.snapshot(args.conversationId).conversation?.snoozedUntil ?? null;
    if (until === null) return null;
    return {
      name: 'conversation.snooze',
      args: { conversationId: args.conversationId, until, expect: null },
    };
  },
});
