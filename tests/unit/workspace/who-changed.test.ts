import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { openHouse } from '../../support/workspace/house.ts';

const MINE = asId<'ClientId'>('mine');
const THEIRS = asId<'ClientId'>('theirs');
const set = (priority: string, expected?: string | null) =>
  [
    'conversation.setPriority',
    { conversationId: 'c1', priority, ...(expected === undefined ? {} : { expect: expected }) },
  ] as const;
const CLOSE = ['conversation.close', { conversationId: 'c1', seenCustomerMessageId: 'c1-m-3' }] as const;

async function office() {
  const house = await openHouse();
  const [ana, bo] = [await house.hire('ana'), await house.hire('bo')];
  await house.ingest(...handedOver('c1'));
  return { house, ana, bo };
}

describe('[Y4] a refusal says who was there first, and when', () => {
  test('a value that was set since: by whom, at the workspace’s receipt', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, set('low'));
    const at = house.clock.now();
    house.clock.advance(60_000);
    const answer = await house.push(ana, MINE, 1, set('high', null));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'changedSince', detail: { agentId: 'bo', priority: 'low', at } },
    ]);
  });

  test('the last who did so counts, not the first, and other changes do not', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, set('low'));
    house.clock.advance(60_000);
    await house.push(ana, asId<'ClientId'>('other'), 1, set('medium'));
    const at = house.clock.now();
    house.clock.advance(60_000);
    await house.push(bo, THEIRS, 2, ['tag.add', { conversationId: 'c1', tag: 'vip' }]);
    const answer = await house.push(bo, THEIRS, 3, set('high', 'low'));
    expect(answer.outcomes[0]?.detail).toEqual({ agentId: 'ana', priority: 'medium', at });
  });

  test('taken and closed by a colleague', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, ['conversation.take', { conversationId: 'c1' }]);
    const taken = house.clock.now();
    house.clock.advance(60_000);
    const take = await house.push(ana, MINE, 1, ['conversation.take', { conversationId: 'c1' }]);
    expect(take.outcomes[0]).toMatchObject({
      code: 'takenBySomeoneElse',
      detail: { agentId: 'bo', at: taken },
    });
    await house.push(bo, THEIRS, 2, CLOSE);
    const closed = house.clock.now();
    house.clock.advance(60_000);
    const close = await house.push(ana, MINE, 2, CLOSE);
    expect(close.outcomes[0]).toMatchObject({ code: 'invalidState', detail: { agentId: 'bo', at: closed } });
  });

  test('a profile value: whoever set that field, not another', async () => {
    const { house, ana, bo } = await office();
    const goal = (value: string, expected: string | null) =>
      ['profile.set', { conversationId: 'c1', field: 'profile.goal', value, expect: expected }] as const;
    const boss = await house.hire('boss', 'admin');
    await house.push(boss, asId<'ClientId'>('boss-desk'), 1, [
      'field.define',
      { field: 'profile.goal', type: 'String', names: { en: 'Goal' }, position: 1 },
    ]);
    const defined = await house.push(bo, THEIRS, 1, goal('refund', null));
    expect(defined.outcomes[0]?.status).toBe('applied');
    const at = house.clock.now();
    house.clock.advance(60_000);
    const answer = await house.push(ana, MINE, 1, goal('exchange', null));
    expect(answer.outcomes[0]).toMatchObject({ code: 'changedSince', detail: { agentId: 'bo', at } });
  });

  test('one’s own change earlier in the batch is one’s own', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, set('low'));
    house.clock.advance(60_000);
    const answer = await house.push(ana, MINE, 1, set('high', 'low'), set('medium', 'low'));
    expect(answer.outcomes[1]).toMatchObject({
      code: 'changedSince',
      detail: { agentId: 'ana', priority: 'high', at: house.clock.now() },
    });
  });

  test('what no event tells stays as the rule said it', async () => {
    const { house, ana } = await office();
    const answer = await house.push(ana, MINE, 1, set('high', 'medium'), [
      'tag.remove',
      { conversationId: 'c1', tag: 'never' },
    ]);
    expect(answer.outcomes[0]?.detail).toEqual({ priority: null });
  });
});
