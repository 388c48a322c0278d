/** A stretch of a text, found or not. */
export interface MarkedPart {
  readonly text: string;
  readonly marked: boolean;
}

type Ranges = readonly (readonly [number, number])[];

/** Cuts a text at the ranges of its hits ([from, to), UTF-16); overlapping, reversed and outlying ranges do no harm. */
export function markedParts(text: string, ranges: Ranges): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, at);
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

function wordStart(text: string, wanted: number): number {
  const space = text.lastIndexOf(' ', wanted);
  if (space > wanted - WORD) return space + 1;
  // Never between the halves of a character.
  const code = text.charCodeAt(wanted);
  return code >= 0xdc00 && code <= 0xdfff ? wanted - 1 : wanted;
}

const WORD = 24;

/** Begins a long text shortly before its first hit, so that the hit is seen; `before` in UTF-16 units. */
export function nearFirstHit(
  text: string,
  ranges: Ranges,
  before: number,
): { readonly text: string; readonly ranges: Ranges } {
  const first = Math.min(...ranges.map(([from]) => from));
  if (!Number.isFinite(first) || first <= before) return { text, ranges };
  const cut = wordStart(text, first - before);
  if (cut <= 0) return { text, ranges };
  return { text: `…${text.slice(cut)}`, ranges: ranges.map(([from, to]) => [from - cut + 1, to - cut + 1]) };
}
