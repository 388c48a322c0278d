/** Rows are asked for in pieces of this many. */
export const REVIEW_PIECE = 100;

/** The two pieces that hold the rows in sight: a screen of rows never lies over three. */
export function piecesInSight(from: number, to: number): readonly [number, number] {
  const first = Math.floor(Math.max(0, from) / REVIEW_PIECE);
  return [first, Math.max(first, Math.min(first + 1, Math.floor(Math.max(from, to - 1) / REVIEW_PIECE)))];
}
