import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, priority } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  /** Null unsets it (C5). */
  priority,
  /** The value that must still stand (Y16); absent: whatever it is. */
  expect: priority.optional(),
});

/** Sets or unsets the priority (C5); the last word counts. */
export const setPriority = defineMutation({
  name: 'conversation.setPriority',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const current = conversation.priority;
      if (args.expect !== undefined && args.expect !== current)
        return refuse('changedSince', { priority: current });
      return ok(current === args.priority ? [] : [{ type: 'prioritySet', priority: args.priority }]);
    }),
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null || conversation.priority === args.priority) return null;
    return {
      name: 'conversation.setPriority',
      args: {
        conversationId: args.conversationId,
        priority: conversation.priority,
        expect: args.priority,
      },
    };
  },
});
