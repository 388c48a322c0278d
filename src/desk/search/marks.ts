import type { Term } from './terms.ts';
import { fold, isPlain, WORD_CHAR } from './tokens.ts';

/** [from, to) in UTF-16 units. */
export type Range = readonly [number, number];

export interface Snippet {
  readonly text: string;
  readonly ranges: readonly Range[];
}

/** Longest text shown of a hit, and how much of it stands before the first mark. */
export const SNIPPET_LENGTH = 280;
const LEAD = 80;
const ELLIPSIS = '…';

/** A character with what belongs to it: marks, or the parts of a Hangul syllable. */
const CLUSTER = /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|\P{M}\p{M}*|\p{M}+/gu;
const BETWEEN = '[^\\p{L}\\p{N}\\p{M}]*';

/** A text folded, and for each unit of the fold (and its end) the place in the text that it comes from; null: its own. */
function foldWithPlaces(text: string): { folded: string; places: readonly number[] | null } {
  if (isPlain(text)) return { folded: text.toLowerCase(), places: null };
  const places: number[] = [];
  let folded = '';
  for (const match of text.matchAll(CLUSTER)) {
    const part = fold(match[0]);
    for (let unit = 0; unit < part.length; unit += 1) places.push(match.index);
    folded += part;
  }
  places.push(text.length);
  return { folded, places };
}

function termPattern(term: Term): string {
  const first = term.pieces[0];
  const last = term.pieces.at(-1);
  const body = term.pieces.map((piece) => piece.text).join(BETWEEN);
  const before = first?.isRun === true ? '' : `(?<!${WORD_CHAR})`;
  const after = last?.isRun === true || term.isPrefix ? '' : `(?!${WORD_CHAR})`;
  return `${before}${body}${after}`;
}

/** Terms made ready to be found in many texts. */
export type Finder = readonly RegExp[];

/** Makes terms ready. */
export function createFinder(terms: readonly Term[]): Finder {
  return terms.map((term) => new RegExp(termPattern(term), 'gv'));
}

/** Where the terms occur in a text, from left to right, overlapping ones joined. */
export function rangesOf(text: string, finder: Finder): readonly Range[] {
  const { folded, places } = foldWithPlaces(text);
  const placeOf = (index: number): number => (places === null ? index : (places[index] ?? text.length));
  const found: Range[] = [];
  for (const pattern of finder) {
    for (const match of folded.matchAll(pattern)) {
      const from = placeOf(match.index);
      const to = placeOf(match.index + match[0].length);
      if (to > from) found.push([from, to]);
    }
  }
  const joined: Range[] = [];
  for (const range of found.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && range[0] <= last[1]) {
      joined[joined.length - 1] = [last[0], Math.max(last[1], range[1])];
    } else joined.push(range);
  }
  return joined;
}

const isLowSurrogate = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit < 0xe000;
};

/** The part of a text around its first mark, with the marks that lie in it. */
export function snippetOf(text: string, finder: Finder): Snippet {
  const ranges = rangesOf(text, finder);
  if (text.length <= SNIPPET_LENGTH) return { text, ranges };
  let from = Math.max(0, Math.min((ranges[0]?.[0] ?? 0) - LEAD, text.length - SNIPPET_LENGTH));
  if (isLowSurrogate(text, from)) from += 1;
  let to = Math.min(text.length, from + SNIPPET_LENGTH);
  if (isLowSurrogate(text, to)) to -= 1;
  const lead = from > 0 ? ELLIPSIS : '';
  const shift = lead.length - from;
  return {
    text: `${lead}${text.slice(from, to)}${to < text.length ? ELLIPSIS : ''}`,
    ranges: ranges
      .filter((range) => range[0] < to && range[1] > from)
      .map(([start, end]) => [Math.max(start, from) + shift, Math.min(end, to) + shift] as const),
  };
}
