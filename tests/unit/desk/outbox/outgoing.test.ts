import { expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import {
  draftKindOf,
  draftUsedBy,
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
