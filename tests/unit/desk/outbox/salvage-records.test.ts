import { expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import { NOOP } from '../../../../src/desk/outbox/entry.ts';
import { salvageOutbox } from '../../../../src/desk/outbox/salvage.ts';
import { AT } from '../../../support/desk/sample-rows.ts';
import { C1, entryOf, messageEntry, testOutbox } from '../../../support/desk/test-outbox.ts';

const refused = (mid: number) => ({ mid, status: 'refused' as const, code: 'tooManyTags' as const });

/** An outbox with records of every kind, of each kind one that does not fit its sum. */
function halfDamaged() {
  const { outbox, db } = testOutbox();
  for (const mid of [1, 2, 3, 4]) outbox.append(entryOf(mid));
  outbox.append(messageEntry(5));
  outbox.append(entryOf(6, { undoes: 1 }));
  outbox.record([{ mid: 1, status: 'applied' }, refused(2), refused(3)]);
  outbox.drafts.put(C1, 'reply', 'my words', epochMillis(AT));
  outbox.preferences.put('theme', 'dark');
  outbox.preferences.put('language', 'ko');
  db.exec(`
    UPDATE outbox SET args = replace(args, 'tag-4', 'tag-X') WHERE mid = 4;
    UPDATE attention SET args = replace(args, 'tag-3', 'tag-X') WHERE mid = 3;
    UPDATE draft SET text = 'my wards';
    UPDATE preference SET value = 'dork' WHERE key = 'theme';
  `);
  return db;
}

test('[Y1] what waits is carried over record by record: no answered one, no damaged one, every draft', () => {
  const { db, reopened } = testOutbox();
  expect(salvageOutbox(halfDamaged().path, db)).toEqual({
    entries: 2,
    attention: 1,
    drafts: 1,
    preferences: 1,
  });
  const outbox = reopened();
  expect(outbox.damaged).toEqual([]);
  expect(outbox.attention()).toMatchObject([
    { mid: 1, kind: 'refused', code: 'tooManyTags', args: { tag: 'tag-2' }, conversationId: C1 },
  ]);
  expect(outbox.drafts.of(C1)).toMatchObject([{ kind: 'reply', text: 'my wards' }]);
  expect(outbox.preferences.all()).toEqual({ language: 'ko' });
});

test('[Y1] [Y4] numbers begin anew without a gap: a noop for each refusal, then what waits in its order', () => {
  const { db, reopened } = testOutbox();
  salvageOutbox(halfDamaged().path, db);
  const outbox = reopened();
  expect(outbox.batch(10).map(({ mid, name }) => [mid, name])).toEqual([
    [1, NOOP],
    [2, 'message.send'],
    [3, 'tag.add'],
  ]);
  expect(outbox.entries()[2]).toMatchObject({ args: { tag: 'tag-6' }, undoes: null, attempted: false });
  expect(outbox.entries()[0]?.madeAt).toBe(AT + 2);
  expect(outbox.nextMid()).toBe(4);
});
