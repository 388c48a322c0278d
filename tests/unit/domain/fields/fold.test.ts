import { describe, expect, test } from 'vitest';
import type { ProfileValue } from '../../../../src/domain/events.ts';
import { fieldValueOf } from '../../../../src/domain/fields/value.ts';
import { Story } from '../../../support/domain/history.ts';

const PLAN = 'profile.plan';

/** Says values of one field at minutes, in the order in which they are received. */
function told(...said: readonly (readonly [minute: number, value: ProfileValue])[]): Story {
  const story = new Story();
  for (const [at, value] of said) story.add(at, { type: 'profileSet', values: { [PLAN]: value } });
  return story;
}
const planOf = (story: Story): unknown => fieldValueOf(story.fold().rows.fields, PLAN, null);

describe('profile values in a history', () => {
  test('[T8] [C1] the last one by its time stands, however late another came', () => {
    expect(planOf(told([1, 'basic'], [5, 'gold']))).toBe('gold');
    expect(planOf(told([5, 'gold'], [1, 'basic']))).toBe('gold');
    expect(planOf(told([5, null], [1, 'basic']))).toBeNull();
  });

  test('[F1] a list has one row an item, in order; a shorter one leaves no rest behind', () => {
    const story = told([1, ['a', 'b', 'c']], [2, ['c', 'a']]);
    expect(story.fold().rows.fields.map(({ ordinal, text }) => [ordinal, text])).toEqual([
      [0, 'c'],
      [1, 'a'],
    ]);
    expect(told([1, ['a', 'b']], [2, null]).fold().rows.fields).toEqual([]);
  });

  test('[F1] a value of another kind takes the whole place of the one before', () => {
    expect(told([1, ['a', 'b']], [2, 7]).fold().rows.fields).toMatchObject([
      { ordinal: 0, number: 7, text: null },
    ]);
    expect(told([1, 7], [2, false]).fold().rows.fields).toMatchObject([
      { ordinal: 0, number: 0, text: null },
    ]);
  });

  test('[C1] a value set twice in one fact’s time belongs to its key alone', () => {
    const story = new Story();
    story.add(1, { type: 'profileSet', values: { 'profile.a': 1, 'profile.ab': 2 } });
    story.add(2, { type: 'profileSet', values: { 'profile.a': null } });
    expect(story.fold().rows.fields.map(({ field }) => field)).toEqual(['profile.ab']);
  });

  test('[C2] what is derived from history is not taken from a source', () => {
    const story = new Story();
    story.add(1, { type: 'profileSet', values: { state: 'closed', waitingTime: 5, openedAt: 1 } });
    const { rows } = story.fold();
    expect(rows.fields).toEqual([]);
    expect(rows.conversation).toMatchObject({ humanState: null, openedAt: null });
  });

  test('[C13] tags, description and the inflow page go to their own places', () => {
    const story = new Story();
    story.add(1, {
      type: 'profileSet',
      values: {
        tags: ['vip'],
        description: 'Came from a product page',
        'source.page': 'https://shop.example.com/lamp',
      },
    });
    const { rows } = story.fold();
    expect(rows.fields).toEqual([]);
    expect(rows.tags.map(({ tag }) => tag)).toEqual(['vip']);
    expect(rows.conversation).toMatchObject({
      description: 'Came from a product page',
      page: 'https://shop.example.com/lamp',
    });
  });
});
