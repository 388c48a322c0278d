import { z } from 'zod';
import { ok } from '../base/result.ts';
import { conversationId, messageId, messageText, moment } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { readAlong } from './read-along.ts';

const args = z.object({
  conversationId,
  messageId,
  text: messageText,
  /** When it was written, corrected by the desk's offset; shown, never counted (T8). */
  writtenAt: moment,
});

/** Adds a note that only the team sees, in any state; it touches no clock (T6). */
export const addNote = defineMutation({
  name: 'note.add',
  args,
  role: 'agent',
  reads: (args, actorId) => ({
    conversations: [args.conversationId],
    messages: [args.messageId],
    readMarkers: [[actorId, args.conversationId]],
  }),
  run: (rows, args, ctx) => {
    if (rows.message(args.messageId) !== null) return refuse('alreadyExists', { messageId: args.messageId });
    const added = onConversation(rows, args.conversationId, ctx, () =>
      ok([
        {
          type: 'messagePosted',
          messageId: args.messageId,
          authorKind: 'agent',
          authorId: ctx.actor.id,
          note: true,
          text: args.text,
          writtenAt: args.writtenAt,
        },
      ]),
    );
    return added.ok ? ok([...added.value, ...readAlong(rows, args.conversationId, ctx, added.value)]) : added;
  },
  inverse: () => null,
});
