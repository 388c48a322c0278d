import type { Csat, CsatScale } from '../model.ts';
import { CSAT_SCALES, normalisedScore, SCORES_OF } from './scale.ts';

type Scored = Pick<Csat, 'scale' | 'score'>;

/** Answers given on one scale: never mixed with those of another (Q2). */
export interface ScaleSummary {
  /** Null: imported scores whose scale nobody said (Q6). */
  readonly scale: CsatScale | null;
  readonly count: number;
  /** Mean score, unrounded. */
  readonly average: number;
  /** How often each score was given: every point of a known scale, the scores that occur of an unknown one. */
  readonly distribution: readonly { readonly score: number; readonly count: number }[];
}

function distributionOf(scale: CsatScale | null, scores: readonly number[]): ScaleSummary['distribution'] {
  const points = scale === null ? [...new Set(scores)].sort((a, b) => a - b) : SCORES_OF[scale];
  return points.map((point) => ({ score: point, count: scores.filter((score) => score === point).length }));
}

/** Averages per scale (Q2), widest scale first, unknown ones last; scales nobody answered on are left out. */
export function summariseByScale(rows: readonly Scored[]): readonly ScaleSummary[] {
  const scales: readonly (CsatScale | null)[] = [...CSAT_SCALES.toReversed(), null];
  return scales.flatMap((scale) => {
    const scores = rows.flatMap((row) => (row.scale === scale && row.score !== null ? [row.score] : []));
    if (scores.length === 0) return [];
    const average = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    return [{ scale, count: scores.length, average, distribution: distributionOf(scale, scores) }];
  });
}

/** One figure over all known scales, 0 to 100, with how many scores it is made of (Q2); null when there is none. */
export function normalisedAverage(
  rows: readonly Scored[],
): { readonly average: number; readonly count: number } | null {
  const values = rows.flatMap(({ scale, score }) => {
    const value = score === null ? null : normalisedScore(scale, score);
    return value === null ? [] : [value];
  });
  if (values.length === 0) return null;
  return { average: values.reduce((sum, value) => sum + value, 0) / values.length, count: values.length };
}

/** A rate with both its parts (Q2); `rate` is null when nothing was sent. */
export interface ResponseRate {
  readonly answered: number;
  readonly sent: number;
  readonly rate: number | null;
}

/** Answered of sent (Q6); imported scores were not sent by us and are left out. */
export function responseRate(rows: readonly Pick<Csat, 'surveyId' | 'answeredAt'>[]): ResponseRate {
  const sent = rows.filter((row) => row.surveyId !== null);
  const answered = sent.filter((row) => row.answeredAt !== null).length;
  return { answered, sent: sent.length, rate: sent.length === 0 ? null : answered / sent.length };
}
