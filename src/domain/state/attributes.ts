import type { AgentId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Conversation, Priority, Tag } from '../model.ts';
import { del, put } from '../rows.ts';
import type { Draft } from './draft.ts';

/** Most tags on one conversation (S8). */
export const MAX_TAGS = 64;
const MAX_TAGS_BY_SOURCE: Readonly<Record<string, number>> = { 'channel-talk': 8 };

/** How many tags a conversation of this source may carry (S8). */
export function tagLimitOf(conversation: Pick<Conversation, 'source'>): number {
  return Object.hasOwn(MAX_TAGS_BY_SOURCE, conversation.source)
    ? (MAX_TAGS_BY_SOURCE[conversation.source] ?? MAX_TAGS)
    : MAX_TAGS;
}

/** Adds tags that are not there; the first application stands, and tags beyond the limit are left out (S8). */
export function addTags(
  draft: Draft,
  tags: readonly string[],
  appliedBy: Tag['appliedBy'],
  agentId: AgentId | null,
  at: EpochMillis,
): void {
  const limit = tagLimitOf(draft.conversation);
  for (const tag of tags) {
    if (draft.tags.length >= limit) return;
    if (draft.tags.some((present) => present.tag === tag)) continue;
    const row: Tag = { conversationId: draft.conversation.id, tag, appliedBy, agentId, at };
    draft.tags = [...draft.tags, row];
    draft.changes.push(put('tag', row));
  }
}

export function removeTag(draft: Draft, tag: string): void {
  if (!draft.tags.some((present) => present.tag === tag)) return;
  draft.tags = draft.tags.filter((present) => present.tag !== tag);
  draft.changes.push(del('tag', [draft.conversation.id, tag]));
}

export function setPriority(draft: Draft, priority: Priority | null): void {
  draft.conversation.priority = priority;
}

/** The first agent who reads a conversation after its hand-off; later ones change nothing. */
export function readHandoff(draft: Draft, agentId: AgentId): void {
  if (draft.conversation.handoffAt !== null) draft.conversation.handoffReadBy ??= agentId;
}

export function follow(draft: Draft, agentId: AgentId): void {
  draft.changes.push(put('follower', { conversationId: draft.conversation.id, agentId }));
}

export function unfollow(draft: Draft, agentId: AgentId): void {
  draft.changes.push(del('follower', [draft.conversation.id, agentId]));
}
