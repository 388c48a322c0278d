import { fold, type Piece, piecesOf, runTokens } from './tokens.ts';

/** One thing that must occur: a word, a run, or several in a row. `isPrefix`: the last word may go on. */
export interface Term {
  readonly pieces: readonly Piece[];
  readonly isPrefix: boolean;
}

const QUOTED = /"([^"]*)"?/g;

/**
 * What a person typed, as terms that must all occur: words, runs of Korean and the like (found inside longer words
 * too), and phrases in quotes. The last word, unless quoted, may be the beginning of one.
 */
export function parseTerms(text: string): readonly Term[] {
  const folded = fold(text);
  const terms: Term[] = [];
  let from = 0;
  const addLoose = (loose: string): void => {
    for (const piece of piecesOf(loose)) terms.push({ pieces: [piece], isPrefix: false });
  };
  for (const match of folded.matchAll(QUOTED)) {
    addLoose(folded.slice(from, match.index));
    const pieces = piecesOf(match[1] ?? '');
    if (pieces.length > 0) terms.push({ pieces, isPrefix: false });
    from = match.index + match[0].length;
  }
  const tail = folded.slice(from);
  addLoose(tail);
  const last = terms.at(-1);
  if (last === undefined || piecesOf(tail).length === 0) return terms;
  return [...terms.slice(0, -1), { ...last, isPrefix: true }];
}

/** A run inside a phrase ends where the next piece begins; at the end of one it may go on in the text. */
function pieceTokens(piece: Piece, isLast: boolean): readonly string[] {
  if (!piece.isRun) return [piece.text];
  const tokens = runTokens(piece.text);
  return isLast && tokens.length > 1 ? tokens.slice(0, -1) : tokens;
}

function termToMatch(term: Term): string {
  const lastPiece = term.pieces.at(-1);
  const tokens = term.pieces.flatMap((piece, index) => pieceTokens(piece, index === term.pieces.length - 1));
  // A single character of a run begins a pair wherever it is not the run's last.
  const isOpen = lastPiece?.isRun === true ? [...lastPiece.text].length === 1 : term.isPrefix;
  return `"${tokens.join(' ')}"${isOpen ? '*' : ''}`;
}

/** The FTS5 expression of terms; null when there is nothing to look for. Tokens hold letters and digits alone. */
export function matchExpression(terms: readonly Term[]): string | null {
  return terms.length === 0 ? null : terms.map(termToMatch).join(' AND ');
}
