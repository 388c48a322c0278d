import { describe, expect, test } from 'vitest';
import { compareSeed } from '../../../support/insight/compare.ts';

describe('figures over random conversations', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    '[O1][O2][O3][O4][O5][O6][O7][A1][O-rates] are those of reading the raw events one by one (world %i)',
    async (seed) => {
      for (const { product, slow } of await compareSeed(seed, 60)) expect(product).toEqual(slow);
    },
  );
});
