import { describe, expect, test } from 'vitest';
import { seededRng } from '../../../src/base/rng.ts';
import { generateBundle } from '../../bench/generate.ts';
import { benchContext, type RatioSpec } from '../../bench/harness.ts';
import { tableRowsOf } from '../../bench/rows.ts';
import { median, medianInterval, quantile } from '../../bench/stats.ts';

/** A comparison whose sides say how long they took. */
function spec(ours: () => number, beside: () => number, limit: number): RatioSpec<number, number> {
  const side = (next: () => number) => ({ run: next, digest: () => 'same', millis: (ms: number) => ms });
  return { name: 'x', ours: side(ours), beside: side(beside), bar: { kind: 'time', limit } };
}

const context = (quick = false) => benchContext(quick, 1, () => undefined);

describe('statistics', () => {
  test('quantiles interpolate; no samples have none', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(() => median([])).toThrow('invariant broken');
  });

  test('the interval of a median holds it', () => {
    const samples = Array.from({ length: 15 }, (_, index) => index);
    const [low, high] = medianInterval(samples, seededRng(1));
    expect(low).toBeLessThan(7);
    expect(high).toBeGreaterThan(7);
  });
});

describe('the harness', () => {
  test('judges the median ratio of interleaved pairs', async () => {
    expect(
      (
        await context().ratio(
          spec(
            () => 12,
            () => 10,
            1.25,
          ),
        )
      ).verdict,
    ).toBe('passed');
    expect(
      (
        await context().ratio(
          spec(
            () => 13,
            () => 10,
            1.25,
          ),
        )
      ).verdict,
    ).toBe('failed');
  });

  test('a rate is theirs over ours', async () => {
    const rate = {
      ...spec(
        () => 12,
        () => 10,
        1,
      ),
      bar: { kind: 'rate', limit: 0.8 },
    } as const;
    expect((await context().ratio(rate)).verdict).toBe('passed');
    expect((await context().ratio({ ...rate, bar: { kind: 'rate', limit: 0.9 } })).verdict).toBe('failed');
  });

  test('an A/A pair that differs is never a pass, even where the ratio is good', async () => {
    let turn = 0;
    const drifting = () => (turn++ % 2 === 0 ? 10 : 12);
    const figure = await context().ratio(spec(() => 5, drifting, 1.25));
    expect(figure.verdict).toBe('notMeasured');
  });

  test('sides that answer differently fail before any time counts', async () => {
    const figure = await context(true).ratio({
      name: 'x',
      ours: { run: () => 1, digest: () => 'a' },
      beside: { run: () => 1, digest: () => 'b' },
      bar: { kind: 'time', limit: 1 },
    });
    expect(figure).toMatchObject({ verdict: 'failed', raw: {} });
  });

  test('a limit is judged besides the ratio, and a small run judges nothing', async () => {
    const slow = {
      ...spec(
        () => 60,
        () => 60,
        1.3,
      ),
      limits: [{ quantile: 0.5, maxMs: 50 }],
    };
    expect((await context().ratio(slow)).verdict).toBe('failed');
    expect((await context(true).ratio(slow)).verdict).toBe('notJudged');
  });
});

describe('the generator', () => {
  test('gives the same conversation for the same seed and index, another for another', () => {
    const options = { seed: 9, conversations: 1_000, messages: 3_000 };
    expect(generateBundle(options, 412)).toEqual(generateBundle(options, 412));
    expect(generateBundle({ ...options, seed: 10 }, 412)).not.toEqual(generateBundle(options, 412));
  });

  test('every conversation has its customer, brought by one bundle, and open ones are few', () => {
    const options = { seed: 9, conversations: 2_000, messages: 4_000 };
    const bundles = Array.from({ length: 2_000 }, (_, index) => generateBundle(options, index));
    const customers = bundles.flatMap((bundle) => (bundle.customer === null ? [] : [bundle.customer.id]));
    expect(new Set(customers).size).toBe(customers.length);
    const known = new Set(customers);
    expect(bundles.every((bundle) => known.has(bundle.conversation.customerId))).toBe(true);
    const open = bundles.filter((bundle) => bundle.conversation.humanState === 'open').length;
    expect(open).toBeGreaterThan(10);
    expect(open).toBeLessThan(120);
    const tables = tableRowsOf(bundles.slice(0, 5)).map((rows) => rows.table);
    expect(tables).toContain('conversation');
    expect(tables).toContain('message');
  });
});
