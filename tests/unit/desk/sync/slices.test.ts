import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRng } from '../../../../src/base/rng.ts';
import { idleDelay, refusedDelay, retryDelay } from '../../../../src/desk/sync/backoff.ts';
import { slicesOf } from '../../../../src/desk/sync/slices.ts';
import type { TableRows } from '../../../../src/protocol/sync.ts';

const rows = fc.record({
  table: fc.constantFrom('setting' as const, 'tag' as const),
  puts: fc.array(fc.tuple(fc.nat().map(String), fc.nat().map(String)), { maxLength: 30 }),
  deletes: fc.array(fc.tuple(fc.nat().map(String)), { maxLength: 5 }),
});

test('[Y9] slices hold every row of a page once, in order, and no slice more than its size', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 4 }), fc.integer({ min: 1, max: 12 }), (tables, size) => {
      const page: TableRows[] = tables;
      const slices = [...slicesOf(page, size)];
      const flat = (all: readonly TableRows[]) =>
        all.flatMap(({ table, puts, deletes }) => [
          ...puts.map((put) => [table, 'put', ...put]),
          ...deletes.map((key) => [table, 'delete', ...key]),
        ]);
      expect(flat(slices.flatMap((slice) => slice.tables))).toEqual(flat(page));
      for (const slice of slices) {
        expect(slice.tables.reduce((sum, part) => sum + part.puts.length, 0)).toBeLessThanOrEqual(size);
        expect(slice.rows).toBe(flat(slice.tables).length);
      }
    }),
  );
});

test('[Y8] delays stay within their bounds', () => {
  const rng = seededRng(5);
  for (let failures = 1; failures < 200; failures += 1) {
    const delay = retryDelay(failures, rng);
    expect(delay).toBeGreaterThanOrEqual(250);
    expect(delay).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** failures));
    expect(idleDelay(rng)).toBeGreaterThanOrEqual(24_000);
    expect(idleDelay(rng)).toBeLessThanOrEqual(36_000);
    expect(refusedDelay(rng)).toBeGreaterThanOrEqual(48_000);
  }
});
