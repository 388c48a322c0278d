import { describe, expect, test } from 'vitest';
import type { ListMerge } from '../../../src/domain/fields/list-merge.ts';
import { type MutationName, prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, BO, C1 } from '../../support/domain/history.ts';
import { Office, onlyNamed, openStory } from '../../support/mutations/office.ts';

const TOPICS = 'profile.topics';

/** An office with a list field, and the tags or topics that stand by now. */
function office({ tags = [], topics }: { tags?: readonly string[]; topics?: readonly string[] }): Office {
  const made = new Office(openStory());
  made.do('field.define', { field: TOPICS, type: 'List', names: {}, position: 1 }, 3);
  made.do('field.define', { field: 'profile.plan', type: 'String', names: {}, position: 2 }, 3);
  for (const tag of tags) made.do('tag.add', { tag }, 4, BO);
  if (topics !== undefined) made.do('profile.set', { field: TOPICS, value: topics }, 4, BO);
  return made;
}

/** How a call would come out otherwise than its author saw; reads only what it names (Y2). */
function mergeOf(in_: Office, name: MutationName, args: Record<string, unknown>): ListMerge | null {
  const prepared = prepareMutation(name, { conversationId: C1, ...args });
  if (!prepared.ok) throw new Error(prepared.error.type);
  return prepared.value.merges(onlyNamed(in_.model, prepared.value.reads(ANA)));
}

describe('[S8] a tag over tags that others changed', () => {
  test('put on: mine is what was seen and the new one, the result what stands and the new one', () => {
    expect(mergeOf(office({ tags: ['vip'] }), 'tag.add', { tag: 'late', seen: [] })).toEqual({
      field: 'tags',
      mine: ['late'],
      result: ['vip', 'late'],
    });
  });

  test('put on by both: what its author sees is what stands', () => {
    expect(mergeOf(office({ tags: ['late'] }), 'tag.add', { tag: 'late', seen: [] })).toBeNull();
  });

  test('taken off: others added one, and took off another', () => {
    expect(
      mergeOf(office({ tags: ['vip', 'late'] }), 'tag.remove', { tag: 'late', seen: ['late', 'refund'] }),
    ).toEqual({ field: 'tags', mine: ['refund'], result: ['vip'] });
  });

  test('taken off by both is no merge', () => {
    expect(
      mergeOf(office({ tags: ['vip'] }), 'tag.remove', { tag: 'late', seen: ['vip', 'late'] }),
    ).toBeNull();
  });

  test('over the tags that were seen, and where nobody says what was seen, nothing is told', () => {
    const at = office({ tags: ['vip'] });
    expect(mergeOf(at, 'tag.add', { tag: 'late', seen: ['vip'] })).toBeNull();
    expect(mergeOf(at, 'tag.add', { tag: 'late' })).toBeNull();
    expect(mergeOf(at, 'tag.remove', { tag: 'vip' })).toBeNull();
  });

  test('what was seen changes nothing about what is done', () => {
    const at = office({ tags: ['vip'] });
    at.do('tag.add', { tag: 'late', seen: ['gone'] }, 5);
    expect(at.model.snapshot(C1).tags.map(({ tag }) => tag)).toEqual(['late', 'vip']);
  });
});

describe('[F1] a list field over a list that others changed', () => {
  const set = (value: unknown, from: readonly string[]) => ({ field: TOPICS, value, from });

  test('theirs comes in, and what they took away goes', () => {
    expect(mergeOf(office({ topics: ['b'] }), 'profile.set', set(['a'], []))).toEqual({
      field: TOPICS,
      mine: ['a'],
      result: ['a', 'b'],
    });
    expect(mergeOf(office({ topics: ['c'] }), 'profile.set', set(['a', 'b', 'c'], ['b', 'c']))).toEqual({
      field: TOPICS,
      mine: ['a', 'b', 'c'],
      result: ['a', 'c'],
    });
  });

  test('emptied by its author while a colleague added one', () => {
    expect(mergeOf(office({ topics: ['a', 'b'] }), 'profile.set', set(null, ['a']))).toEqual({
      field: TOPICS,
      mine: [],
      result: ['b'],
    });
  });

  test('over the list that was seen, or the same change by both, nothing is told', () => {
    expect(mergeOf(office({ topics: ['a'] }), 'profile.set', set(['a', 'b'], ['a']))).toBeNull();
    expect(mergeOf(office({ topics: ['a', 'b'] }), 'profile.set', set(['a', 'b'], ['a']))).toBeNull();
  });

  test('a whole list, another type and a refused value are no merge', () => {
    const at = office({ topics: ['b'] });
    expect(mergeOf(at, 'profile.set', { field: TOPICS, value: ['a'] })).toBeNull();
    expect(mergeOf(at, 'profile.set', { field: 'profile.plan', value: 'x', from: ['a'] })).toBeNull();
    expect(mergeOf(at, 'profile.set', { field: TOPICS, value: 4, from: [] })).toBeNull();
    expect(mergeOf(at, 'profile.set', { field: 'profile.none', value: ['a'], from: [] })).toBeNull();
  });
});

test('[S8] what does not merge tells of none', () => {
  expect(mergeOf(office({}), 'conversation.setPriority', { priority: 'high' })).toBeNull();
});
