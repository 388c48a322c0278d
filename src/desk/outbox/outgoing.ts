import type { ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { DraftKind } from './drafts.ts';
import type { DraftChange } from './outbox.ts';

/** The mutations that carry a text of the agent's, and the kind of draft each was written as. */
const DRAFT_KINDS: ReadonlyMap<string, DraftKind> = new Map([
  ['message.send', 'reply'],
  ['note.add', 'note'],
]);

/** The kind of draft a mutation was written as; null when it carries no text of the agent's. */
export function draftKindOf(name: string): DraftKind | null {
  return DRAFT_KINDS.get(name) ?? null;
}

function textAt(args: unknown, key: string): string | null {
  if (typeof args !== 'object' || args === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(args, key)?.value;
  return typeof value === 'string' ? value : null;
}

/** What an outgoing message says; null when the mutation is none. */
export function textOf(call: { readonly name: string; readonly args: unknown }): string | null {
  return draftKindOf(call.name) === null ? null : textAt(call.args, 'text');
}

/** The id of the message that a mutation posts; null when it posts none. */
export function messageIdOf(call: { readonly name: string; readonly args: unknown }): string | null {
  return draftKindOf(call.name) === null ? null : textAt(call.args, 'messageId');
}

/** The arguments with some of them replaced. */
export function withArgs(args: unknown, replaced: Readonly<Record<string, unknown>>): unknown {
  return typeof args === 'object' && args !== null ? { ...args, ...replaced } : args;
}

/** The draft that a sent text was, now used up; null when the mutation carries none. */
export function draftUsedBy(
  name: string,
  conversationId: ConversationId | null,
  at: EpochMillis,
): DraftChange | null {
  const kind = draftKindOf(name);
  return kind === null || conversationId === null ? null : { conversationId, kind, text: '', at };
}

/** Most bytes of arguments in one push: a day offline with long texts goes in several. */
const PUSH_BYTES = 1_000_000;

/** The entries of a batch that go in one push: the first, whatever its size, and those after it that fit. */
export function fitting<E extends { readonly args: unknown }>(batch: readonly E[]): readonly E[] {
  if (batch.length < 2) return batch;
  let bytes = 0;
  return batch.filter(({ args }, index) => {
    bytes += JSON.stringify(args).length;
    return index === 0 || bytes <= PUSH_BYTES;
  });
}
