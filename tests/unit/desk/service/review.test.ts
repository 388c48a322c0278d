import { describe, expect, test } from 'vitest';
import type { DeskContract } from '../../../../src/protocol/rpc/contract.ts';
import type { InputOf } from '../../../../src/protocol/rpc/method.ts';
import { ask, deskOn, handedOver, HOUR, raw } from '../../../support/desk/insight-desk.ts';
import { openWorld, START, type TestDesk } from '../../../support/desk/world.ts';

describe('the review queue', () => {
  async function reviewed(): Promise<TestDesk> {
    const world = await openWorld();
    for (let index = 0; index < 4; index += 1)
      await world.ingest(
        ...handedOver(`c${index}`, START - (9 - index) * HOUR, index === 0 ? null : 'policy'),
      );
    const desk = await deskOn(world);
    return desk;
  }
  const queue = (desk: TestDesk, filters: InputOf<DeskContract['insight.review']>['filters'] = {}) =>
    ask(desk, 'insight.review', { filters, offset: 0, limit: 10 });

  test('[O10] progress, the next one, verdicts by reason and by skill', async () => {
    const desk = await reviewed();
    const before = await queue(desk);
    expect(before).toMatchObject({ total: 4, progress: { mine: 0, anyone: 0, total: 4 }, nextIndex: 0 });
    await desk.mutate('review.setVerdict', { conversationId: 'c3', verdict: 'knowledgeGap', note: 'say so' });
    await desk.mutate('review.setVerdict', { conversationId: 'c0', verdict: 'policy' });
    const after = await queue(desk);
    expect(after).toMatchObject({ progress: { mine: 2, anyone: 2, total: 4 }, nextIndex: 1 });
    expect(after.by.reason.map(({ value, total, unreviewed }) => [value, total, unreviewed])).toEqual([
      ['policy', 3, 2],
      [null, 1, 0],
    ]);
    expect(after.by.skill).toMatchObject([{ value: 'orders', verdicts: { knowledgeGap: 1, policy: 1 } }]);
    expect(after.agreement).toEqual({ value: null, numerator: 0, denominator: 0 });
  });

  test('[O10] cut by reason, by my verdict, by whom it was given to', async () => {
    const desk = await reviewed();
    await desk.mutate('review.setVerdict', { conversationId: 'c3', verdict: 'defect' });
    await desk.mutate('review.assignCoaching', { conversationId: 'c2', coachId: 'ada' });
    const totals = async (filters: InputOf<DeskContract['insight.review']>['filters']) =>
      (await queue(desk, filters)).total;
    expect(await totals({ reason: 'policy' })).toBe(3);
    expect(await totals({ reason: null })).toBe(1);
    expect(await totals({ reason: 'nothing' })).toBe(0);
    expect(await totals({ mine: 'none' })).toBe(3);
    expect(await totals({ mine: 'any' })).toBe(1);
    expect(await totals({ mine: 'defect', skill: 'orders' })).toBe(1);
    expect(await totals({ mine: 'policy' })).toBe(0);
    expect(await totals({ coachId: 'ada' })).toBe(1);
    expect(await totals({ channel: 'web_chat', tag: 'refund' })).toBe(4);
    expect(await totals({ channel: 'email' })).toBe(0);
    expect(await totals({ tag: null })).toBe(0);
  });

  test('[O10] [O2] cut by the days they began on, both included; days that do not exist are named', async () => {
    const desk = await reviewed();
    const days = (from: string, to: string) => ({ days: { from, to, zone: 'UTC' } });
    const day = new Date(START - 9 * HOUR).toISOString().slice(0, 10);
    const next = new Date(START + 24 * HOUR).toISOString().slice(0, 10);
    expect((await queue(desk, days(day, next))).total).toBe(4);
    expect(await queue(desk, days(next, next))).toMatchObject({
      total: 0,
      progress: { total: 0 },
      by: { reason: [] },
    });
    expect(
      await raw(desk, 'insight.review', { filters: days(next, day), offset: 0, limit: 1 }),
    ).toMatchObject({
      error: { type: 'badRequest', path: 'filters.days' },
    });
  });

  test('[O10] what may be chosen instead stands beside what is chosen; the rest of the cut counts', async () => {
    const desk = await reviewed();
    const { total, by } = await queue(desk, { reason: 'policy' });
    const counts = (of: keyof typeof by) => by[of].map(({ value, total: count }) => [value, count]);
    expect(total).toBe(3);
    expect(counts('reason')).toEqual([
      ['policy', 3],
      [null, 1],
    ]);
    expect(counts('skill')).toEqual([['orders', 3]]);
    expect(counts('channel')).toEqual([['web_chat', 3]]);
  });
});
