import { z } from 'zod';
import { ok } from '../base/result.ts';
import type { Fact } from '../domain/events.ts';
import { conversationId } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { refuseState, standingOf } from './states.ts';

const args = z.object({ conversationId });

/** Takes an open conversation from the AI, for oneself (S4). Final, like every hand-off (S2): it has no undo. */
export const takeOverConversation = defineMutation({
  name: 'conversation.takeOver',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const { assigneeId } = conversation;
      const agentId = ctx.actor.id;
      if (standingOf(conversation) !== 'withAi')
        return assigneeId !== null && assigneeId !== agentId
          ? refuse('takenBySomeoneElse', { agentId: assigneeId })
          : refuseState(conversation);
      const facts: Fact[] = [{ type: 'takenOver', agentId }];
      if (assigneeId !== agentId) facts.push({ type: 'assigned', assigneeId: agentId, agentId });
      return ok(facts);
    }),
  inverse: () => null,
});
