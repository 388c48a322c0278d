import { APP_ORIGIN, LINK_SCHEME } from '../../src/protocol/shell/names.ts';

const LONGEST_ID = 200;

/** The conversation that `handoff://c/<id>` names, or null. */
export function conversationOfLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || url.protocol !== `${LINK_SCHEME}:` || url.hostname !== 'c') return null;
  const [, id = '', ...rest] = url.pathname.split('/');
  if (id === '' || rest.some((part) => part !== '')) return null;
  return decodedId(id);
}

function decodedId(text: string): string | null {
  try {
    const id = decodeURIComponent(text);
    return id.length <= LONGEST_ID && !/\p{Cc}/u.test(id) ? id : null;
  } catch {
    return null;
  }
}

/** The conversation named by a link among a program's arguments: how Windows and Linux hand links over. */
export function conversationInArguments(args: readonly string[]): string | null {
  for (const argument of args) {
    const id = argument.startsWith(`${LINK_SCHEME}:`) ? conversationOfLink(argument) : null;
    if (id !== null) return id;
  }
  return null;
}

/** The page's address, showing a conversation or what it showed before. The page reads `#/c/<id>`. */
export function pageAddress(conversationId: string | null): string {
  return conversationId === null
    ? `${APP_ORIGIN}/`
    : `${APP_ORIGIN}/#/c/${encodeURIComponent(conversationId)}`;
}
