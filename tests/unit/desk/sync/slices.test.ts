import fc from 'fast-check';
import { expect, test } from 'vitest';
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

test('[Y1] [Y9] every row’s sum goes with it, whatever slice it falls into; no slice is empty', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 4 }), fc.integer({ min: 1, max: 12 }), (tables, size) => {
      const summed = tables.map((part, at) => ({
        ...part,
        sums: part.puts.map((_, index) => at * 1_000 + index),
      }));
      const paired = (all: readonly TableRows[]) =>
        all.flatMap(({ puts, sums }) => puts.map((put, index) => [put, sums?.[index]]));
      const slices = [...slicesOf(summed, size)];
      expect(paired(slices.flatMap((slice) => slice.tables))).toEqual(paired(summed));
      for (const slice of slices) {
        expect(slice.rows).toBeGreaterThan(0);
        for (const { puts, deletes, sums } of slice.tables) {
          expect(puts.length + deletes.length).toBeGreaterThan(0);
          expect(sums?.length ?? 0).toBe(puts.length);
        }
      }
    }),
  );
});

test('[Y9] a slice is full before the next one begins', () => {
  const puts = Array.from({ length: 7 }, (_, at) => [String(at), 'x']);
  const page: TableRows[] = [
    { table: 'tag', puts: puts.slice(0, 2), deletes: [] },
    { table: 'setting', puts: puts.slice(2), deletes: [] },
  ];
  expect([...slicesOf(page, 3)].map((slice) => slice.rows)).toEqual([3, 3, 1]);
  expect([...slicesOf(page, 7)].map((slice) => slice.rows)).toEqual([7]);
  expect([...slicesOf([], 3)]).toEqual([]);
});
