import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { seededRng } from '../../../src/base/rng.ts';
import { uuidV7Source } from '../../../src/base/uuid.ts';
import { openDesk } from '../../../src/desk/open-desk.ts';
import { openDatabase } from '../../../src/sqlite/database.ts';
import { fakeLists } from '../../support/desk/fake-lists.ts';
import { fakeScheduler, settle } from '../../support/desk/fake-scheduler.ts';
import { truthFor } from '../../support/desk/rows.ts';
import {
  conversationId,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  type World,
} from '../../support/desk/world.ts';

const C1 = conversationId('c1');

async function worldWithC1() {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  return { world, ada };
}

async function tryOpen(world: World, dir: string, agent: AgentId) {
  const opened = openDesk({
    dir,
    transport: must(await world.workspace.transportFor(agent), 'a link'),
    clock: world.clock,
    ids: uuidV7Source(world.clock, seededRng(3)),
    rng: seededRng(3),
    scheduler: fakeScheduler(world.clock),
    agentId: null,
    lists: fakeLists().factory,
    app: { version: '0', workspace: 'embedded', sample: false },
    report: () => undefined,
  });
  if (opened.ok) onTestFinished(() => opened.value.close());
  return opened;
}

test('[Y15] a file from a newer build is opened by nobody, and nothing is written to it', async () => {
  const { world, ada } = await worldWithC1();
  const one = await openTestDesk(world, ada);
  await one.close();
  for (const name of ['replica.db', 'outbox.db']) {
    const dir = path.join(world.dir, `newer-${name}`);
    mkdirSync(dir);
    for (const file of ['replica.db', 'outbox.db'])
      copyFileSync(path.join(one.dir, file), path.join(dir, file));
    const raw = openDatabase(path.join(dir, name), { synchronous: 'FULL' });
    if (!raw.ok) throw new Error(raw.error.type);
    raw.value.exec('PRAGMA user_version = 990');
    raw.value.close();
    const before = readFileSync(path.join(dir, name));
    const opened = await tryOpen(world, dir, ada);
    expect(opened).toMatchObject({ ok: false, error: { type: 'fromTheFuture', version: 990 } });
    expect(readFileSync(path.join(dir, name)).equals(before)).toBe(true);
  }
});

test.each([
  ['notADatabase', (_file: Buffer) => Buffer.from('this is not a database at all, '.repeat(200))],
  [
    'corrupt',
    (file: Buffer) => Buffer.concat([file.subarray(0, 100), Buffer.alloc(file.length - 100, 0xa5)]),
  ],
] as const)(
  '[Y1] a replica that is %s is set aside and built again, with the outbox whole',
  async (reason, damage) => {
    const { world, ada } = await worldWithC1();
    const before = await openTestDesk(world, ada);
    before.link.setLink(false);
    await before.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await before.desk.handlers['draft.put'](
      { conversationId: 'c1', kind: 'reply', text: 'half a sentence' },
      { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
    );
    await before.close();
    const file = path.join(before.dir, 'replica.db');
    writeFileSync(file, damage(readFileSync(file)));
    const after = await openTestDesk(world, ada, { start: false });
    expect(after.desk.setAside).toMatchObject({ reason });
    expect(existsSync(must(after.desk.setAside, 'what was set aside').path)).toBe(true);
    after.link.setLink(true);
    after.desk.start();
    await settle();
    const thread = after.thread(C1);
    expect(thread.conversation.priority).toBe('high');
    expect(thread.drafts).toMatchObject([{ text: 'half a sentence' }]);
    expect(after.desk.status()).toMatchObject({ workspace: 'connected', pending: 0 });
  },
);

test('[Y1] a desk that has not heard who works here says what it knows: its screens come up, with what there is to tell', async () => {
  const { world, ada } = await worldWithC1();
  const opened = await tryOpen(world, path.join(world.dir, 'new'), ada);
  if (!opened.ok) throw new Error(opened.error.type);
  const { handlers } = opened.value;
  await handlers['app.setPreference']({ key: 'theme', value: 'dark' }, NEVER);
  expect(await handlers['app.info']({}, NEVER)).toMatchObject({
    me: { id: '', role: 'agent' },
    agents: [],
    preferences: { theme: 'dark' },
  });
});

test('a remote desk learns from its workspace who works here, and remembers it', async () => {
  const { world, ada } = await worldWithC1();
  const opened = await tryOpen(world, path.join(world.dir, 'remote'), ada);
  if (!opened.ok) throw new Error(opened.error.type);
  const { core } = opened.value;
  expect(core.replica.state().agentId).toBeNull();
  expect(core.mutate({ name: 'conversation.take', args: { conversationId: 'c1' } })).toEqual({
    ok: false,
    error: { type: 'notFound' },
  });
  opened.value.start();
  await settle();
  expect(core.replica.state()).toMatchObject({ agentId: 'ada', role: 'agent' });
  expect(core.mutate({ name: 'conversation.take', args: { conversationId: 'c1' } })).toMatchObject({
    ok: true,
  });
});

test('a desk is never pushed to a workspace it does not belong to', async () => {
  const { world, ada } = await worldWithC1();
  const one = await openTestDesk(world, ada);
  one.link.setLink(false);
  await one.mutate('conversation.take', { conversationId: 'c1' });
  await one.close();
  const other = await openWorld(8);
  await hire(other, 'ada');
  await other.ingest(...escalated('c1'));
  const moved = await openTestDesk({ ...other, dir: world.dir }, ada);
  expect(moved.desk.status()).toMatchObject({ workspace: 'refused', problem: 'forbidden', pending: 1 });
  expect(moved.link.sent.map((request) => request.verb)).toEqual(['hello']);
});

test('[Y6] after the workspace came back from a backup, what it had acknowledged is there again', async () => {
  const { world, ada } = await worldWithC1();
  const desk = await openTestDesk(world, ada);
  await desk.mutate('message.send', {
    conversationId: 'c1',
    messageId: 'm9',
    text: 'Delivered before the fire.',
    lastSeenMessageId: 'c1-m2',
    offline: false,
    writtenAt: 0,
  });
  await settle();
  expect(desk.thread(C1).messages.at(-1)?.delivery).toEqual({ state: 'delivered' });
  await desk.close();
  // The same workspace, restored from before the message: the same id, another history.
  const restored = await openWorld(9, world.workspace.identity.workspaceId);
  await hire(restored, 'ada');
  await restored.ingest(...escalated('c1'));
  restored.clock.set(world.clock.now());
  const again = await openTestDesk({ ...restored, dir: world.dir }, ada);
  await again.scheduler.advance(60_000);
  expect(again.thread(C1).messages.map((message) => message.text)).toContain('Delivered before the fire.');
  expect(again.desk.status()).toMatchObject({ workspace: 'connected', pending: 0, needsAttention: 0 });
  const truth = await truthFor(must(await restored.workspace.transportFor(ada), 'a link'));
  expect(truth.has('message\nm9')).toBe(true);
});
