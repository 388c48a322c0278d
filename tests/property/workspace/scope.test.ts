import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import { manualClock } from '../../../src/base/time.ts';
import { SCOPE_KEY } from '../../../src/domain/desk-scope.ts';
import { put } from '../../../src/domain/rows.ts';
import { memoryStore as storeInMemory } from '../../../src/workspace/store/memory/memory-store.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import { type Workspace, workspaceOver } from '../../../src/workspace/workspace.ts';
import { minute } from '../../support/workspace/events.ts';
import {
  countedSecrets,
  memoryStore as sqliteInMemory,
  pushBody,
  START,
} from '../../support/workspace/house.ts';
import { randomDay, split } from '../../support/workspace/random-events.ts';
import { faultsOf, ScopedDesk } from '../../support/workspace/scoped-desk.ts';

const MINA = { agentId: asId<'AgentId'>('mina'), role: 'agent' } as const;
const CONVERSATIONS = 14;

async function opened(store: Store): Promise<Workspace> {
  const clock = manualClock(START);
  const workspace = await workspaceOver(store, { clock, newSecret: countedSecrets(), log: () => undefined });
  await workspace.addAgent({ name: 'Mina', role: 'agent', id: MINA.agentId });
  const head = await store.head();
  const scope = put('setting', { key: SCOPE_KEY, value: '{"agentDays":7}' });
  await store.commit({ expectedHead: head.seq, at: clock.now(), changes: [scope] });
  return workspace;
}

/** What a colleague does meanwhile. */
async function work(workspace: Workspace, rng: Rng, mid: number): Promise<void> {
  const conversationId = `c${nextInt(rng, 0, CONVERSATIONS - 1)}`;
  const call = pick(rng, [
    ['conversation.take', { conversationId }],
    ['conversation.takeOver', { conversationId }],
    ['conversation.reopen', { conversationId }],
    ['conversation.snooze', { conversationId, until: START + 3_600_000 }],
    ['tag.add', { conversationId, tag: pick(rng, ['a', 'b']) }],
    ['tag.remove', { conversationId, tag: 'a' }],
    ['conversation.follow', { conversationId }],
    ['conversation.unfollow', { conversationId }],
    ['conversation.markRead', { conversationId, readThroughAt: START }],
  ] as const);
  await workspace.push(MINA, pushBody('colleague', mid, call));
}

async function play(store: Store, seed: number): Promise<void> {
  const rng = seededRng(seed);
  const workspace = await opened(store);
  const desk = new ScopedDesk(workspace, MINA);
  let mid = 0;
  let steps = 0;
  for (const events of split(rng, randomDay(rng, CONVERSATIONS, 160), 12)) {
    await workspace.ingest('test', { events });
    for (let count = nextInt(rng, 0, 3); count > 0; count -= 1) {
      mid += 1;
      await work(workspace, rng, mid);
    }
    // The bootstrap begins in the middle of the day and is interrupted by it.
    if (steps > 3 && !desk.isFollowing) await desk.page(pick(rng, [5, 40, 5_000]));
    else if (desk.isFollowing) {
      const reach = nextFloat(rng) < 0.5 ? minute(nextInt(rng, -5, 55)) : undefined;
      const ids = nextFloat(rng) < 0.3 ? [`c${nextInt(rng, 0, CONVERSATIONS + 1)}`] : [];
      await desk.pull({ ids, ...(reach === undefined ? {} : { reach }) });
      expect(await faultsOf(desk, store, MINA.agentId), `step ${steps}`).toEqual([]);
    }
    steps += 1;
  }
  while (!desk.isFollowing) await desk.page();
  await desk.pull();
  expect(await faultsOf(desk, store, MINA.agentId)).toEqual([]);
  while (desk.held !== null) await desk.pull({ reach: 0 });
  expect(await faultsOf(desk, store, MINA.agentId)).toEqual([]);
  expect(desk.ids()).toHaveLength((await workspace.totals()).conversations);
  await workspace.close();
}

describe('a desk that holds a part', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    '[Y9][Y7] holds exactly what it says, whole and as the workspace has it, whatever happens (seed %i)',
    async (seed) => {
      await play(storeInMemory({ workspaceId: 'w', epoch: 'e' }), seed);
      await play(sqliteInMemory(), seed);
    },
  );
});
