import { describe, expect, test } from 'vitest';
import { normalisedAverage, responseRate, summariseByScale } from '../../../../src/domain/csat/averages.ts';
import {
  CSAT_SCALES,
  isScoreOf,
  normalisedScore,
  pointOf,
  SCORES_OF,
} from '../../../../src/domain/csat/scale.ts';
import type { CsatScale } from '../../../../src/domain/model.ts';
import { minute } from '../../../support/domain/history.ts';

const EVERY = [-1, 0, 0.5, 1, 2, 2.5, 3, 4, 5, 6, Number.NaN, Number.POSITIVE_INFINITY];

describe('scores of a scale', () => {
  test.each([
    [2, [1, 5]],
    [3, [1, 3, 5]],
    [5, [1, 2, 3, 4, 5]],
  ] as const)('[Q1] [C9] scale %i takes %j and nothing else', (scale, allowed) => {
    expect(EVERY.filter((score) => isScoreOf(scale, score))).toEqual(allowed);
    expect(SCORES_OF[scale]).toEqual(allowed);
  });

  test('[Q6] an unknown scale takes any number another system may count in, and no nonsense', () => {
    expect([0, 3.5, 7, 10, 100].every((score) => isScoreOf(null, score))).toBe(true);
    expect([-1, 101, Number.NaN, Number.POSITIVE_INFINITY].some((score) => isScoreOf(null, score))).toBe(
      false,
    );
  });

  test('[Q1] the same score is another point on another scale', () => {
    expect([pointOf(2, 5), pointOf(3, 5), pointOf(5, 5)]).toEqual([2, 3, 5]);
    expect([pointOf(2, 1), pointOf(3, 3), pointOf(2, 3)]).toEqual([1, 2, null]);
  });

  test('[Q2] normalised: the worst is 0, the best 100 on every scale, none for an unknown one', () => {
    for (const scale of CSAT_SCALES) {
      const scores = SCORES_OF[scale];
      expect(normalisedScore(scale, scores[0] ?? 0)).toBe(0);
      expect(normalisedScore(scale, scores.at(-1) ?? 0)).toBe(100);
    }
    expect(normalisedScore(3, 3)).toBe(50);
    expect(normalisedScore(5, 2)).toBe(25);
    expect(normalisedScore(null, 5)).toBeNull();
  });
});

function scored(scale: CsatScale | null, ...scores: readonly (number | null)[]) {
  return scores.map((score) => ({ scale, score }));
}

describe('averages', () => {
  test('[Q2] are per scale, never mixed; unanswered ones do not count', () => {
    const rows = [...scored(5, 5, 4, null), ...scored(2, 5, 1, 1), ...scored(null, 9)];
    expect(summariseByScale(rows)).toEqual([
      {
        scale: 5,
        count: 2,
        average: 4.5,
        distribution: [
          { score: 1, count: 0 },
          { score: 2, count: 0 },
          { score: 3, count: 0 },
          { score: 4, count: 1 },
          { score: 5, count: 1 },
        ],
      },
      {
        scale: 2,
        count: 3,
        average: 7 / 3,
        distribution: [
          { score: 1, count: 2 },
          { score: 5, count: 1 },
        ],
      },
      { scale: null, count: 1, average: 9, distribution: [{ score: 9, count: 1 }] },
    ]);
  });

  test('[Q2] one figure over scales is normalised and leaves unknown scales out', () => {
    expect(normalisedAverage([...scored(5, 5, 3), ...scored(2, 1), ...scored(null, 100)])).toEqual({
      average: 50,
      count: 3,
    });
    expect(normalisedAverage(scored(null, 4))).toBeNull();
    expect(normalisedAverage(scored(5, null))).toBeNull();
  });

  test('[Q2] [Q6] a rate shows both its parts; nothing sent has no rate; imported scores were not sent', () => {
    const sent = { surveyId: 's1', answeredAt: null };
    const answered = { surveyId: 's1', answeredAt: minute(3) };
    const imported = { surveyId: null, answeredAt: minute(3) };
    expect(responseRate([sent, answered, sent, imported])).toEqual({ answered: 1, sent: 3, rate: 1 / 3 });
    expect(responseRate([imported])).toEqual({ answered: 0, sent: 0, rate: null });
  });
});
