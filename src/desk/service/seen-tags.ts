import { z } from 'zod';
import type { ReadableDb } from '../../sqlite/database.ts';
import { withArgs } from '../outbox/outgoing.ts';
import { rowsOfConversation } from '../replica/row-sql.ts';

const ofConversation = z.object({ conversationId: z.string() });
const CHANGES_OF_TAGS: readonly string[] = ['tag.add', 'tag.remove'];

/**
 * Says of a change of tags over which tags it was made, as this desk shows them now, so that the workspace can tell when
 * others had changed them meanwhile (S8). Whoever makes it again has seen what stands by then.
 */
export function seeingTags(db: ReadableDb, name: string, args: unknown): unknown {
  if (!CHANGES_OF_TAGS.includes(name)) return args;
  const parsed = ofConversation.safeParse(args);
  if (!parsed.success) return args;
  return withArgs(args, {
    seen: rowsOfConversation(db, 'tag', parsed.data.conversationId).map(({ tag }) => tag),
  });
}
