import type { CsatScale } from '../model.ts';

export const CSAT_SCALES: readonly CsatScale[] = [2, 3, 5];

/** The score of every point of a scale, worst first (Q1). */
export const SCORES_OF: Readonly<Record<CsatScale, readonly number[]>> = {
  2: [1, 5],
  3: [1, 3, 5],
  5: [1, 2, 3, 4, 5],
};

/** Least and greatest score that an import without a scale may bring: whatever the other system counted in (Q6). */
export const UNKNOWN_SCALE_RANGE: readonly [number, number] = [0, 100];

/** Whether `score` is a point of `scale` (Q1); of an unknown scale any number in its wide range is (Q6). */
export function isScoreOf(scale: CsatScale | null, score: number): boolean {
  if (scale !== null) return SCORES_OF[scale].includes(score);
  return score >= UNKNOWN_SCALE_RANGE[0] && score <= UNKNOWN_SCALE_RANGE[1];
}

/** Which point of its scale a score is, from 1, worst first: a 5 of 2 is the second of two; null for none. */
export function pointOf(scale: CsatScale, score: number): number | null {
  const at = SCORES_OF[scale].indexOf(score);
  return at < 0 ? null : at + 1;
}

/**
 * A score in hundredths of the way from the worst point of its scale to the best, so that scales can be put side by side;
 * whoever shows it says that it is normalised (Q2). Null for an unknown scale.
 */
export function normalisedScore(scale: CsatScale | null, score: number): number | null {
  return scale === null ? null : ((score - 1) / 4) * 100;
}
