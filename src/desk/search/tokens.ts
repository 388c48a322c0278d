/** Scripts written without spaces between words: cut into overlapping pairs of characters. */
const RUN =
  '\\p{sc=Hangul}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー々';
/** Letters, digits and marks of all other scripts. */
export const WORD_CHAR = `[[\\p{L}\\p{N}\\p{M}]--[${RUN}]]`;
const PIECES = new RegExp(`([${RUN}][${RUN}\\p{M}]*)|${WORD_CHAR}+`, 'gv');

/** Texts of plain ASCII, Hangul syllables and Han need no folding but lower case. */
const NEEDS_FOLDING = /[^\u0000-\u007f\u3001-\u3003\u300c\u300d\uac00-\ud7a3\u4e00-\u9fff]/;
const MARKS = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}]\p{M}*)\p{M}/gu;

/** Whether folding a text is no more than lower case, unit by unit. */
export function isPlain(text: string): boolean {
  return !NEEDS_FOLDING.test(text);
}

/**
 * Makes texts comparable: compatibility forms resolved, letters without case and without diacritics (`Devolução` →
 * `devolucao`), Hangul composed. Marks that are letters of their own (Devanagari, Thai) stay.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}

/** A word, or a run of characters written without spaces; folded. */
export interface Piece {
  readonly text: string;
  readonly isRun: boolean;
}

/** The words and runs of a folded text, in order. */
export function piecesOf(folded: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of folded.matchAll(PIECES)) pieces.push({ text: match[0], isRun: match[1] !== undefined });
  return pieces;
}

/** The overlapping pairs of a run, and its last character alone, so that each character begins some token. */
export function runTokens(run: string): string[] {
  const characters = [...run];
  const last = characters.at(-1);
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return last === undefined ? [] : [...pairs, last];
}

/** What is indexed of a text: its tokens, separated by spaces. `환불해요 now` → `환불 불해 해요 요 now`. */
export function indexText(text: string): string {
  const tokens: string[] = [];
  for (const piece of piecesOf(fold(text))) {
    if (piece.isRun) tokens.push(...runTokens(piece.text));
    else tokens.push(piece.text);
  }
  return tokens.join(' ');
}
