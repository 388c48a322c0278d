import { describe, expect, test } from 'vitest';
import {
  averageNumber,
  csatDrill,
  daysInStep,
  scaleEnds,
  trendSteps,
} from '../../../../renderer/desk/features/csat/results.ts';
import { epochMillis } from '../../../../src/base/time.ts';

const days = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
  );

describe('[Q2] the trend of a scale', () => {
  test.each([
    [1, 1],
    [45, 1],
    [46, 7],
    [315, 7],
    [316, 30],
  ])('%d days go in steps of %d', (count, step) => {
    expect(daysInStep(count)).toBe(step);
  });

  test('a step without answers is a gap, not a zero', () => {
    const steps = trendSteps(days(2), [
      { answered: 2, sum: 9 },
      { answered: 0, sum: 0 },
    ]);
    expect(steps).toEqual([
      { from: '2026-01-01', to: '2026-01-01', answered: 2, average: 4.5 },
      { from: '2026-01-02', to: '2026-01-02', answered: 0, average: null },
    ]);
  });

  test('steps hold every day and every answer once; a mean of a step weighs by answers', () => {
    const all = days(100);
    const trend = all.map((_day, index) => ({
      answered: index % 3,
      sum: (index % 3) * 4 + (index === 1 ? 1 : 0),
    }));
    const steps = trendSteps(all, trend);
    expect(steps[0]?.from).toBe(all[0]);
    expect(steps.at(-1)?.to).toBe(all.at(-1));
    expect(steps.reduce((sum, { answered }) => sum + answered, 0)).toBe(
      trend.reduce((sum, { answered }) => sum + answered, 0),
    );
    expect(steps[0]?.average).toBeCloseTo(4 + 1 / 6);
  });
});

describe('[Q1] the scales', () => {
  test('of faces run from 1 to 5; one that is not known has no ends', () => {
    expect(scaleEnds('2')).toEqual([1, 5]);
    expect(scaleEnds('5')).toEqual([1, 5]);
    expect(scaleEnds('unknown')).toBeNull();
  });

  test('a mean shows two digits', () => {
    expect(averageNumber(4.1279)).toBe(4.13);
  });
});

test('[C12] every number of the satisfaction page names the surveys behind it', () => {
  const range = {
    from: '2026-06-01',
    to: '2026-06-07',
    zone: 'Asia/Seoul',
    preset: null,
    zoneIsSet: true,
    start: epochMillis(0),
    end: epochMillis(1),
  };
  expect(csatDrill({ range }, { scale: '3', score: 5 })).toEqual({
    of: 'csat',
    from: '2026-06-01',
    to: '2026-06-07',
    zone: 'Asia/Seoul',
    scale: '3',
    score: 5,
  });
});
