import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import {
  draftKindOf,
  draftUsedBy,
  fitting,
  messageIdOf,
  textOf,
  withArgs,
} from '../../../../src/desk/outbox/outgoing.ts';
import { C1 } from '../../../support/desk/test-outbox.ts';

test('messages and notes carry a text; other mutations do not', () => {
  const args = { messageId: 'm1', text: 'Hello' };
  expect(textOf({ name: 'message.send', args })).toBe('Hello');
  expect(messageIdOf({ name: 'note.add', args })).toBe('m1');
  expect(textOf({ name: 'conversation.setDescription', args })).toBeNull();
  expect(messageIdOf({ name: 'tag.add', args })).toBeNull();
  expect([draftKindOf('message.send'), draftKindOf('note.add'), draftKindOf('tag.add')]).toEqual([
    'reply',
    'note',
    null,
  ]);
});

test('arguments of another shape have no text', () => {
  for (const args of [null, 'text', 7, {}, { text: 7 }])
    expect(textOf({ name: 'message.send', args })).toBeNull();
});

test('arguments are replaced where there are any', () => {
  expect(withArgs({ text: 'a', more: 1 }, { text: 'b' })).toEqual({ text: 'b', more: 1 });
  expect(withArgs(null, { text: 'b' })).toBeNull();
});

test('a sent text uses up the draft it was', () => {
  const at = epochMillis(5);
  expect(draftUsedBy('note.add', C1, at)).toEqual({ conversationId: C1, kind: 'note', text: '', at });
  expect(draftUsedBy('tag.add', C1, at)).toBeNull();
  expect(draftUsedBy('message.send', null, at)).toBeNull();
});

describe('[Y3] what goes in one push', () => {
  const entry = (mid: number, length: number) => ({ mid, args: { text: 'x'.repeat(length) } });
  const mids = (...lengths: readonly number[]): readonly number[] =>
    fitting(lengths.map((length, at) => entry(at + 1, length))).map(({ mid }) => mid);

  test('as many as fit in a million characters, in order', () => {
    expect(mids()).toEqual([]);
    expect(mids(10, 20, 30)).toEqual([1, 2, 3]);
    expect(mids(400_000, 400_000, 400_000)).toEqual([1, 2]);
  });

  test('the first goes whatever its size, and nothing overtakes what did not fit', () => {
    expect(mids(2_000_000)).toEqual([1]);
    expect(mids(2_000_000, 10)).toEqual([1]);
    expect(mids(10, 1_000_000, 10)).toEqual([1]);
  });
});
