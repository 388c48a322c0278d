import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, description } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  /** Null, or nothing but space, takes it away (C2, C13). */
  description,
  /** The value that must still stand (Y16); absent: whatever it is. */
  expect: description.optional(),
});

/** Sets the description; the last word counts. */
export const setDescription = defineMutation({
  name: 'conversation.setDescription',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const current = conversation.description;
      if (args.expect !== undefined && args.expect !== current) return refuse('changedSince');
      return ok(
        current === args.description ? [] : [{ type: 'descriptionSet', description: args.description }],
      );
    }),
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null || conversation.description === args.description) return null;
    return {
      name: 'conversation.setDescription',
      args: {
        conversationId: args.conversationId,
        description: conversation.description,
        expect: args.description,
      },
    };
  },
});
