import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { ok } from '../../../../src/base/result.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../../src/domain/events.ts';
import { put } from '../../../../src/domain/rows.ts';
import type { MutationContext } from '../../../../src/mutations/mutation.ts';
import { contextOf, type DeskFrame, type PendingCall, rebase } from '../../../../src/desk/replica/rebase.ts';
import { type RowSpace, rowSpace } from '../../../../src/desk/replica/row-space.ts';
import { AT, conversationRow, cycleRow } from '../../../support/desk/sample-rows.ts';
import { callOf, ME } from '../../../support/desk/test-replica.ts';

const c1 = asId<'ConversationId'>('c1');
const frame: DeskFrame = { actor: { id: ME, role: 'agent' }, policy: DEFAULT_POLICY };

function spaceOf(patch: Parameters<typeof conversationRow>[1] = {}): RowSpace {
  const space = rowSpace();
  space.loadConversation(c1, {
    conversation: conversationRow('c1', patch),
    cycles: [cycleRow('c1', 1)],
    tags: [],
    products: [],
    fields: [],
    csat: [],
  });
  return space;
}

const priority = (mid: number, value: string) =>
  callOf(mid, 'conversation.setPriority', { conversationId: 'c1', priority: value });
const describeAs = (mid: number, description: string) =>
  callOf(mid, 'conversation.setDescription', { conversationId: 'c1', description });

test('[Y7] mutations run in order, each on what the earlier ones left', () => {
  const space = spaceOf();
  expect(
    rebase(space, [priority(1, 'high'), describeAs(2, 'late parcel'), priority(3, 'low')], frame),
  ).toEqual([]);
  expect(space.snapshot(c1).conversation).toMatchObject({ priority: 'low', description: 'late parcel' });
});

test('[Y7] the same base and the same mutations give the same rows, however often they run', () => {
  const calls = [
    callOf(1, 'conversation.take', { conversationId: 'c1' }),
    priority(2, 'high'),
    describeAs(3, 'x'),
  ];
  const first = spaceOf();
  const second = spaceOf();
  rebase(first, calls, frame);
  rebase(second, calls, frame);
  expect([...second.finals()]).toEqual([...first.finals()]);
});

test('[Y7] what is rebased is the command, not its rows: a colleague’s field survives', () => {
  const space = spaceOf({ description: 'from a colleague' });
  rebase(space, [priority(1, 'high')], frame);
  expect(space.snapshot(c1).conversation).toMatchObject({
    priority: 'high',
    description: 'from a colleague',
  });
});

test('[S7] a take that lost on the new base leaves no effect and says who has it; later ones still run', () => {
  const space = spaceOf({ assigneeId: asId('ben') });
  const refused = rebase(
    space,
    [callOf(1, 'conversation.take', { conversationId: 'c1' }), priority(2, 'low')],
    frame,
  );
  expect(refused).toEqual([{ mid: 1, refusal: { type: 'takenBySomeoneElse', detail: { agentId: 'ben' } } }]);
  expect(space.snapshot(c1).conversation).toMatchObject({ assigneeId: 'ben', priority: 'low' });
});

test('[Y10] a run’s context comes from the mutation and the base alone', () => {
  const call = callOf(7, 'conversation.setPriority', { conversationId: 'c1', priority: 'low' }, AT + 5);
  expect(contextOf(spaceOf(), call, frame)).toEqual({
    now: AT + 5,
    actor: frame.actor,
    eventId: 'desk-1-0000000007',
    arrival: 4,
    policy: DEFAULT_POLICY,
  });
});

test('a conversation that is not there gives the first arrival', () => {
  const space = rowSpace();
  space.loadConversation(c1, {
    conversation: null,
    cycles: [],
    tags: [],
    products: [],
    fields: [],
    csat: [],
  });
  expect(contextOf(space, priority(1, 'low'), frame).arrival).toBe(1);
});

test('[Y10] a desk whose clock is years behind still puts its change after what is there', () => {
  const space = spaceOf();
  const call = callOf(1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' }, AT - 1e11);
  expect(rebase(space, [call], frame)).toEqual([]);
  const { conversation } = space.snapshot(c1);
  expect(conversation?.priority).toBe('high');
  expect(conversation?.foldedAt).toBeGreaterThanOrEqual(AT);
});

test('a call sees the frame it is run in', () => {
  const seen: MutationContext[] = [];
  const call: PendingCall = {
    mid: 1,
    madeAt: epochMillis(AT),
    eventId: asId('e1'),
    reads: { conversations: [c1] },
    scopes: [c1],
    run: (_rows, ctx) => {
      seen.push(ctx);
      return ok([put('conversation', conversationRow('c1'))]);
    },
  };
  const lead: DeskFrame = { actor: { id: ME, role: 'lead' }, policy: { ...DEFAULT_POLICY, idleWindow: 1 } };
  rebase(spaceOf(), [call], lead);
  expect(seen[0]).toMatchObject({ actor: { role: 'lead' }, policy: { idleWindow: 1 } });
});
