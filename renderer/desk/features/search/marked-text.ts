/** A piece of a found text; `hit` where it was searched for. */
export interface TextPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts a text at its hits ([from, to), UTF-16, in order). Ranges that do not fit are left out; no letter is lost. */
export function textPieces(text: string, ranges: readonly (readonly [number, number])[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from < at || to <= from || to > text.length) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
