import { z } from 'zod';
import { ok } from '../base/result.ts';
import { listMerge, TAGS_FIELD } from '../domain/fields/list-merge.ts';
import { conversationId, seenTags, tag } from './args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  conversationId,
  tag,
  /** Undoing one's own adding (Y16): the tag must still be there as the agent applied it. */
  expectMine: z.boolean().optional(),
  seen: seenTags,
});

/** Takes a tag off, whoever applied it (S8); one that is not there is off already. */
export const removeTag = defineMutation({
  name: 'tag.remove',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ snapshot }) => {
      const present = snapshot.tags.find((candidate) => candidate.tag === args.tag);
      if (args.expectMine === true && present?.agentId !== ctx.actor.id)
        return refuse('changedSince', { tag: args.tag });
      return ok(present === undefined ? [] : [{ type: 'tagRemoved', tag: args.tag }]);
    }),
  merges: (rows, { conversationId, tag, seen }) => {
    if (seen === undefined) return null;
    const without = (tags: readonly string[]): readonly string[] => tags.filter((one) => one !== tag);
    const standing = rows.snapshot(conversationId).tags.map((present) => present.tag);
    return listMerge(TAGS_FIELD, without(seen), without(standing));
  },
  inverse: (rows, args) => {
    const present = rows.snapshot(args.conversationId).tags.find((candidate) => candidate.tag === args.tag);
    if (present === undefined) return null;
    const { appliedBy, agentId } = present;
    return {
      name: 'tag.add',
      args: { conversationId: args.conversationId, tag: args.tag, restores: { appliedBy, agentId } },
    };
  },
});
