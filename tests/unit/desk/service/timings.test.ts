import { expect, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import type { IngestEventInput } from '../../../../src/protocol/ingest.ts';
import type { ThreadTimings } from '../../../../src/protocol/rpc/timings.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  START,
  type TestDesk,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');
const MINUTE = 60_000;
/** START is a Monday, 09:00 UTC. */
const HOURS = { hours: [{ validFrom: '2026-01-01', zone: 'UTC', week: { mon: [['09:00', '10:00']] } }] };

function timingsOn({ desk }: TestDesk, id = 'c1'): ThreadTimings | null {
  const found = desk.handlers['thread.timings']({ conversationId: id }, NEVER);
  if (found === null || (!(found instanceof Promise) && 'timings' in found)) return found;
  throw new Error('no timings');
}

function agentWrites(messageId: string, at: number): IngestEventInput {
  return {
    id: `e-${messageId}`,
    at,
    conversationId: 'c1',
    type: 'message.posted',
    messageId,
    author: { kind: 'agent', id: 'ada' },
    text: 'On its way.',
  };
}

async function officeOf(...settings: readonly unknown[]) {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  for (const content of settings) expect((await world.workspace.importSettings(content)).ok).toBe(true);
  await world.ingest(...escalated('c1', START - 3_000));
  return { world, ada, desk: await openTestDesk(world, ada) };
}

test('[T0][T9] a conversation that nobody answered has nothing yet, one this desk does not hold no timings', async () => {
  const { desk } = await officeOf(HOURS);
  const found = must(timingsOn(desk), 'timings');
  expect(found.policy).toEqual({ name: 'handoff', version: 1 });
  expect(found.timings.waitingTime).toEqual({ value: null, reason: 'notYet' });
  expect(found.cycles).toHaveLength(1);
  expect(timingsOn(desk, 'nowhere')).toBeNull();
});

test('[T9][T10] each cycle has its values with their explanation; the current one’s stand at the top', async () => {
  const { world, desk } = await officeOf(HOURS);
  world.clock.set(START + 200 * MINUTE);
  await world.ingest(
    agentWrites('r1', START + 10 * MINUTE),
    { id: 'x', at: START + 20 * MINUTE, conversationId: 'c1', type: 'conversation.closed', by: 'customer' },
    customerWrites('c1', 'q2', START + 50 * MINUTE),
    agentWrites('r2', START + 80 * MINUTE),
  );
  await desk.desk.handlers['sync.now']({}, NEVER);
  await settle();
  const found = must(timingsOn(desk), 'timings');
  expect(found.cycles.map(({ timings }) => timings.waitingTime.value)).toEqual([10 * MINUTE, 30 * MINUTE]);
  expect(found.cycles.map(({ timings }) => timings.operationWaitingTime.value)).toEqual([
    10 * MINUTE,
    10 * MINUTE,
  ]);
  expect(found.timings).toEqual(found.cycles[1]?.timings);
  expect(found.cycles.every((cycle) => cycle.agrees)).toBe(true);
  const explained = must(
    found.cycles[1]?.explain.find((one) => one.key === 'operationWaitingTime'),
    'an explanation',
  );
  expect(explained).toMatchObject({
    value: 10 * MINUTE,
    schedules: [{ validFrom: '2026-01-01', zone: 'UTC' }],
    spans: [
      {
        start: { type: 'message', messageId: 'q2' },
        stop: { type: 'message', messageId: 'r2' },
        inHours: 'part',
        counted: 10 * MINUTE,
      },
    ],
  });
});

test('[T8] a reply written offline counts when the workspace received it', async () => {
  const { world, desk } = await officeOf(HOURS);
  const offline = (is: boolean) => desk.desk.handlers['sync.setOffline']({ offline: is }, NEVER);
  await offline(true);
  world.clock.set(START + 5 * MINUTE);
  const args = { conversationId: C1, messageId: 'late', lastSeenMessageId: 'c1-m2', offline: true };
  const answer = await desk.mutate('message.send', {
    ...args,
    text: 'Sorry!',
    writtenAt: START + 5 * MINUTE,
  });
  expect(answer.ok).toBe(true);
  world.clock.set(START + 42 * MINUTE);
  await offline(false);
  await settle();
  expect(desk.thread(C1).messages.at(-1)).toMatchObject({
    writtenAt: START + 5 * MINUTE,
    at: START + 42 * MINUTE,
  });
  expect(timingsOn(desk)?.timings.waitingTime.value).toBe(42 * MINUTE);
});

test('[T5][T13] other settings count from the moment they arrive', async () => {
  const { world, desk } = await officeOf();
  world.clock.set(START + 200 * MINUTE);
  await world.ingest(agentWrites('r1', START + 90 * MINUTE));
  const sync = async (): Promise<void> => {
    await desk.desk.handlers['sync.now']({}, NEVER);
    await settle();
  };
  await sync();
  expect(timingsOn(desk)?.timings.operationWaitingTime).toEqual({ value: null, reason: 'noSchedule' });
  await world.workspace.importSettings(HOURS);
  await sync();
  expect(timingsOn(desk)?.timings.operationWaitingTime.value).toBe(60 * MINUTE);
  expect(desk.invalidations).toContainEqual({ topic: 'info', ids: null });
  await world.workspace.importSettings({ timingPolicy: 'channel-talk' });
  await sync();
  expect(timingsOn(desk)?.policy.name).toBe('channel-talk');
  // Answered after hours, which that policy leaves out of its average.
  expect(timingsOn(desk)?.timings.operationAvgReplyTime).toEqual({ value: null, reason: 'outsideHours' });
});
