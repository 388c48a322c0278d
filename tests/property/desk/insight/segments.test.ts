import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { segmentCount, segmentMarks, segmentPage } from '../../../../src/desk/insight/segment-query.ts';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import { DAWN } from '../../../support/domain/history.ts';
import { isAnonymous, isMember, type SegmentTime } from '../../../../src/domain/segments/evaluate.ts';
import { READY_MADE } from '../../../../src/domain/segments/ready-made.ts';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { insightOver } from '../../../support/insight/compare.ts';
import { randomRule } from '../../../support/insight/random-rules.ts';
import { rawWorld, replicaOfWorld } from '../../../support/insight/raw-world.ts';
import { segmentFacts } from '../../../support/insight/slow.ts';

const world = rawWorld(77, 150);
const db = replicaOfWorld(world);
/** In the middle of what happened, so that the last days hold something. */
const NOW = epochMillis(DAWN + 2 * DAY);
const insight = insightOver(db, NOW);
const facts = new Map(world.customers.map(({ id }) => [id, segmentFacts(world, id)]));
afterAll(() => {
  insight.dispose();
  db.close();
});

function slowMembers(rule: SegmentRule, time: SegmentTime): readonly string[] {
  return world.customers
    .filter((customer) => isMember(rule, customer, facts.get(customer.id) ?? [], time))
    .map(({ id }) => id)
    .sort();
}

async function members(rule: SegmentRule, time: SegmentTime): Promise<readonly string[]> {
  const marks = segmentMarks(db, await insight.columns(), rule, time);
  return db
    .all<{ n: number; id: string }>('SELECT n, id FROM customer LIMIT 1000')
    .filter(({ n }) => marks[n] === 1)
    .map(({ id }) => id)
    .sort();
}

describe('segments from columns', () => {
  test.each(READY_MADE)(
    '[K6][G1] $id holds the customers that one-by-one reading finds',
    async ({ rule }) => {
      for (const zone of ['UTC', 'Asia/Seoul', 'America/Sao_Paulo']) {
        const time = { zone, now: NOW };
        const slow = slowMembers(rule, time);
        expect(await members(rule, time)).toEqual(slow);
        expect(slow.length).toBeGreaterThan(0);
      }
    },
  );

  test('[G1] any rule a builder can make finds the same customers as one-by-one reading', async () => {
    await fc.assert(
      fc.asyncProperty(randomRule, fc.constantFrom('UTC', 'Asia/Seoul'), async (rule, zone) => {
        const time = { zone, now: NOW };
        expect(await members(rule, time)).toEqual(slowMembers(rule, time));
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  test('[G1] anonymous customers are counted apart and are on no page', async () => {
    const everybody: SegmentRule = {
      match: 'all',
      conditions: [
        {
          type: 'didNot',
          event: 'resolved',
          where: [{ property: 'tag', op: 'isAnyOf', values: [] }],
          within: { type: 'ever' },
        },
      ],
    };
    const time = { zone: 'UTC', now: NOW };
    const columns = await insight.columns();
    const anonymous = world.customers.filter(isAnonymous).length;
    expect(anonymous).toBeGreaterThan(0);
    expect(segmentCount(db, columns, everybody, time)).toEqual({
      known: world.customers.length - anonymous,
      anonymous,
    });
    const marks = segmentMarks(db, columns, everybody, time);
    const first = segmentPage(db, columns, marks, { offset: 0, limit: 20 });
    const rest = segmentPage(db, columns, marks, { offset: 20, limit: 500 });
    const all = [...first, ...rest];
    expect(new Set(all.map(({ customerId }) => customerId)).size).toBe(world.customers.length - anonymous);
    expect(all.some((member) => isAnonymous(member))).toBe(false);
    const names = all.flatMap(({ name }) => name ?? []);
    expect(names).toEqual(names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  });
});
