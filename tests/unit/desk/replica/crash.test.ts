import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AgentId } from '../../../../src/base/ids.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { differences, foldOf, truthFor, viewOf } from '../../../support/desk/rows.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  openTestDesk,
  openWorld,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');
const FILES = ['replica.db', 'outbox.db'];

/** Copies a running desk's files: what a crash at this moment would leave for the next process. */
function copyOf(from: string, to: string, only: readonly string[] = FILES): void {
  mkdirSync(to, { recursive: true });
  for (const file of only) {
    for (const suffix of ['', '-wal']) {
      if (existsSync(path.join(from, file + suffix)))
        copyFileSync(path.join(from, file + suffix), path.join(to, file + suffix));
    }
  }
}

const message = (n: number, lastSeenMessageId: string) => ({
  conversationId: 'c1',
  messageId: `own-${n}`,
  text: `text ${n}`,
  lastSeenMessageId,
  offline: false,
  writtenAt: 0,
});

/** A morning's work, with the link going and coming. */
const STEPS: readonly ((world: World, desk: TestDesk) => unknown)[] = [
  (_world, desk) => desk.mutate('conversation.take', { conversationId: 'c1' }),
  (_world, desk) => desk.link.setLink(false),
  (_world, desk) => desk.mutate('message.send', message(1, 'c1-m2')),
  (_world, desk) => desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' }),
  (world) => world.ingest(customerWrites('c2', 'm-c2', world.clock.now())),
  (_world, desk) => {
    desk.link.fate = (verb) => (verb === 'push' ? 'loseAnswer' : 'pass');
    desk.link.setLink(true);
  },
  (_world, desk) =>
    desk.mutate('note.add', { conversationId: 'c1', messageId: 'own-2', text: 'text 2', writtenAt: 0 }),
  (_world, desk) => {
    desk.link.fate = () => 'pass';
    return desk.scheduler.advance(60_000);
  },
  (_world, desk) => desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' }),
];

async function morning() {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  for (const id of ['c1', 'c2']) await world.ingest(...escalated(id));
  return { world, ada, desk: await openTestDesk(world, ada) };
}

/** Opens what a crash left, lets it catch up, and checks that it is whole. */
async function recovered(world: World, agent: AgentId, name: string): Promise<TestDesk> {
  const desk = await openTestDesk(world, agent, { name, start: false });
  const { replica } = desk.desk.core;
  expect(differences(viewOf(replica), foldOf(replica))).toEqual([]);
  desk.desk.start();
  await settle();
  await desk.scheduler.advance(60_000);
  const transport = await world.workspace.transportFor(agent);
  if (transport === null) throw new Error('no link');
  expect(differences(viewOf(replica), await truthFor(transport))).toEqual([]);
  expect(desk.desk.status()).toMatchObject({ workspace: 'connected', pending: 0, needsAttention: 0 });
  return desk;
}

const texts = (desk: TestDesk) =>
  desk
    .thread(C1)
    .messages.map((one) => one.text)
    .filter((text) => text.startsWith('text'))
    .sort();

test.each(STEPS.map((_, place) => place))(
  '[Y1] [Y3] a crash after step %i loses nothing that was saved, and sends nothing twice',
  async (place) => {
    const { world, ada, desk } = await morning();
    for (const step of STEPS.slice(0, place + 1)) {
      await step(world, desk);
      await settle();
    }
    const saved = texts(desk);
    copyOf(desk.dir, path.join(world.dir, 'crashed'));
    // The old process is gone: nothing of it reaches the workspace any more.
    await desk.close();
    const again = await recovered(world, ada, 'crashed');
    expect(texts(again)).toEqual(saved);
  },
);

test('[Y1] a replica that lost its last commits to a power cut is caught up from outbox and journal', async () => {
  const { world, ada, desk } = await morning();
  copyOf(desk.dir, path.join(world.dir, 'power'), ['replica.db']);
  await desk.mutate('message.send', message(1, 'c1-m2'));
  await settle();
  desk.link.setLink(false);
  await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
  copyOf(desk.dir, path.join(world.dir, 'power'), ['outbox.db']);
  await desk.close();
  // Before any answer of the workspace: the acknowledged message and the waiting tag are both in sight.
  const again = await openTestDesk(world, ada, { name: 'power', start: false });
  expect(texts(again)).toEqual(['text 1']);
  expect(again.thread(C1).tags.map((tag) => tag.tag)).toContain('vip');
  await again.close();
  const whole = await recovered(world, ada, 'power');
  expect(texts(whole)).toEqual(['text 1']);
});

test('[Y1] a crash between outbox and replica shows the change at the next start', async () => {
  const { world, ada, desk } = await morning();
  desk.link.setLink(false);
  copyOf(desk.dir, path.join(world.dir, 'between'), ['replica.db']);
  await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
  copyOf(desk.dir, path.join(world.dir, 'between'), ['outbox.db']);
  await desk.close();
  const again = await openTestDesk(world, ada, { name: 'between', start: false });
  expect(again.thread(C1).conversation.priority).toBe('high');
  expect(again.desk.status().pending).toBe(1);
});
