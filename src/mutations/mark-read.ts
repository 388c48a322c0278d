import { z } from 'zod';
import { ok } from '../base/result.ts';
import { epochMillis } from '../base/time.ts';
import { put, type RowChange } from '../domain/rows.ts';
import { conversationId, moment } from './args.ts';
import { happen, target } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  /** The `at` of the last message the agent saw. */
  readThroughAt: moment,
  /** It takes back that the agent had marked it unread (Y16): doing that again marks it unread. */
  undoesUnread: z.literal(true).optional(),
});

/**
 * Remembers how far the actor has read; never goes back, never beyond the last message. The first agent who reads after a
 * hand-off is kept with the conversation. No entry in the undo list: it follows from looking. Only where it takes an own mark
 * as unread back has it a way back itself.
 */
export const markRead = defineMutation({
  name: 'conversation.markRead',
  args,
  role: 'agent',
  reads: (args, actorId) => ({
    conversations: [args.conversationId],
    readMarkers: [[actorId, args.conversationId]],
  }),
  run: (rows, args, ctx) => {
    const found = target(rows, args.conversationId, ctx);
    if (!found.ok) return found;
    const { conversation } = found.value;
    const changes: RowChange[] = [];
    const marker = rows.readMarker(ctx.actor.id, args.conversationId);
    const last = conversation.lastMessageAt ?? conversation.startedAt;
    const readThroughAt = epochMillis(Math.min(args.readThroughAt, last));
    if (marker === null || marker.readThroughAt < readThroughAt) {
      const { id: agentId } = ctx.actor;
      changes.push(put('readMarker', { agentId, conversationId: args.conversationId, readThroughAt }));
    }
    if (conversation.handoffAt !== null && conversation.handoffReadBy === null)
      changes.push(...happen(found.value, ctx, [{ type: 'handoffRead', agentId: ctx.actor.id }]));
    return ok(changes);
  },
  inverse: (_rows, { conversationId, undoesUnread }) =>
    undoesUnread === true ? { name: 'conversation.markUnread', args: { conversationId } } : null,
});
