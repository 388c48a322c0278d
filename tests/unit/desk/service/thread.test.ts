import { expect, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  START,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');

async function deskOn(...ids: readonly string[]) {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  for (const id of ids) await world.ingest(...escalated(id));
  return { world, ada, desk: await openTestDesk(world, ada) };
}

test('a long thread opens at its end and is read backwards, every message once', async () => {
  const { world, desk } = await deskOn('c1');
  const at = world.clock.now();
  // Several at one moment: the id decides.
  await world.ingest(
    ...Array.from({ length: 9 }, (_, n) => customerWrites('c1', `x${n}`, at + Math.floor(n / 3))),
  );
  await settle();
  const { handlers } = desk.desk;
  const open = must(await handlers['thread.open']({ conversationId: 'c1', limit: 4 }, NEVER), 'a thread');
  if (!('messages' in open)) throw new Error('no thread');
  expect(open.messages.map((message) => message.id)).toEqual(['x5', 'x6', 'x7', 'x8']);
  expect(open.hasEarlier).toBe(true);
  const read = [...open.messages];
  for (let hasEarlier = open.hasEarlier; hasEarlier; ) {
    const first = must(read[0], 'a first message');
    const page = await handlers['thread.earlier'](
      { conversationId: 'c1', beforeAt: first.at, beforeId: first.id, limit: 4 },
      NEVER,
    );
    if (!('messages' in page)) throw new Error('no page');
    read.unshift(...page.messages);
    ({ hasEarlier } = page);
  }
  expect(read.map((message) => message.id)).toEqual([
    'c1-m1',
    'c1-m2',
    ...Array.from({ length: 9 }, (_, n) => `x${n}`),
  ]);
});

test('a conversation that this desk does not hold has no thread', async () => {
  const { desk } = await deskOn('c1');
  expect(desk.desk.handlers['thread.open']({ conversationId: 'nowhere', limit: 10 }, NEVER)).toBeNull();
});

test('a thread brings the hand-off, cycles, orders, read mark, followers and drafts of its conversation', async () => {
  const { world, desk } = await deskOn('c1');
  await world.ingest({
    id: 'order-1',
    at: START,
    type: 'order.placed',
    orderId: 'o1',
    customerId: 'customer-c1',
    valueMinor: 1_250,
    currency: 'EUR',
  });
  await desk.mutate('conversation.follow', { conversationId: 'c1' });
  await desk.mutate('conversation.markRead', { conversationId: 'c1', readThroughAt: START });
  await settle();
  expect(desk.thread(C1)).toMatchObject({
    customer: { name: 'Customer c1' },
    handoffs: [{ reason: 'unknown order' }],
    cycles: [{ ordinal: 1, openedBy: 'handoff' }],
    orders: [{ id: 'o1', valueMinor: 1_250, currency: 'EUR' }],
    readMarker: { agentId: 'ada' },
    followerIds: ['ada'],
    drafts: [],
    held: [],
    pending: 0,
  });
});

test('the desk says who is here, what this build is, and keeps preferences', async () => {
  const { desk } = await deskOn('c1');
  const { handlers } = desk.desk;
  desk.invalidations.length = 0;
  await handlers['app.setPreference']({ key: 'theme', value: 'dark' }, NEVER);
  expect(desk.invalidations).toEqual([{ topic: 'info', ids: null }]);
  expect(await handlers['app.info']({}, NEVER)).toMatchObject({
    me: { id: 'ada', role: 'agent' },
    agents: [{ id: 'ada', name: 'ada' }],
    workspace: 'embedded',
    preferences: { theme: 'dark' },
  });
  expect(await handlers['sample.reset']({}, NEVER)).toMatchObject({ error: { type: 'forbidden' } });
});

test('a view that is gone is said to be', async () => {
  const { desk } = await deskOn();
  const { handlers } = desk.desk;
  const gone = { error: { type: 'notFound', path: 'viewId' } };
  expect(await handlers['list.rows']({ viewId: 'v9', offset: 0, limit: 10 }, NEVER)).toMatchObject(gone);
  expect(await handlers['list.refresh']({ viewId: 'v9', limit: 10 }, NEVER)).toMatchObject(gone);
});

test('[Y9] the status tells how far a bootstrap is, and when everything was last in step', async () => {
  const { world, ada } = await deskOn('c1', 'c2');
  const desk = await openTestDesk(world, ada, { name: 'second', start: false, seed: 99 });
  expect(desk.desk.status()).toMatchObject({
    workspace: 'connecting',
    lastSyncAt: null,
    bootstrap: { done: 0 },
  });
  desk.desk.start();
  await settle();
  expect(desk.desk.status()).toMatchObject({ workspace: 'connected', lastSyncAt: START, bootstrap: null });
  expect(desk.invalidations.some((one) => one.topic === 'status')).toBe(true);
});

test('a draft tells the lists when it appears and when it goes, not at every key', async () => {
  const { desk } = await deskOn('c1');
  desk.invalidations.length = 0;
  for (const text of ['H', 'He', 'Hel', ''])
    await desk.desk.handlers['draft.put']({ conversationId: 'c1', kind: 'reply', text }, NEVER);
  expect(desk.invalidations).toEqual([
    { topic: 'list', ids: ['c1'] },
    { topic: 'list', ids: ['c1'] },
  ]);
});
