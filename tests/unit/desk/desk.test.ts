import { expect, test } from 'vitest';
import { settle } from '../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  openTestDesk,
  openWorld,
} from '../../support/desk/world.ts';

const C1 = conversationId('c1');

function reply(messageId: string, text: string, lastSeenMessageId: string | null) {
  return { conversationId: 'c1', messageId, text, lastSeenMessageId, offline: false, writtenAt: 0 };
}

test('[Y9] a new desk fills itself from the workspace and follows it', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const desk = await openTestDesk(world, ada);
  expect(desk.thread(C1).messages.map((message) => message.text)).toEqual([
    'Where is my order c1?',
    'I will ask a colleague.',
  ]);
  expect(desk.desk.status()).toMatchObject({ workspace: 'connected', bootstrap: null, pending: 0 });
  await world.ingest(customerWrites('c1', 'm3', world.clock.now()));
  await settle();
  expect(desk.thread(C1).messages.at(-1)?.text).toBe('Anyone?');
});

test('[Y1] [Y7] work shows at once, is queued while the link is down, and is delivered when it is back', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const desk = await openTestDesk(world, ada);
  desk.link.setLink(false);
  await settle();
  expect(await desk.mutate('conversation.take', { conversationId: 'c1' })).toMatchObject({ ok: true });
  expect(await desk.mutate('message.send', reply('m9', 'On it.', 'c1-m2'))).toMatchObject({ ok: true });
  await settle();
  const offline = desk.thread(C1);
  expect(offline.conversation.assigneeId).toBe(ada);
  expect(offline.pending).toBe(2);
  expect(offline.messages.at(-1)?.delivery).toEqual({ state: 'queued', mid: 2, position: 2, why: 'offline' });
  desk.link.setLink(true);
  await settle();
  const online = desk.thread(C1);
  expect(online.pending).toBe(0);
  expect(online.messages.at(-1)?.delivery).toEqual({ state: 'delivered' });
  expect(desk.desk.status().pending).toBe(0);
});

test('[Y7] an answer to a pull from another place than where the replica stands is ignored', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const { desk } = await openTestDesk(world, ada);
  const { cursor } = desk.core.replica.state();
  if (cursor === null) throw new Error('no cursor');
  const answer = { kind: 'changes' as const, lastMid: 0, tables: [], now: 0 };
  const to = { ...cursor, seq: cursor.seq + 5, chain: 'later' };
  for (const from of [
    { ...cursor, seq: cursor.seq - 1 },
    { ...cursor, chain: 'other' },
    { ...cursor, epoch: 'other' },
  ]) {
    expect(desk.core.follow({ ...answer, from, to })).toBe(false);
    expect(desk.core.replica.state().cursor).toEqual(cursor);
  }
  expect(desk.core.follow({ ...answer, from: cursor, to })).toBe(true);
  expect(desk.core.replica.state().cursor).toEqual(to);
});
