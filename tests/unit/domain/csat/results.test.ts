import { describe, expect, test } from 'vitest';
import { type CsatRecord, csatResults, responseOf } from '../../../../src/domain/csat/results.ts';

function survey(over: Partial<CsatRecord> = {}): CsatRecord {
  return {
    isOurs: true,
    isAnswered: false,
    scale: 5,
    score: null,
    day: 0,
    values: ['web_chat'],
    ...over,
  };
}

function answer(scale: CsatRecord['scale'], score: number, over: Partial<CsatRecord> = {}): CsatRecord {
  return survey({ isAnswered: true, scale, score, ...over });
}

describe('results of surveys', () => {
  test('[Q2][Q6] the response rate is answered of sent; an imported score was not sent', () => {
    const records = [survey(), answer(5, 4), answer(null, 80, { isOurs: false })];
    expect(responseOf(records)).toEqual({ value: 0.5, numerator: 1, denominator: 2 });
    expect(responseOf([])).toEqual({ value: null, numerator: 0, denominator: 0 });
  });

  test('[Q1][Q2] each scale by itself: a 5 of 2 is not a 5 of 5', () => {
    const { scales } = csatResults([answer(2, 5), answer(5, 5), answer(5, 2), answer(3, 3)], 1);
    expect(scales.map(({ scale, count, average }) => [scale, count, average])).toEqual([
      [5, 2, 3.5],
      [3, 1, 3],
      [2, 1, 5],
    ]);
    expect(scales[0]?.distribution.map(({ count }) => count)).toEqual([0, 1, 0, 0, 1]);
    expect(scales[2]?.distribution.map(({ score }) => score)).toEqual([1, 5]);
  });

  test('[Q2] a normalised figure lies between 0 and 1, and an unknown scale has none', () => {
    const { scales } = csatResults([answer(5, 1), answer(5, 4), answer(null, 80)], 1);
    expect(scales.map(({ scale, normalised }) => [scale, normalised])).toEqual([
      [5, 0.375],
      [null, null],
    ]);
  });

  test('[Q2] trends by day: answers with the sum of their scores, sent with answered', () => {
    const records = [answer(5, 4), answer(5, 2), answer(5, 5, { day: 2 }), survey({ day: 2 })];
    const { scales, responseTrend } = csatResults(records, 3);
    expect(scales[0]?.trend).toEqual([
      { answered: 2, sum: 6 },
      { answered: 0, sum: 0 },
      { answered: 1, sum: 5 },
    ]);
    expect(responseTrend).toEqual([
      { sent: 2, answered: 2 },
      { sent: 0, answered: 0 },
      { sent: 2, answered: 1 },
    ]);
  });

  test('[Q2] slices: the most surveys first; one with two tags counts for both', () => {
    const { slices } = csatResults(
      [answer(5, 4, { values: ['late', 'vip'] }), survey({ values: ['vip'] }), survey({ values: [null] })],
      1,
    );
    expect(slices.map(({ value, sent, response }) => [value, sent, response.numerator])).toEqual([
      ['vip', 2, 1],
      ['late', 1, 1],
      [null, 1, 0],
    ]);
    expect(slices[0]?.scales).toMatchObject([{ scale: 5, count: 1, average: 4, normalised: 0.75 }]);
  });
});
