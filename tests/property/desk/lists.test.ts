import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextInt, seededRng } from '../../../src/base/rng.ts';
import { pageOf } from '../../../src/desk/queries/list-page.ts';
import type { Keyset } from '../../../src/desk/queries/list-sort.ts';
import { GENERATED_ME } from '../../bench/generate.ts';
import {
  changeAtRandom,
  facetsPlainly,
  idsIn,
  listPlainly,
  listWorld,
  nonZero,
  randomQuery,
} from '../../support/list-world.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const LIMIT = 500;

describe('lists against a slow and obvious recomputation', () => {
  test('[B4] keyset pages together are the whole list in order, for any queue, filters and sort', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = seededRng(seed);
        const { db } = listWorld(seed, 40);
        changeAtRandom(rng, db, 30, 100);
        for (let round = 0; round < 6; round += 1) {
          const query = randomQuery(rng);
          const found: string[] = [];
          const limit = nextInt(rng, 1, 12);
          let after: Keyset | null = null;
          do {
            const page = pageOf(db, { query, me: GENERATED_ME, after, limit });
            found.push(...page.records.map((record) => record.id));
            after = page.next;
          } while (after !== null);
          expect(found).toEqual(listPlainly(db, query));
        }
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  test('[B4] views and facets from the columns are right after any sequence of changes', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const rng = seededRng(seed);
        const { db, lists, turns } = listWorld(seed, 50);
        turns.all();
        for (let round = 0; round < 8; round += 1) {
          const touched = changeAtRandom(rng, db, nextInt(rng, 0, 12), 100 + round * 50);
          lists.changed({ conversations: touched, messages: null, customers: null });
          const query = randomQuery(rng);
          lists.open(query, 1);
          // The order by customers is built when it is first asked for.
          turns.all();
          const opened = lists.open(query, LIMIT);
          const expected = listPlainly(db, query);
          expect(opened.ready).toBe(true);
          expect(opened.rows.map((row) => row.id)).toEqual(expected);
          expect(opened.total).toBe(expected.length);
          const facets = await lists.facets(query);
          expect(nonZero(facets)).toEqual(facetsPlainly(db, query));
          expect(facets.total).toBe(expected.length);
        }
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  test('[B4] the order by customer is mended, not only rebuilt, when conversations and names change', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = seededRng(seed);
        const { db, lists, turns } = listWorld(seed, 40);
        const query = { queue: 'all', filters: {}, sort: { by: 'customer', direction: 'asc' } } as const;
        turns.all();
        lists.open(query, 1);
        turns.all();
        for (let round = 0; round < 6; round += 1) {
          const touched = changeAtRandom(rng, db, 5, 100 + round * 50);
          const id = db.pluck<string>(
            'SELECT id FROM customer ORDER BY n LIMIT 1 OFFSET ?',
            nextInt(rng, 0, 20),
          );
          const name = ['Zoë', 'anna', 'Ann', null, 'ÅKE', '김하은', '😀'][nextInt(rng, 0, 6)] ?? null;
          db.run('UPDATE customer SET name = ? WHERE id = ?', name, id ?? '');
          lists.changed({ conversations: touched, messages: [], customers: [id ?? ''] });
          const opened = lists.open(query, LIMIT);
          expect(opened.ready).toBe(true);
          expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(db, query));
        }
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  test('a view stands still while rows change, and says how many would come, go or move', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = seededRng(seed);
        const { db, lists, turns } = listWorld(seed, 40);
        turns.all();
        const query = { ...randomQuery(rng), sort: { by: 'activity', direction: 'desc' } } as const;
        const opened = lists.open(query, LIMIT);
        const frozen = opened.rows.map((row) => row.id);
        const touched = changeAtRandom(rng, db, nextInt(rng, 0, 10), 100);
        lists.changed({ conversations: touched, messages: [], customers: [] });
        const present = new Set(idsIn(db));
        const window = lists.rows(opened.viewId, 0, LIMIT);
        const stood = frozen.filter((id) => present.has(id));
        expect(window?.rows.map((row) => row.id)).toEqual(stood);
        expect(window?.total).toBe(stood.length);
        const now = listPlainly(db, query);
        const comings = now.filter((id) => !stood.includes(id)).length;
        const goings = stood.filter((id) => !now.includes(id)).length;
        const isMoved =
          stood.filter((id) => now.includes(id)).join() !== now.filter((id) => stood.includes(id)).join();
        expect(window?.changed).toBeGreaterThanOrEqual(comings + goings + (isMoved ? 1 : 0));
        if (!isMoved) expect(window?.changed).toBe(comings + goings);
        const refreshed = lists.refresh(opened.viewId, 0, LIMIT);
        expect(refreshed?.viewId).toBe(opened.viewId);
        expect(refreshed?.rows.map((row) => row.id)).toEqual(now);
        expect(lists.rows(opened.viewId, 0, 1)?.changed).toBe(0);
        for (const [index, id] of now.entries()) expect(lists.locate(opened.viewId, id)).toBe(index);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
