import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');
const PAGE = 4_096;
/** A later process never makes the ids of an earlier one. */
const OTHER_IDS = 99;

/** A desk with something confirmed, something pending, and a draft; closed. */
async function worked() {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  const desk = await openTestDesk(world, ada);
  await desk.mutate('tag.add', { conversationId: C1, tag: 'confirmed' });
  await settle();
  desk.link.setLink(false);
  for (const tag of ['one', 'two']) await desk.mutate('tag.add', { conversationId: C1, tag });
  void desk.desk.handlers['draft.put']({ conversationId: C1, kind: 'note', text: 'half a thought' }, NEVER);
  await desk.close();
  return { world, ada, file: path.join(desk.dir, 'outbox.db') };
}

test.each([
  ['its first page zeroed', (bytes: Buffer) => bytes.fill(0, 0, PAGE)],
  ['another file in its place', (bytes: Buffer) => bytes.fill('not a database ', 0, PAGE)],
  ['a damaged header', (bytes: Buffer) => bytes.fill(0xa5, 16, 100)],
  ['a damaged tree', (bytes: Buffer) => bytes.fill(0xa5, 100, 300)],
])('[Y1] an outbox with %s gives back what can be read, and is set aside', async (_name, damage) => {
  const { world, ada, file } = await worked();
  writeFileSync(file, damage(readFileSync(file)));
  const again = await openTestDesk(world, ada, { start: false, seed: OTHER_IDS });
  const salvage = must(again.desk.salvage, 'the salvage');
  expect(salvage).toMatchObject({ entries: 2, drafts: 1, attention: 0 });
  expect(existsSync(salvage.path)).toBe(true);
  expect(readdirSync(path.dirname(file)).filter((name) => name.includes('-read'))).toEqual([]);
  expect(again.desk.core.outbox.entries().map(({ mid, args }) => [mid, args])).toEqual([
    [1, { conversationId: 'c1', tag: 'one', seen: ['confirmed'] }],
    [2, { conversationId: 'c1', tag: 'two', seen: ['confirmed', 'one'] }],
  ]);
  again.desk.start();
  await settle();
  const thread = again.thread(C1);
  expect(thread.tags.map(({ tag }) => tag).sort()).toEqual(['confirmed', 'one', 'two']);
  expect(thread.drafts).toMatchObject([{ kind: 'note', text: 'half a thought' }]);
  expect(again.desk.status()).toMatchObject({ pending: 0, needsAttention: 0, workspace: 'connected' });
});

test('[Y1] an outbox whose last page is cut gives back what lies before it', async () => {
  const { world, ada, file } = await worked();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length - PAGE));
  const again = await openTestDesk(world, ada, { start: false, seed: OTHER_IDS });
  expect(again.desk.salvage).toMatchObject({ entries: 2, drafts: 1 });
});

test('[Y1] a new desk and one that was closed in order have nothing to salvage', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  const first = await openTestDesk(world, ada);
  expect(first.desk.salvage).toBeNull();
  await first.close();
  expect((await openTestDesk(world, ada, { seed: OTHER_IDS })).desk.salvage).toBeNull();
});

test('[Y1] an outbox that is gone is said, and its desk goes on', async () => {
  const { world, ada, file } = await worked();
  writeFileSync(file, '');
  const again = await openTestDesk(world, ada, { seed: OTHER_IDS });
  expect(again.desk.salvage).toMatchObject({ entries: 0, path: file });
  await again.mutate('tag.add', { conversationId: C1, tag: 'later' });
  await settle();
  expect(again.desk.status()).toMatchObject({ pending: 0, workspace: 'connected' });
});

test('[Y1] an outbox cut short keeps its desk working, and new work goes through', async () => {
  const { world, ada, file } = await worked();
  writeFileSync(file, readFileSync(file).subarray(0, PAGE + 17));
  const again = await openTestDesk(world, ada, { seed: OTHER_IDS });
  expect(again.desk.salvage).not.toBeNull();
  await again.mutate('tag.add', { conversationId: C1, tag: 'later' });
  await settle();
  expect(again.desk.status()).toMatchObject({ pending: 0, workspace: 'connected' });
  expect(again.thread(C1).tags.map(({ tag }) => tag)).toContain('later');
});

test('[Y4] what needed attention in a damaged outbox still does, and its number is taken', async () => {
  const { world, ada, file } = await worked();
  const before = await openTestDesk(world, ada, { start: false });
  await before.mutate('conversation.close', { conversationId: C1, seenCustomerMessageId: 'c1-m1' });
  await world.ingest({
    id: 'late',
    at: world.clock.now(),
    conversationId: 'c1',
    type: 'message.posted',
    messageId: 'late',
    author: { kind: 'customer' },
    text: 'and another thing',
  });
  before.desk.start();
  await settle();
  const refused = before.desk.core.outbox.attention();
  expect(refused).toMatchObject([{ name: 'conversation.close', code: 'newCustomerMessage' }]);
  await before.close();
  writeFileSync(file, readFileSync(file).fill(0, 0, PAGE));
  const again = await openTestDesk(world, ada, { seed: OTHER_IDS });
  expect(again.desk.salvage).toMatchObject({ entries: 0, attention: 1 });
  const [{ mid: _mid, ...what } = { mid: 0 }] = refused;
  expect(again.desk.core.outbox.attention()).toEqual([{ mid: 1, ...what }]);
  await again.mutate('tag.add', { conversationId: C1, tag: 'later' });
  await settle();
  expect(again.desk.status()).toMatchObject({ pending: 0 });
});
