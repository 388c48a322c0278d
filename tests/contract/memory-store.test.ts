import { describe, expect, test } from 'vitest';
import { nextInt, pick, seededRng } from '../../src/base/rng.ts';
import { manualClock } from '../../src/base/time.ts';
import { compareText } from '../../src/workspace/store/memory/tables.ts';
import { memoryStore } from '../../src/workspace/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/workspace/store/sqlite/sqlite-store.ts';
import { workspaceOver, type Workspace } from '../../src/workspace/workspace.ts';
import type { Store } from '../../src/workspace/store/store.ts';
import { allRows, countedSecrets, pushBody, START } from '../support/workspace/house.ts';
import { randomDay, split } from '../support/workspace/random-events.ts';
import { storeContract } from './store.contract.ts';
import { asId } from '../../src/base/ids.ts';

storeContract('memory', async (identity) => memoryStore(identity));
storeContract('memory, forked', async (identity) => memoryStore(identity).fork());

const IDENTITY = { workspaceId: 'w', epoch: 'e' };

async function live(store: Store, seed: number): Promise<Workspace> {
  const clock = manualClock(START);
  const workspace = await workspaceOver(store, { clock, newSecret: countedSecrets(), log: () => undefined });
  const agentId = asId<'AgentId'>('mina');
  await workspace.addAgent({ name: 'Mina', role: 'agent', id: agentId });
  const rng = seededRng(seed);
  let mid = 0;
  for (const events of split(rng, randomDay(rng, 4, 60), 9)) {
    clock.advance(nextInt(rng, 0, 60_000));
    await workspace.ingest('test', { events });
    const conversationId = `c${nextInt(rng, 0, 3)}`;
    const calls = [
      ['conversation.take', { conversationId }],
      ['tag.add', { conversationId, tag: pick(rng, ['a', 'b']) }],
      ['tag.remove', { conversationId, tag: 'a' }],
      ['conversation.markRead', { conversationId, readThroughAt: START }],
    ] as const;
    await workspace.push({ agentId, role: 'agent' }, pushBody('k', mid + 1, ...calls));
    mid += calls.length;
  }
  clock.advance(5 * 86_400_000);
  await workspace.sweep();
  return workspace;
}

describe('a fork', () => {
  const agentId = asId<'AgentId'>('mina');
  const client = asId<'ClientId'>('k');
  const held = async (store: Store): Promise<unknown> => ({
    head: await store.head(),
    rows: await allRows(store, agentId),
    outcomes: await store.outcomes(client, 1, 999),
    client: await store.client(client),
    ids: await store.conversationIds('', 99),
    pending: await store.pendingCount(),
    changes: await store.changes({ after: 3, agentId, clientId: client, maxRows: 10_000 }),
    audit: await store.audit(0, 99),
    secret: await store.linkSecret('another'),
  });

  test('[Y5] holds what its store held', async () => {
    const store = memoryStore(IDENTITY);
    await live(store, 1);
    expect(await held(store.fork())).toEqual(await held(store));
  });

  test('[Y5] goes on as its store would have', async () => {
    const [store, straight] = [memoryStore(IDENTITY), memoryStore(IDENTITY)];
    await live(store, 1);
    await live(straight, 1);
    const fork = store.fork();
    for (const one of [fork, straight]) await more(one, 'x');
    expect(await held(fork)).toEqual(await held(straight));
  });

  test('[Y5] and its store see nothing of each other', async () => {
    const store = memoryStore(IDENTITY);
    await live(store, 1);
    const fork = store.fork();
    const before = await held(store);
    await more(fork, 'x');
    expect(await held(store)).toEqual(before);
    const ahead = await held(fork);
    expect(ahead).not.toEqual(before);
    await more(store, 'y');
    expect(await held(fork)).toEqual(ahead);
  });
});

/** Goes on with what a workspace is given: messages, calls of a client that is known, and one that takes a row away. */
async function more(store: Store, name: string): Promise<void> {
  const clock = manualClock(START + 6 * 86_400_000);
  const workspace = await workspaceOver(store, { clock, newSecret: countedSecrets(), log: () => undefined });
  const agentId = asId<'AgentId'>('mina');
  await workspace.addAgent({ name, role: 'agent', id: asId<'AgentId'>(name) });
  const rng = seededRng(name.charCodeAt(0));
  for (const events of split(rng, randomDay(rng, 4, 30), 9)) await workspace.ingest(name, { events });
  const { lastMid = 0 } = (await store.client(asId('k'))) ?? {};
  const conversationId = 'c1';
  await workspace.push(
    { agentId, role: 'agent' },
    pushBody(
      'k',
      lastMid + 1,
      ['tag.add', { conversationId, tag: name }],
      ['tag.remove', { conversationId, tag: 'b' }],
    ),
  );
}

describe('two stores', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[Y5][Y6] the same history makes the same rows, log and chain in memory and in SQLite (seed %i)',
    async (seed) => {
      const memory = memoryStore(IDENTITY);
      const opened = openSqliteStore(':memory:', IDENTITY, manualClock(START).now());
      if (!opened.ok) throw new Error(opened.error.type);
      await live(memory, seed);
      const other = await live(opened.value, seed);
      expect(await memory.head()).toEqual(await opened.value.head());
      expect((await memory.head()).seq).toBeGreaterThan(10);
      const agentId = asId<'AgentId'>('mina');
      expect(await allRows(memory, agentId)).toEqual(await allRows(opened.value, agentId));
      expect(await memory.outcomes(asId('k'), 1, 99)).toEqual(await opened.value.outcomes(asId('k'), 1, 99));
      await other.close();
    },
  );

  test('texts are ordered as UTF-8 bytes are', () => {
    const texts = [
      '',
      'a',
      'ab',
      'b',
      'é',
      '한',
      '\uffee',
      '\u{1f642}',
      '\u{10ffff}',
      'a\u{1f642}',
      'a\uffee',
    ];
    const bytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].sort(compareText)).toEqual(bytes);
  });
});
