import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId } from './args.ts';
import { onConversation } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ conversationId });

/** Follows a conversation without owning it (S7); following twice is following. */
export const followConversation = defineMutation({
  name: 'conversation.follow',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, () => ok([{ type: 'followed', agentId: ctx.actor.id }])),
  inverse: (_rows, args) => ({
    name: 'conversation.unfollow',
    args: { conversationId: args.conversationId },
  }),
});
