import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { checksum } from '../../../../src/desk/outbox/checksum.ts';
import { AT } from '../../../support/desk/sample-rows.ts';
import { C1, entryOf, messageEntry, testOutbox } from '../../../support/desk/test-outbox.ts';

const refused = (code: 'staleReply' | 'tooManyTags', ...mids: readonly number[]) =>
  mids.map((mid) => ({ mid, status: 'refused' as const, code }));

describe('what a conversation says of itself', () => {
  test('[Y11] held counts before refused, and no conversation speaks for another', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(messageEntry(2));
    outbox.append(entryOf(3, { conversationId: asId<'ConversationId'>('c2') }));
    outbox.record([...refused('tooManyTags', 1, 3), ...refused('staleReply', 2)]);
    expect(['c1', 'c2', 'c3'].map((id) => outbox.attentionOf(asId<'ConversationId'>(id)))).toEqual([
      'held',
      'refused',
      null,
    ]);
  });
});

describe('what is kept of refusals', () => {
  test('[Y1] [Y4] a number that only a refusal remembers is taken: what comes next is shown beside it', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.record(refused('staleReply', 1));
    db.exec('DELETE FROM outbox; DELETE FROM journal');
    const again = reopened();
    expect(again.nextMid()).toBe(2);
    again.append(messageEntry(2, 'Second'));
    again.record(refused('staleReply', 2));
    expect(reopened().attention()).toMatchObject([{ mid: 1 }, { mid: 2, args: { text: 'Second' } }]);
  });

  test('[Y1] of refusals a damaged one is not shown for what it was not; one with a code of a newer build is shown', () => {
    const { outbox, db, reopened } = testOutbox();
    for (const mid of [1, 2, 3]) outbox.append(entryOf(mid));
    outbox.record(refused('tooManyTags', 1, 2, 3));
    db.run(`UPDATE attention SET args = replace(args, 'tag-1', 'tag-X') WHERE mid = 1`);
    const row = db.preparePluck<string>('SELECT args FROM attention WHERE mid = 2').get() ?? '';
    const values = [2, 'refused', 'tag.add', row, AT + 2, 'c1', 'fromTheFuture', null];
    db.run(`UPDATE attention SET code = 'fromTheFuture', sum = ? WHERE mid = 2`, checksum(values));
    expect(reopened().attention()).toMatchObject([
      { mid: 2, code: 'invalidArguments', args: { tag: 'tag-2' } },
      { mid: 3, code: 'tooManyTags', conversationId: C1 },
    ]);
  });
});
