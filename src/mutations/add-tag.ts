import { z } from 'zod';
import { ok } from '../base/result.ts';
import { listMerge, TAGS_FIELD } from '../domain/fields/list-merge.ts';
import { tagLimitOf } from '../domain/step.ts';
import { agentId, conversationId, seenTags, tag } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  tag,
  /** Who had applied it, when an undo puts it back (S8, Y16): it must still be away. */
  restores: z.object({ appliedBy: z.enum(['ai', 'agent']), agentId: agentId.nullable() }).optional(),
  seen: seenTags,
});

function withTag(tags: readonly string[], tag: string): readonly string[] {
  return tags.includes(tag) ? tags : [...tags, tag];
}

/** Puts a tag on (S8). One that is there already stays as it was applied first. */
export const addTag = defineMutation({
  name: 'tag.add',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ conversation, snapshot }) => {
      const limit = tagLimitOf(conversation);
      const { restores, tag } = args;
      if (snapshot.tags.some((present) => present.tag === tag))
        return restores === undefined ? ok([]) : refuse('changedSince', { tag });
      if (snapshot.tags.length >= limit) return refuse('tooManyTags', { limit });
      const { appliedBy, agentId } = restores ?? { appliedBy: 'agent' as const, agentId: ctx.actor.id };
      return ok([{ type: 'tagAdded', tag, appliedBy, agentId }]);
    }),
  merges: (rows, { conversationId, tag, seen }) => {
    if (seen === undefined) return null;
    const standing = rows.snapshot(conversationId).tags.map((present) => present.tag);
    return listMerge(TAGS_FIELD, withTag(seen, tag), withTag(standing, tag));
  },
  inverse: (rows, args) => {
    const { conversation, tags } = rows.snapshot(args.conversationId);
    if (conversation === null || tags.some((present) => present.tag === args.tag)) return null;
    return {
      name: 'tag.remove',
      args: { conversationId: args.conversationId, tag: args.tag, expectMine: args.restores === undefined },
    };
  },
});
