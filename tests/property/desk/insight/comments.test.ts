import { afterAll, expect, test } from 'vitest';
import { commentsIn } from '../../../../src/desk/insight/csat.ts';
import type { CsatComment } from '../../../../src/protocol/rpc/insight.ts';
import { insightOver } from '../../../support/insight/compare.ts';
import { rawWorld, replicaOfWorld } from '../../../support/insight/raw-world.ts';

const world = rawWorld(12, 200);
const db = replicaOfWorld(world);
const insight = insightOver(db, world.now);
afterAll(() => {
  insight.dispose();
  db.close();
});

async function all(
  limit: number,
  scale?: '2' | '3' | '5' | 'unknown',
  score?: number,
): Promise<readonly CsatComment[]> {
  const columns = await insight.columns();
  const asked = insight.days({ range: { from: '2026-08-15', to: '2026-09-25' }, zone: 'Asia/Seoul' });
  if (!asked.ok) throw new Error(asked.error.type);
  const found: CsatComment[] = [];
  let after: readonly [number, number, number] | null = null;
  for (;;) {
    const page: ReturnType<typeof commentsIn> = commentsIn(db, columns, asked.value.days, {
      scale,
      score,
      after,
      limit,
    });
    found.push(...page.comments);
    if (page.next === null) {
      expect(page.total).toBe(found.length);
      return found;
    }
    const [at, n, ordinal] = page.next.replaceAll(/[[\]]/g, '').split(',').map(Number);
    after = [at ?? 0, n ?? 0, ordinal ?? 0];
  }
}

function expected(): readonly string[] {
  const from = Date.UTC(2026, 7, 14, 15);
  const to = Date.UTC(2026, 8, 25, 15);
  return world.csat
    .filter(({ comment, answeredAt }) => comment !== null && comment !== '' && answeredAt !== null)
    .filter(({ sentAt }) => sentAt >= from && sentAt < to)
    .map(({ conversationId, ordinal }) => `${conversationId} ${ordinal}`)
    .sort();
}

test('[Q4][O10] every comment of the surveys sent in the range, the newest answer first, in pages of any size', async () => {
  const whole = await all(500);
  expect(whole.length).toBeGreaterThan(5);
  expect(whole.map(({ conversationId, ordinal }) => `${conversationId} ${ordinal}`).toSorted()).toEqual(
    expected(),
  );
  const times = whole.map(({ answeredAt }) => answeredAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  for (const limit of [1, 3, 7]) expect(await all(limit)).toEqual(whole);
});

test('[Q2] of one scale, and of one score of it', async () => {
  const whole = await all(500);
  for (const scale of ['2', '3', '5', 'unknown'] as const) {
    const of = whole.filter((one) => one.scale === scale);
    expect(await all(500, scale)).toEqual(of);
    const [first] = of;
    if (first !== undefined && first.score !== null)
      expect(await all(500, scale, first.score)).toEqual(of.filter(({ score }) => score === first.score));
  }
});
