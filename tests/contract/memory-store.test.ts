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
