import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId } from './args.ts';
import { onConversation } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ conversationId });

/** Stops following a conversation (S7); fine also for who did not. */
export const unfollowConversation = defineMutation({
  name: 'conversation.unfollow',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, () => ok([{ type: 'unfollowed', agentId: ctx.actor.id }])),
  inverse: (_rows, args) => ({
    name: 'conversation.follow',
    args: { conversationId: args.conversationId },
  }),
});
