import { z } from 'zod';
import { REVIEW_VERDICTS } from '../domain/model.ts';
import { conversationId } from './args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { readsFinding, standingFinding, writeFinding } from './review.ts';

const verdict = z.enum(REVIEW_VERDICTS).nullable();
const note = z
  .string()
  .max(10_000)
  .nullable()
  .transform((text) => (text === null || text.trim() === '' ? null : text.toWellFormed()));

const args = z.object({
  conversationId,
  /** Null takes it back. */
  verdict,
  /** Absent: it stays as it is. */
  note: note.optional(),
  /** The verdict that must still stand (Y16); absent: whatever it is. */
  expect: verdict.optional(),
});

/** The actor's verdict about a conversation that the AI did not resolve (O10), with a note if they like. */
export const setVerdict = defineMutation({
  name: 'review.setVerdict',
  args,
  role: 'agent',
  reads: ({ conversationId }, actorId) => readsFinding(conversationId, actorId),
  run: (rows, { conversationId, verdict, note, expect }, ctx) => {
    const standing = standingFinding(rows, conversationId, ctx.actor.id);
    if (expect !== undefined && expect !== standing.verdict)
      return refuse('changedSince', { verdict: standing.verdict });
    return writeFinding(rows, conversationId, ctx, note === undefined ? { verdict } : { verdict, note });
  },
  inverse: (rows, { conversationId, verdict, note }, actorId) => {
    const standing = standingFinding(rows, conversationId, actorId);
    const isSame = standing.verdict === verdict && (note === undefined || standing.note === note);
    if (isSame) return null;
    const before = note === undefined ? {} : { note: standing.note };
    return {
      name: 'review.setVerdict',
      args: { conversationId, verdict: standing.verdict, ...before, expect: verdict },
    };
  },
});
