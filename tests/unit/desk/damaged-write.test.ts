import path from 'node:path';
import { expect, test } from 'vitest';
import { isDamage, sqliteFailure } from '../../../src/sqlite/failure.ts';
import { damagePage } from '../../support/desk/damage-file.ts';
import { settle } from '../../support/desk/fake-scheduler.ts';
import { conversationId, escalated, hire, openTestDesk, openWorld } from '../../support/desk/world.ts';

const C1 = conversationId('c1');

test('[Y1] a change that is in the outbox is saved, also when the replica is damaged where it would be shown', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const before = await openTestDesk(world, ada);
  await before.close();
  // Written with every message, read by no rule: the damage is met after the outbox has the change.
  damagePage(path.join(before.dir, 'replica.db'), 'list_activity');

  const thrown: unknown[] = [];
  const desk = await openTestDesk(world, ada, { start: false, report: (one) => thrown.push(one) });
  const note = { conversationId: C1, messageId: 'm-note', text: 'said once' };
  expect(await desk.mutate('note.add', note)).toMatchObject({ ok: true, value: { mid: 1 } });
  expect(thrown.map((one) => isDamage(sqliteFailure(one)?.type))).toEqual([true]);
  expect(desk.desk.core.outbox.entries()).toHaveLength(1);
  // What comes next stands on what is not shown yet: it is refused before anything is written.
  await expect(desk.mutate('tag.add', { conversationId: C1, tag: 'later' })).rejects.toThrow('malformed');
  expect(desk.desk.core.outbox.entries()).toHaveLength(1);
  await desk.close();

  const after = await openTestDesk(world, ada, { examine: true });
  expect(after.desk.setAside).toMatchObject({ reason: 'corrupt' });
  await settle();
  await after.scheduler.advance(60_000);
  expect(after.thread(C1).messages.filter(({ text }) => text === 'said once')).toHaveLength(1);
  expect(after.desk.status()).toMatchObject({ pending: 0, needsAttention: 0 });
});
