import { z } from 'zod';
import { ok } from '../base/result.ts';
import { epochMillis } from '../base/time.ts';
import { put } from '../domain/rows.ts';
import { conversationId } from './args.ts';
import { NO_CHANGES, target } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ conversationId });

/** Makes the last message unread for the actor; what was unread before stays so. */
export const markUnread = defineMutation({
  name: 'conversation.markUnread',
  args,
  role: 'agent',
  reads: (args, actorId) => ({
    conversations: [args.conversationId],
    readMarkers: [[actorId, args.conversationId]],
  }),
  run: (rows, args, ctx) => {
    const found = target(rows, args.conversationId, ctx);
    if (!found.ok) return found;
    const { lastMessageAt } = found.value.conversation;
    const marker = rows.readMarker(ctx.actor.id, args.conversationId);
    if (marker === null || lastMessageAt === null || marker.readThroughAt < lastMessageAt) return NO_CHANGES;
    return ok([put('readMarker', { ...marker, readThroughAt: epochMillis(lastMessageAt - 1) })]);
  },
  inverse: (rows, args, actorId) => {
    const marker = rows.readMarker(actorId, args.conversationId);
    if (marker === null) return null;
    return {
      name: 'conversation.markRead',
      args: {
        conversationId: args.conversationId,
        readThroughAt: marker.readThroughAt,
        undoesUnread: true,
      },
    };
  },
});
