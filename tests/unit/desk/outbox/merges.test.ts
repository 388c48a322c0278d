import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import type { Merged } from '../../../../src/protocol/sync.ts';
import { AT } from '../../../support/desk/sample-rows.ts';
import { C1, entryOf, testOutbox } from '../../../support/desk/test-outbox.ts';

const C2 = asId<'ConversationId'>('c2');

function merged(mid: number, set: Partial<Merged> = {}) {
  const told = { field: 'tags', mine: ['late'], result: ['late', 'vip'], agentIds: ['bo'], at: AT, ...set };
  return { mid, status: 'applied' as const, merged: told };
}

describe('[F1] [S8] what was merged', () => {
  test('is told until it is read, and survives the process', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(entryOf(1));
    expect(outbox.record([merged(1)])).toEqual([]);
    const item = {
      mid: 1,
      conversationId: C1,
      field: 'tags',
      mine: ['late'],
      result: ['late', 'vip'],
      agentIds: ['bo'],
      at: AT,
    };
    expect(outbox.merges()).toEqual([item]);
    expect(reopened().merges()).toEqual([item]);
    outbox.forgetMerge(1);
    expect(outbox.merges()).toEqual([]);
    expect(reopened().merges()).toEqual([]);
  });

  test('needs nobody’s attention and stands in nothing’s way', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record([merged(1)]);
    expect(outbox.attention()).toEqual([]);
    expect(outbox.attentionOf(C1)).toBeNull();
    expect(outbox.entries()).toMatchObject([{ mid: 1, outcome: 'applied' }]);
  });

  test('is one line a list: a later merge takes the place of the one before, another list has its own', () => {
    const { outbox, reopened } = testOutbox();
    for (const mid of [1, 2, 3]) outbox.append(entryOf(mid));
    outbox.append(entryOf(4, { conversationId: C2 }));
    outbox.record([
      merged(1),
      merged(2, { result: ['late', 'vip', 'x'] }),
      merged(3, { field: 'profile.topics' }),
    ]);
    outbox.record([merged(4)]);
    for (const one of [outbox, reopened()])
      expect(one.merges().map(({ mid, conversationId, field }) => [mid, conversationId, field])).toEqual([
        [4, C2, 'tags'],
        [3, C1, 'profile.topics'],
        [2, C1, 'tags'],
      ]);
  });

  test('[Y3] a second answer to the same mutation does not tell again what was read', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record([merged(1)]);
    outbox.forgetMerge(1);
    outbox.record([merged(1)]);
    expect(outbox.merges()).toEqual([]);
  });

  test('a refusal, and a change of no conversation, tell of none', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2, { conversationId: null }));
    outbox.record([{ ...merged(1), status: 'refused', code: 'tooManyTags' }, merged(2)]);
    expect(outbox.merges()).toEqual([]);
  });

  test('a week later it is news no more, and of too many the latest stay', () => {
    const { outbox, reopened } = testOutbox();
    for (let mid = 1; mid <= 60; mid += 1) outbox.append(entryOf(mid));
    outbox.record([merged(1, { field: 'old', at: AT - 8 * DAY })]);
    for (let mid = 2; mid <= 60; mid += 1) outbox.record([merged(mid, { field: `f${mid}` })]);
    outbox.settle(60, epochMillis(AT));
    for (const one of [outbox, reopened()]) {
      expect(one.merges()).toHaveLength(50);
      expect(one.merges().at(-1)?.mid).toBe(11);
    }
  });

  test('[Y1] a record that is not what was written is left out', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record([merged(1)]);
    db.run(`UPDATE merge SET result = '["forged"]'`);
    expect(reopened().merges()).toEqual([]);
  });

  test('[Y1] the answer and its news are one commit', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.append(entryOf(1));
    db.exec("CREATE TRIGGER full BEFORE INSERT ON merge BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(() => outbox.record([merged(1)])).toThrow('disk full');
    expect(outbox.merges()).toEqual([]);
    expect(reopened().entries()).toMatchObject([{ mid: 1, outcome: null }]);
  });
});
