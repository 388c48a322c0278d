import type { ConversationId } from '../../base/ids.ts';
import type { DeskCore } from '../desk-core.ts';
import { waitingEntries } from './outgoing-view.ts';

function textAt(args: unknown, key: string): string | null {
  const value: unknown =
    typeof args === 'object' && args !== null ? Object.getOwnPropertyDescriptor(args, key)?.value : undefined;
  return typeof value === 'string' ? value : null;
}

/** The parts of a conversation that a mutation changes, by the names that its profile gives them. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['conversation.assign', ['assignee']],
  ['conversation.take', ['assignee']],
  ['conversation.takeOver', ['assignee', 'state']],
  ['conversation.setPriority', ['priority']],
  ['conversation.setDescription', ['description']],
  ['conversation.close', ['state']],
  ['conversation.undoClose', ['state']],
  ['conversation.reopen', ['state']],
  ['conversation.undoReopen', ['state']],
  ['conversation.snooze', ['state']],
  ['conversation.wake', ['state']],
  ['conversation.follow', ['followers']],
  ['conversation.unfollow', ['followers']],
]);

function partsOf(name: string, args: unknown): readonly string[] {
  if (name === 'tag.add' || name === 'tag.remove') return ['tags', `tag:${textAt(args, 'tag') ?? ''}`];
  const field = name === 'profile.set' ? textAt(args, 'field') : null;
  return field === null ? (PARTS.get(name) ?? []) : [field];
}

/**
 * What of a conversation the workspace has not confirmed, so that it can be marked where it stands (Y12): `priority`,
 * `description`, `assignee`, `state`, `followers`, `tags` with `tag:NAME`, and keys of profile fields. Messages say so
 * themselves.
 */
export function unconfirmedParts(core: DeskCore, conversationId: ConversationId): readonly string[] {
  const own = waitingEntries(core).filter((entry) => entry.conversationId === conversationId);
  return [...new Set(own.flatMap(({ name, args }) => partsOf(name, args)))];
}
