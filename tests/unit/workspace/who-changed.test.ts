import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { handedOver, minute } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

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

describe('[Y16] [Y4] who stands in the way of a call that a desk’s own copy refuses', () => {
  const TAG = { conversationId: 'c1', tag: 'vip' } as const;

  async function asked(house: House, desk: Desk, name: string, args: unknown, clientId = MINE) {
    const answer = await house.workspace.who(desk, { version: WIRE_VERSION, clientId, name, args });
    if (!answer.ok) throw new Error(answer.error.type);
    return answer.value.by;
  }

  test('the last who changed that value, that tag, that field; nothing is run', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, set('low'), ['tag.add', TAG], ['tag.add', { ...TAG, tag: 'other' }]);
    const at = house.clock.now();
    house.clock.advance(60_000);
    await house.push(ana, MINE, 1, ['tag.add', { ...TAG, tag: 'mine' }]);
    const head = await house.workspace.head();
    expect(await asked(house, ana, ...set('high', 'medium'))).toEqual({ agentId: 'bo', at });
    expect(await asked(house, ana, 'tag.remove', { ...TAG, expectMine: true })).toEqual({
      agentId: 'bo',
      at,
    });
    expect(await asked(house, ana, 'tag.remove', { ...TAG, tag: 'mine' })).toMatchObject({ agentId: 'ana' });
    expect(await asked(house, ana, 'tag.remove', { ...TAG, tag: 'never' })).toBeNull();
    expect(await house.workspace.head()).toBe(head);
  });

  test('a tag that came with the hand-off is nobody’s by name', async () => {
    const { house, ana } = await office();
    await house.ingest({
      id: 'again',
      at: minute(10),
      conversationId: 'c1',
      type: 'conversation.escalated',
      reason: 'policy',
      tags: ['vip'],
    });
    expect(await asked(house, ana, 'tag.remove', TAG)).toMatchObject({ agentId: null });
  });

  test('what the customer wrote is in sight and names nobody, before a colleague who acted earlier', async () => {
    const { house, ana, bo } = await office();
    await house.push(bo, THEIRS, 1, CLOSE);
    house.clock.advance(60_000);
    await house.ingest({
      id: 'back',
      at: house.clock.now(),
      conversationId: 'c1',
      type: 'message.posted',
      messageId: 'c1-back',
      author: { kind: 'customer' },
      text: 'Still here',
    });
    expect(await asked(house, ana, 'conversation.undoClose', { conversationId: 'c1', cycle: 1 })).toBeNull();
  });

  test('a call that is wrong, unknown, not one’s to make, or of no conversation is told nothing', async () => {
    const { house, ana } = await office();
    expect(await asked(house, ana, 'no.such', {})).toBeNull();
    expect(await asked(house, ana, 'conversation.setPriority', { priority: 'high' })).toBeNull();
    expect(await asked(house, ana, 'settings.setZone', { value: 'Asia/Seoul' })).toBeNull();
    expect(await asked(house, ana, 'tag.remove', { ...TAG, conversationId: 'none' })).toBeNull();
  });

  test('[Y14] the wire’s version and the request’s form are looked at first', async () => {
    const { house, ana } = await office();
    const answer = await house.workspace.who(ana, { version: 0 });
    expect(answer).toMatchObject({ ok: false, error: { type: 'deskTooOld' } });
    expect(await house.workspace.who(ana, { version: WIRE_VERSION, clientId: MINE })).toMatchObject({
      ok: false,
      error: { type: 'badRequest', path: 'name' },
    });
  });
});
