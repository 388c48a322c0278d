import { describe, expect, test } from 'vitest';
import type { PushRequest } from '../../../../src/protocol/sync.ts';
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
const TOPICS = 'profile.topics';

async function twoDesks() {
  const world = await openWorld();
  const boss = await openTestDesk(world, await hire(world, 'boss', 'admin'));
  await world.ingest(...escalated('c1'));
  await boss.mutate('field.define', { field: TOPICS, type: 'List', names: {}, position: 1 });
  const ada = await openTestDesk(world, await hire(world, 'ada'));
  const ben = await openTestDesk(world, await hire(world, 'ben'));
  await settle();
  const merged = async (desk: typeof ada) => desk.desk.handlers['outbox.merged']({}, NEVER);
  return { world, ada, ben, merged };
}

describe('[F1] [S8] a list of mine that a colleague changed while I was offline', () => {
  test('tags: whose change is in it, what I had, what stands; and both desks show the same', async () => {
    const { world, ada, ben, merged } = await twoDesks();
    ada.link.setLink(false);
    await ada.mutate('tag.add', { conversationId: 'c1', tag: 'late' });
    await ben.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await settle();
    const at = world.clock.now();
    world.clock.advance(3_600_000);
    ada.link.setLink(true);
    await settle();
    expect(await merged(ada)).toEqual([
      {
        mid: 1,
        conversationId: 'c1',
        customerName: 'Customer c1',
        field: 'tags',
        mine: ['late'],
        result: ['vip', 'late'],
        agentIds: ['ben'],
        at,
      },
    ]);
    expect(await merged(ben)).toEqual([]);
    for (const desk of [ada, ben])
      expect(desk.thread(C1).tags.map(({ tag }) => tag)).toEqual(['late', 'vip']);
    expect(ada.desk.status().needsAttention).toBe(0);
  });

  test('a list field: said once, with the last of several changes of mine', async () => {
    const { ada, ben, merged } = await twoDesks();
    const set = (value: readonly string[], from: readonly string[]) => ({
      conversationId: 'c1',
      field: TOPICS,
      value,
      from,
    });
    ada.link.setLink(false);
    await ada.mutate('profile.set', set(['a'], []));
    await ada.mutate('profile.set', set(['a', 'b'], ['a']));
    await ben.mutate('profile.set', set(['theirs'], []));
    await settle();
    ada.link.setLink(true);
    await settle();
    expect(await merged(ada)).toMatchObject([
      { mid: 2, field: TOPICS, mine: ['a', 'b'], result: ['a', 'b', 'theirs'], agentIds: ['ben'] },
    ]);
  });

  test('the screens are told, and when it is read it is gone', async () => {
    const { ada, ben, merged } = await twoDesks();
    ada.link.setLink(false);
    await ada.mutate('tag.add', { conversationId: 'c1', tag: 'late' });
    await ben.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await settle();
    ada.invalidations.length = 0;
    ada.link.setLink(true);
    await settle();
    expect(ada.invalidations).toContainEqual({ topic: 'outbox', ids: null });
    ada.invalidations.length = 0;
    await ada.desk.handlers['outbox.mergedRead']({ mid: 1 }, NEVER);
    expect(ada.invalidations).toContainEqual({ topic: 'outbox', ids: null });
    expect(await merged(ada)).toEqual([]);
  });

  test('[Y16] taking back a removal, and doing it again, is also made over what is seen then', async () => {
    const { ada } = await twoDesks();
    await ada.mutate('tag.add', { conversationId: 'c1', tag: 'late' });
    await ada.mutate('tag.remove', { conversationId: 'c1', tag: 'late' });
    await ada.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await ada.desk.handlers['undo.apply']({ mid: 2 }, NEVER);
    await settle();
    const seen = ada.link.sent.flatMap(({ verb, body }) =>
      verb === 'push'
        ? (body as PushRequest).mutations.map(({ args }) => (args as { seen?: unknown }).seen)
        : [],
    );
    expect(seen).toEqual([[], ['late'], [], ['vip']]);
  });

  test('a connected desk that had seen it all is told nothing', async () => {
    const { ada, ben, merged } = await twoDesks();
    await ben.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await settle();
    await ada.mutate('tag.add', { conversationId: 'c1', tag: 'late' });
    await settle();
    expect(await merged(ada)).toEqual([]);
  });
});
