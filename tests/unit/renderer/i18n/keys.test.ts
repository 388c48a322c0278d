import { expect, test } from 'vitest';
import type { Text, TextKey } from '../../../../renderer/desk/i18n/keys.ts';
import type { MessageKey } from '../../../../src/i18n/messages.ts';

// These are checked by the compiler (`npm run check -- --only types`): an expected error that is none is an error.

test('a key that is there compiles, one that is not does not', () => {
  const there: TextKey = 'inbox:row.unread';
  // @ts-expect-error -- no such text
  const nowhere: TextKey = 'inbox:row.nowhere';
  // @ts-expect-error -- no such feature
  const feature: TextKey = 'nowhere:row.unread';
  expect([there, nowhere, feature]).toHaveLength(3);
});

test('a plural is asked for without its category', () => {
  const plural: TextKey = 'inbox:changed';
  // @ts-expect-error -- the count chooses the form
  const form: TextKey = 'inbox:changed_one';
  expect([plural, form]).toHaveLength(2);
});

test('only texts and numbers fill a text', () => {
  const t: Text = (key) => key;
  t('inbox:waiting', { duration: '2 h' });
  // @ts-expect-error -- a date is written by formats first
  t('inbox:waiting', { duration: new Date(0) });
  expect(t('common:save')).toBe('common:save');
});

test('keys follow the files they are made of', () => {
  type Key = MessageKey<{ a: { 'x.y': string; n_one: string; n_other: string; web_chat: string } }>;
  const keys: readonly Key[] = ['a:x.y', 'a:n', 'a:web_chat'];
  expect(keys).toHaveLength(3);
});
