import { expect, test } from 'vitest';
import { playJourney } from './journey.ts';

// 200 of these are played by `npm run offline:runs`; here a few, so that the way they are played stays whole.
test.each([1, 2])(
  '[D1] [Y1] [Y11] [Y12] [Y16] a day on a train loses, doubles and silently changes nothing (seed %i)',
  async (seed) => {
    const { problems, kills } = await playJourney(seed);
    expect(problems).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(3);
  },
  180_000,
);
