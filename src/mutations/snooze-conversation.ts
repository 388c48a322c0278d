import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, moment } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { isOpen, refuseState } from './states.ts';

const args = z.object({
  conversationId,
  until: moment,
  /** The snooze that must still stand (Y16), null for none; absent: whichever. */
  expect: moment.nullable().optional(),
});

/**
 * Puts an open conversation aside until a time or the customer's next message (S5). A time that has passed by the time
 * the workspace receives it is no mistake: the conversation is awake at once.
 */
export const snoozeConversation = defineMutation({
  name: 'conversation.snooze',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const current = conversation.snoozedUntil;
      if (!isOpen(conversation)) return refuseState(conversation);
      if (args.expect !== undefined && args.expect !== current)
        return refuse('changedSince', { until: current });
      if (current === args.until) return ok([]);
      return ok([{ type: 'snoozed', until: args.until, agentId: ctx.actor.id }]);
    }),
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null || conversation.snoozedUntil === args.until) return null;
    const { conversationId, until: expect } = args;
    return conversation.snoozedUntil === null
      ? { name: 'conversation.wake', args: { conversationId, expect } }
      : { name: 'conversation.snooze', args: { conversationId, until: conversation.snoozedUntil, expect } };
  },
});
