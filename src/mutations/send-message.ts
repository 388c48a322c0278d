import { z } from 'zod';
import { ok } from '../base/result.ts';
import type { Fact } from '../domain/events.ts';
import { conversationId, messageId, messageText, moment } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { readAlong } from './read-along.ts';
import { isOpen, refuseState, standingOf } from './states.ts';

const args = z.object({
  conversationId,
  messageId,
  text: messageText,
  /** The last public message its author saw (Y11); null when there was none. */
  lastSeenMessageId: messageId.nullable(),
  /** Written without a confirmed link to the workspace (Y11). */
  offline: z.boolean(),
  /** When it was written, corrected by the desk's offset; shown, never counted (T8). */
  writtenAt: moment,
});

/**
 * Sends a public reply. Written offline, it is refused with `staleReply` when anyone wrote publicly since the message it
 * names (Y11). A conversation the AI has must be taken over first; a closed one is reopened by it, as a cycle of the agent's.
 */
export const sendMessage = defineMutation({
  name: 'message.send',
  args,
  role: 'agent',
  reads: (args, actorId) => ({
    conversations: [args.conversationId],
    messages: [args.messageId],
    readMarkers: [[actorId, args.conversationId]],
  }),
  run: (rows, args, ctx) => {
    if (rows.message(args.messageId) !== null) return refuse('alreadyExists', { messageId: args.messageId });
    const sent = onConversation(rows, args.conversationId, ctx, ({ conversation }) => {
      const { lastPublicId, aiOutcome } = conversation;
      if (args.offline && lastPublicId !== args.lastSeenMessageId)
        return refuse('staleReply', { messageId: lastPublicId });
      if (aiOutcome === 'open' && !isOpen(conversation)) return refuseState(conversation);
      const posted: Fact = {
        type: 'messagePosted',
        messageId: args.messageId,
        authorKind: 'agent',
        authorId: ctx.actor.id,
        note: false,
        text: args.text,
        writtenAt: args.writtenAt,
      };
      const standing = standingOf(conversation);
      const isEnded = standing === 'closed' || standing === 'closedByAi';
      return ok(isEnded ? [{ type: 'reopened', agentId: ctx.actor.id }, posted] : [posted]);
    });
    return sent.ok ? ok([...sent.value, ...readAlong(rows, args.conversationId, ctx, sent.value)]) : sent;
  },
  inverse: () => null,
});
