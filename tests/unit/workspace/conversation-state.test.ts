import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { del, put, snapshotOwner } from '../../../src/domain/rows.ts';
import { applyTo, type ConversationState, snapshotOf } from '../../../src/workspace/conversation-state.ts';
import { conversationRow, cycleRow, messageRow, tagRow } from '../../support/desk/sample-rows.ts';

const C1 = asId<'ConversationId'>('c1');

function state(): ConversationState {
  return {
    conversation: conversationRow('c1'),
    cycles: [cycleRow('c1', 1), cycleRow('c1', 2)],
    tags: [tagRow('c1', 'b'), tagRow('c1', 'a')],
    products: [],
    fields: [],
    csat: [],
    snapshot: null,
  };
}

const tagsOf = (one: ConversationState): readonly string[] => snapshotOf(one).tags.map(({ tag }) => tag);

function goal(ordinal: number, text: string) {
  return { conversationId: C1, field: 'profile.goal', ordinal, number: null, text };
}

describe('[Y2] a conversation as a batch leaves it', () => {
  test('a row that stands keeps its place, a new one goes behind the others', () => {
    const one = state();
    applyTo(one, put('tag', { ...tagRow('c1', 'b'), appliedBy: 'agent' }));
    applyTo(one, put('tag', tagRow('c1', '0')));
    expect(tagsOf(one)).toEqual(['b', 'a', '0']);
    expect(snapshotOf(one).tags[0]?.appliedBy).toBe('agent');
  });

  test('a row that is taken out is gone, and one that was not there changes nothing', () => {
    const one = state();
    applyTo(one, del('tag', [C1, 'b']));
    applyTo(one, del('tag', [C1, 'none']));
    expect(tagsOf(one)).toEqual(['a']);
  });

  test('items of one field are told apart by their place', () => {
    const one = state();
    for (const [ordinal, text] of ['x', 'y', 'z'].entries())
      applyTo(one, put('fieldValue', goal(ordinal, text)));
    applyTo(one, put('fieldValue', goal(1, 'other')));
    applyTo(one, del('fieldValue', [C1, 'profile.goal', 2]));
    expect(snapshotOf(one).fields.map(({ text }) => text)).toEqual(['x', 'other']);
  });

  test('[S11] the latest cycle and the one before it are told by their numbers, in whatever order they came', () => {
    const one = state();
    applyTo(one, del('cycle', [C1, 1]));
    applyTo(one, put('cycle', cycleRow('c1', 3)));
    applyTo(one, put('cycle', cycleRow('c1', 1)));
    expect(snapshotOf(one)).toMatchObject({ cycle: { ordinal: 3 }, previousCycle: { ordinal: 2 } });
    for (const ordinal of [2, 3]) applyTo(one, del('cycle', [C1, ordinal]));
    expect(snapshotOf(one)).toMatchObject({ cycle: { ordinal: 1 }, previousCycle: null });
  });

  test('a snapshot that was handed out does not change with what comes after it', () => {
    const one = state();
    const before = snapshotOf(one);
    expect(snapshotOf(one)).toBe(before);
    applyTo(one, put('tag', tagRow('c1', 'z')));
    applyTo(one, put('conversation', conversationRow('c1', { priority: 'high' })));
    expect(before.tags).toHaveLength(2);
    expect(before.conversation?.priority).toBeNull();
    expect(snapshotOf(one)).toMatchObject({ conversation: { priority: 'high' }, tags: { length: 3 } });
  });
});

test('[Y2] a changed row belongs to the snapshot of its conversation, or to none', () => {
  expect(snapshotOwner(put('conversation', conversationRow('c1')))).toBe(C1);
  expect(snapshotOwner(del('conversation', [C1]))).toBe(C1);
  expect(snapshotOwner(put('tag', tagRow('c1', 'vip')))).toBe(C1);
  expect(snapshotOwner(del('fieldValue', [C1, 'profile.goal', 0]))).toBe(C1);
  expect(snapshotOwner(put('message', messageRow('c1', 'm1')))).toBeNull();
  expect(snapshotOwner(put('setting', { key: 'policy', value: '{}' }))).toBeNull();
});
