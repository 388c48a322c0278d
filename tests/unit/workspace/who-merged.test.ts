import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { memoryStore } from '../../../src/workspace/store/memory/memory-store.ts';
import { handedOver, minute } from '../../support/workspace/events.ts';
import { openHouse } from '../../support/workspace/house.ts';

const MINE = asId<'ClientId'>('mine');
const THEIRS = asId<'ClientId'>('theirs');
const TOPICS = 'profile.topics';
const STORES = {
  sqlite: () => undefined,
  memory: () => memoryStore({ workspaceId: 'w-1', epoch: 'e-1' }),
} as const;

const tag = (name: 'add' | 'remove', value: string, seen?: readonly string[]) =>
  [`tag.${name}`, { conversationId: 'c1', tag: value, ...(seen === undefined ? {} : { seen }) }] as const;
const topics = (value: readonly string[] | null, from: readonly string[]) =>
  ['profile.set', { conversationId: 'c1', field: TOPICS, value, from }] as const;

async function office(kind: keyof typeof STORES) {
  const store = STORES[kind]();
  const house = await openHouse(store === undefined ? {} : { store });
  const boss = await house.hire('boss', 'admin');
  const [ana, bo] = [await house.hire('ana'), await house.hire('bo')];
  await house.ingest(...handedOver('c1'));
  await house.push(boss, 'boss-desk', 1, [
    'field.define',
    { field: TOPICS, type: 'List', names: {}, position: 1 },
  ]);
  return { house, ana, bo };
}

describe.each(['sqlite', 'memory'] as const)(
  '[F1] [S8] over %s, an applied outcome says what it was merged with',
  (kind) => {
    test('a tag: both lists, whose change it is, and when', async () => {
      const { house, ana, bo } = await office(kind);
      await house.push(bo, THEIRS, 1, tag('add', 'vip'));
      const at = house.clock.now();
      house.clock.advance(60_000);
      const answer = await house.push(ana, MINE, 1, tag('add', 'late', []));
      expect(answer.outcomes).toEqual([
        {
          mid: 1,
          status: 'applied',
          merged: { field: 'tags', mine: ['late'], result: ['vip', 'late'], agentIds: ['bo'], at },
        },
      ]);
    });

    test('a list field: what was added, what was taken away, each by whom', async () => {
      const { house, ana, bo } = await office(kind);
      await house.push(bo, THEIRS, 1, topics(['a', 'b'], []));
      house.clock.advance(60_000);
      const cleo = await house.hire('cleo');
      await house.push(cleo, 'third', 1, topics(['a'], ['a', 'b']));
      house.clock.advance(60_000);
      await house.push(bo, THEIRS, 2, topics(['a', 'c'], ['a']));
      const at = house.clock.now();
      house.clock.advance(60_000);
      const answer = await house.push(ana, MINE, 1, topics(['a', 'b', 'mine'], ['a', 'b']));
      expect(answer.outcomes[0]?.merged).toEqual({
        field: TOPICS,
        mine: ['a', 'b', 'mine'],
        result: ['a', 'mine', 'c'],
        agentIds: ['cleo', 'bo'],
        at,
      });
    });

    test('[Y3] a repeated push answers the same', async () => {
      const { house, ana, bo } = await office(kind);
      await house.push(bo, THEIRS, 1, tag('add', 'vip'));
      const first = await house.push(ana, MINE, 1, tag('add', 'late', []));
      await house.push(bo, THEIRS, 2, tag('add', 'other'));
      expect((await house.push(ana, MINE, 1, tag('add', 'late', []))).outcomes).toEqual(first.outcomes);
    });
  },
);

describe('[F1] [S8] whose change a merge is told of', () => {
  test('over the list that its author saw nothing is told', async () => {
    const { house, ana, bo } = await office('sqlite');
    await house.push(bo, THEIRS, 1, tag('add', 'vip'));
    const answer = await house.push(ana, MINE, 1, tag('add', 'late', ['vip']), topics(['a'], []));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'applied' },
      { mid: 2, status: 'applied' },
    ]);
  });

  test('one’s own changes of the same batch are one’s own, a colleague’s among them is theirs', async () => {
    const { house, ana, bo } = await office('sqlite');
    await house.push(bo, THEIRS, 1, topics(['theirs'], []));
    const answer = await house.push(ana, MINE, 1, topics(['x'], []), topics(['x', 'y'], ['x']));
    expect(answer.outcomes.map(({ merged }) => [merged?.agentIds, merged?.result])).toEqual([
      [['bo'], ['x', 'theirs']],
      [['bo'], ['x', 'y', 'theirs']],
    ]);
  });

  test('an own change before it that was refused is nobody’s doing', async () => {
    const { house, ana } = await office('sqlite');
    // The desk had shown a tag that the workspace never took.
    const answer = await house.push(ana, MINE, 1, tag('add', 'late', ['refused']));
    expect(answer.outcomes).toEqual([{ mid: 1, status: 'applied' }]);
  });

  test('a source has nobody’s name; its tags of a hand-off count', async () => {
    const { house, ana } = await office('sqlite');
    await house.ingest({
      id: 'again',
      at: minute(10),
      conversationId: 'c1',
      type: 'conversation.escalated',
      reason: 'policy',
      tags: ['angry'],
    });
    const answer = await house.push(ana, MINE, 1, tag('add', 'late', []));
    expect(answer.outcomes[0]?.merged).toMatchObject({ agentIds: [null], result: ['angry', 'late'] });
  });

  test('the same agent at another computer is somebody else’s change to this one', async () => {
    const { house, ana } = await office('sqlite');
    await house.push(ana, asId<'ClientId'>('other-desk'), 1, tag('add', 'vip'));
    const answer = await house.push(ana, MINE, 1, tag('remove', 'late', []));
    expect(answer.outcomes[0]?.merged).toMatchObject({ mine: [], result: ['vip'], agentIds: ['ana'] });
  });

  test('a tag put on again after it was taken off is the later one’s', async () => {
    const { house, ana, bo } = await office('sqlite');
    const cleo = await house.hire('cleo');
    await house.push(bo, THEIRS, 1, tag('add', 'vip'), tag('remove', 'vip'));
    await house.push(cleo, 'third', 1, tag('add', 'vip'));
    await house.push(bo, THEIRS, 3, tag('add', 'vip'));
    const answer = await house.push(ana, MINE, 1, tag('add', 'late', []));
    expect(answer.outcomes[0]?.merged?.agentIds).toEqual(['cleo']);
  });
});
