import { z } from 'zod';
import { ok } from '../base/result.ts';
import { agentId, conversationId } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { refuseState } from './states.ts';

const args = z.object({
  conversationId,
  /** Null takes the assignment away. */
  assigneeId: agentId.nullable(),
  /** The assignee that must still stand (Y16); absent: whoever it is. */
  expect: agentId.nullable().optional(),
});

/** Gives the conversation to one agent, or to nobody (S7); the last word counts. The AI's conversations are taken over first. */
export const assignConversation = defineMutation({
  name: 'conversation.assign',
  args,
  role: 'agent',
  reads: (args) => ({
    conversations: [args.conversationId],
    agents: args.assigneeId === null ? [] : [args.assigneeId],
  }),
  run: (rows, args, ctx) => {
    const { assigneeId, expect } = args;
    const assignee = assigneeId === null ? null : rows.agent(assigneeId);
    if (assigneeId !== null && assignee === null) return refuse('notFound', { agentId: assigneeId });
    if (assignee?.active === false) return refuse('invalidState', { agentId: assigneeId, state: 'inactive' });
    return onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const current = conversation.assigneeId;
      if (conversation.humanState === null) return refuseState(conversation);
      if (expect !== undefined && expect !== current) return refuse('changedSince', { assigneeId: current });
      if (current === assigneeId) return ok([]);
      return ok([{ type: 'assigned', assigneeId, agentId: ctx.actor.id }]);
    });
  },
  inverse: (rows, args) => {
    const conversation = rows.snapshot(args.conversationId).conversation;
    if (conversation === null || conversation.assigneeId === args.assigneeId) return null;
    return {
      name: 'conversation.assign',
      args: {
        conversationId: args.conversationId,
        assigneeId: conversation.assigneeId,
        expect: args.assigneeId,
      },
    };
  },
});
