import { asId, type ConversationId } from '../../../src/base/ids.ts';

/** The address without the secret that let us in: by now the cookie does. The same text when there is none. */
export function withoutToken(href: string): string {
  const url = new URL(href);
  url.searchParams.delete('token');
  return url.href;
}

const LINK = /^#\/c\/([^/]+)$/;

/** The conversation that a link names, `#/c/air-18-1`; null when it names none. */
export function linkedConversation(hash: string): ConversationId | null {
  const match = LINK.exec(hash);
  if (match?.[1] === undefined) return null;
  try {
    return asId<'ConversationId'>(decodeURIComponent(match[1]));
  } catch {
    return null;
  }
}

/** The part of an address that opens a conversation. */
export function conversationHash(id: string): string {
  return `#/c/${encodeURIComponent(id)}`;
}
