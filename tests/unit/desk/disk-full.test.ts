import { expect, test } from 'vitest';
import { settle } from '../../support/desk/fake-scheduler.ts';
import { differences, foldOf, viewOf } from '../../support/desk/rows.ts';
import { conversationId, escalated, hire, openTestDesk, openWorld } from '../../support/desk/world.ts';

const C1 = conversationId('c1');

test('[Y1] a change that is in the outbox is saved, also when the replica’s disk is full, and shows later', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const desk = await openTestDesk(world, ada);
  desk.link.setLink(false);
  const { db } = desk.desk.core.replica;
  db.exec('PRAGMA max_page_count = 1');
  const text = 'long '.repeat(2_000);
  const note = { conversationId: C1, messageId: 'm-note', text };
  expect(await desk.mutate('note.add', note)).toMatchObject({ ok: true, value: { mid: 1 } });
  expect(desk.desk.core.outbox.entries()).toHaveLength(1);
  await expect(desk.mutate('note.add', { ...note, messageId: 'm-next' })).rejects.toThrow('full');
  expect(desk.desk.core.outbox.entries()).toHaveLength(1);
  db.exec('PRAGMA max_page_count = 4294967294');
  await desk.mutate('tag.add', { conversationId: C1, tag: 'after' });
  expect(desk.thread(C1).messages.filter((message) => message.text === text)).toHaveLength(1);
  expect(differences(viewOf(desk.desk.core.replica), foldOf(desk.desk.core.replica))).toEqual([]);
  desk.link.setLink(true);
  await settle();
  await desk.scheduler.advance(60_000);
  expect(desk.desk.status()).toMatchObject({ pending: 0, needsAttention: 0 });
});
