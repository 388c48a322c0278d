import { describe, expect, test } from 'vitest';
import { compareCase } from '../../../support/timings/compare.ts';

/** `npm run timings:compare` does 10,000. */
const FROM = 1;
const COUNT = 400;

describe('two implementations', () => {
  test('[T1][T2][T3][T4][T5][T6][T7][T13] the product agrees with one that goes minute by minute', () => {
    let cycles = 0;
    for (let seed = FROM; seed < FROM + COUNT; seed += 1) {
      const { product, slow, agrees } = compareCase(seed);
      expect({ seed, values: product }).toEqual({ seed, values: slow });
      expect({ seed, agrees }).toEqual({ seed, agrees: true });
      cycles += product.length;
    }
    expect(cycles).toBeGreaterThan(COUNT);
  });
});
