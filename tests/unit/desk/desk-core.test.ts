import { expect, test } from 'vitest';
import { manualClock } from '../../../src/base/time.ts';
import { must } from '../../../src/base/must.ts';
import { DeskCore } from '../../../src/desk/desk-core.ts';
import type { PullChanges } from '../../../src/desk/sync/target.ts';
import { Replica } from '../../../src/desk/replica/replica.ts';
import { settle } from '../../support/desk/fake-scheduler.ts';
import { AT } from '../../support/desk/sample-rows.ts';
import { entryOf, testOutbox } from '../../support/desk/test-outbox.ts';
import { openReplicaFile } from '../../support/desk/test-replica.ts';
import {
  escalated,
  hire,
  openTestDesk,
  openWorld,
  type TestDesk,
  type World,
} from '../../support/desk/world.ts';

async function deskWithC1(): Promise<{ readonly world: World; readonly desk: TestDesk }> {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  return { world, desk: await openTestDesk(world, ada) };
}

/** A pull at the place where the desk stands, from a workspace that remembers it up to `lastMid`. */
function pulled({ desk }: TestDesk, lastMid: number) {
  const cursor = must(desk.core.replica.state().cursor, 'a cursor');
  return {
    kind: 'changes' as const,
    from: cursor,
    to: cursor,
    lastMid,
    tables: [],
    now: 0,
  } satisfies PullChanges;
}

test('[Y6] [Y7] a workspace restored to the same place of the log that forgot a mutation is offered it, and the view keeps it', async () => {
  const { desk } = await deskWithC1();
  await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
  await settle();
  const { core } = desk.desk;
  expect(core.outbox.entries()).toEqual([]);
  desk.link.setLink(false);
  expect(core.follow(pulled(desk, 0))).toBe(true);
  expect(core.outbox.entries()).toMatchObject([{ mid: 1, name: 'tag.add', outcome: null }]);
  expect(core.replica.pending().map((call) => call.mid)).toEqual([1]);
  desk.link.setLink(true);
  await settle();
  expect(desk.desk.status()).toMatchObject({ pending: 0, needsAttention: 0 });
});

test('[Y6] what was answered and never came with a pull is offered again when the workspace forgot it', async () => {
  const { desk } = await deskWithC1();
  desk.link.setLink(false);
  await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
  const { core } = desk.desk;
  core.takeBatch();
  core.batchDone();
  core.answered({ outcomes: [{ mid: 1, status: 'applied' }], lastMid: 1, head: 9, now: 0 });
  expect(core.takeBatch()).toEqual([]);
  expect(core.follow(pulled(desk, 0))).toBe(true);
  expect(core.takeBatch()).toMatchObject([{ mid: 1, name: 'tag.add' }]);
});

test('[Y6] an answer to an old pull leaves the place where the pages of a bootstrap were read to be asked about', async () => {
  const { desk } = await deskWithC1();
  const { core } = desk.desk;
  const { bootstrap, cursor } = core.replica.state();
  const at = must(cursor, 'a cursor');
  const seen = { ...at, seq: at.seq + 2, chain: 'c'.repeat(64) };
  core.replica.setState({ bootstrap: { ...bootstrap, seen } });
  desk.link.setLink(false);
  expect(core.follow(pulled(desk, 0))).toBe(true);
  expect(core.standing()).toMatchObject({ type: 'following', seen });
  const past = { ...pulled(desk, 0), to: { ...at, seq: seen.seq, chain: 'd'.repeat(64) } };
  expect(core.follow(past)).toBe(true);
  expect(core.standing()).not.toHaveProperty('seen');
});

test('[Y1] a remote desk whose replica is gone shows its pending work as soon as it knows who works here', () => {
  const { outbox } = testOutbox();
  outbox.append(entryOf(1, { name: 'tag.add', args: { conversationId: 'c1', tag: 'vip' } }));
  const core = new DeskCore({
    replica: new Replica(openReplicaFile()),
    outbox,
    clock: manualClock(AT),
    onChange: () => undefined,
  });
  expect(core.replica.pending()).toEqual([]);
  const hello = {
    workspaceId: 'w1',
    epoch: 'e1',
    agentId: 'ada',
    role: 'agent',
    version: 1,
    now: AT,
  } as const;
  expect(core.greet(hello)).toBe(true);
  expect(core.replica.pending().map((call) => call.mid)).toEqual([1]);
});
