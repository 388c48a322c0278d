import { APP_ORIGIN, LINK_SCHEME } from './names.ts';

/** The parts of the page's address, behind `#/`, that show a place: a conversation, a saved view, a list or a review as it stands. */
const PLACES = ['c', 'view', 'list', 'review'] as const;
type Place = (typeof PLACES)[number];

/** What a link from outside may name, and the place it stands for. `c` is the short form of `conversation`. */
const NAMES: ReadonlyMap<string, Place> = new Map([
  ['c', 'c'],
  ['conversation', 'c'],
  ['view', 'view'],
  ['list', 'list'],
  ['review', 'review'],
]);

/** How long what a link names may be, in characters once decoded: an id, or a list's filters. */
const LONGEST: Readonly<Record<Place, number>> = { c: 200, view: 200, list: 4_000, review: 4_000 };

// Read as text: a URL would take a name that is a dot for a step in its path.
const LINK = new RegExp(`^${LINK_SCHEME}://([a-z]+)/([^/?#]+)/?$`, 'i');

/**
 * The part of the page's address that a link from outside stands for: `handoff://conversation/air-1` is `#/c/air-1`. Null for
 * whatever names no place of ours; what stands behind the name is the page's to judge.
 */
export function placeOfLink(link: string): string | null {
  const [, kind = '', name = ''] = LINK.exec(link) ?? [];
  const place = NAMES.get(kind.toLowerCase());
  const named = decoded(name);
  if (place === undefined || named === null || named === '') return null;
  if (named.length > LONGEST[place] || /\p{Cc}/u.test(named)) return null;
  return `#/${place}/${encodeURIComponent(named)}`;
}

/** A link that shows a place of this page to a colleague: in the desktop app one of its own scheme, else a page's address. */
export function linkTo(href: string, place: string): string {
  if (href.startsWith(`${APP_ORIGIN}/`))
    return `${LINK_SCHEME}://${place.replace(/^#\/c\//, 'conversation/').replace(/^#\//, '')}`;
  return `${href.replace(/#.*$/s, '')}${place}`;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
