import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import type { DeskChange } from '../../../../src/desk/desk-core.ts';
import type { Written } from '../../../../src/desk/replica/written.ts';
import { invalidationsOf, passOn, replicaChange } from '../../../../src/desk/service/changes.ts';
import { INVALIDATION_IDS } from '../../../../src/protocol/rpc/contract.ts';
import { fakeLists } from '../../../support/desk/fake-lists.ts';

const NONE: Written = {
  conversations: new Set(),
  messages: new Set(),
  customers: new Set(),
  shared: false,
  refused: [],
};

function rows(patch: Partial<Written>): DeskChange {
  return { type: 'rows', written: { ...NONE, ...patch } };
}
const ids = (count: number) =>
  new Set(Array.from({ length: count }, (_, n) => asId<'ConversationId'>(`c${n}`)));

test('rows name their conversations to lists and threads', () => {
  expect(invalidationsOf(rows({ conversations: ids(2) }))).toEqual([
    { topic: 'list', ids: ['c0', 'c1'] },
    { topic: 'thread', ids: ['c0', 'c1'] },
    { topic: 'insight', ids: null },
  ]);
  expect(invalidationsOf(rows({}))).toEqual([]);
});

test('more than an event may name become any', () => {
  expect(invalidationsOf(rows({ conversations: ids(INVALIDATION_IDS) }))[0]?.ids).toHaveLength(
    INVALIDATION_IDS,
  );
  expect(invalidationsOf(rows({ conversations: ids(INVALIDATION_IDS + 1) }))[0]?.ids).toBeNull();
});

test('a customer may be in any row; an agent or a setting is for everyone', () => {
  expect(invalidationsOf(rows({ customers: new Set(['k1']) }))).toEqual([
    { topic: 'list', ids: null },
    { topic: 'thread', ids: null },
    { topic: 'insight', ids: null },
  ]);
  expect(invalidationsOf(rows({ shared: true }))).toEqual([
    { topic: 'info', ids: null },
    { topic: 'insight', ids: null },
  ]);
});

test('[Y9] where more is held than before, any thread may show another conversation of its customer', () => {
  const scope = (isMore: boolean) =>
    invalidationsOf({ type: 'scope', conversations: [...ids(1)], isMore }).filter(
      ({ topic }) => topic === 'thread',
    );
  expect(scope(true)).toEqual([{ topic: 'thread', ids: null }]);
  expect(scope(false)).toEqual([{ topic: 'thread', ids: ['c0'] }]);
});

test('the outbox concerns its conversations, undo and the status bar', () => {
  const change: DeskChange = { type: 'outbox', conversations: [...ids(1)] };
  expect(invalidationsOf(change).map((one) => one.topic)).toEqual([
    'outbox',
    'undo',
    'status',
    'list',
    'thread',
  ]);
});

test('[Y9] a page of a bootstrap may be in any list and thread; lists are told of what they are made of', () => {
  const written: Written = { ...NONE, conversations: ids(2), customers: new Set(['k1']) };
  const page: DeskChange = { type: 'filled', written };
  expect(replicaChange(page)).toEqual({ conversations: ['c0', 'c1'], messages: [], customers: ['k1'] });
  const topics = ['list', 'thread', 'insight', 'status'];
  expect(invalidationsOf(page)).toEqual(topics.map((topic) => ({ topic, ids: null })));
  const shared = invalidationsOf({ type: 'filled', written: { ...written, shared: true } });
  expect(shared.map(({ topic }) => topic)).toContain('info');
});

test('[Y9] a page of messages alone still tells lists and search that they may go on', () => {
  expect(replicaChange({ type: 'filled', written: NONE })).toEqual({
    conversations: [],
    messages: [],
    customers: [],
  });
  expect(replicaChange(rows({}))).toBeNull();
});

test('a cleared replica is read again by everyone', () => {
  expect(replicaChange({ type: 'cleared' })).toEqual({
    conversations: null,
    messages: null,
    customers: null,
  });
  expect(invalidationsOf({ type: 'cleared' }).every((one) => one.ids === null)).toBe(true);
});

test('lists hear of a change before screens do, and only of rows', () => {
  const { factory, told } = fakeLists();
  const lists = factory({
    db: undefined as never,
    me: asId<'AgentId'>('ada'),
    clock: undefined as never,
    marks: () => ({ hasDraft: false, pending: 0, attention: null }),
    soon: () => () => undefined,
    onIndexed: () => undefined,
  });
  const order: string[] = [];
  lists.changed = (change) => {
    told.push(change);
    order.push('lists');
  };
  passOn(rows({ conversations: ids(1), messages: new Set([asId<'MessageId'>('m1')]) }), [lists], () =>
    order.push('screen'),
  );
  passOn({ type: 'status' }, [lists], () => order.push('status'));
  expect(order).toEqual(['lists', 'screen', 'screen', 'screen', 'status']);
  expect(told).toEqual([{ conversations: ['c0'], messages: ['m1'], customers: [] }]);
});
