import { describe, expect, test } from 'vitest';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import { NOOP } from '../../../../src/desk/outbox/entry.ts';
import { AT } from '../../../support/desk/sample-rows.ts';
import { C1, entryOf, messageEntry, testOutbox } from '../../../support/desk/test-outbox.ts';

const applied = (...mids: readonly number[]) => mids.map((mid) => ({ mid, status: 'applied' as const }));

describe('[Y6] numbers that the workspace expects', () => {
  test('are filled up to the highest, each once, where they exist nowhere any more', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record(applied(1));
    outbox.settle(1, epochMillis(AT));
    outbox.continueAfter(4);
    outbox.reofferFrom(1);
    const names = (entries: ReturnType<typeof outbox.entries>) => entries.map(({ mid, name }) => [mid, name]);
    const whole = [
      [1, 'tag.add'],
      [2, NOOP],
      [3, NOOP],
      [4, NOOP],
    ];
    expect(names(outbox.entries())).toEqual(whole);
    expect(names(reopened().entries())).toEqual(whole);
    outbox.reofferFrom(5);
    expect(names(outbox.entries())).toEqual(whole);
  });

  test('an answer beyond a number is known from what waits for its pull and from the journal, not from what waits to go', () => {
    const { outbox } = testOutbox();
    for (const mid of [1, 2, 3]) outbox.append(entryOf(mid));
    expect(outbox.isAnsweredAfter(0)).toBe(false);
    outbox.record(applied(1, 2));
    expect([0, 1, 2, 3].map((mid) => outbox.isAnsweredAfter(mid))).toEqual([true, true, false, false]);
    outbox.settle(2, epochMillis(AT));
    expect([0, 1, 2, 3].map((mid) => outbox.isAnsweredAfter(mid))).toEqual([true, true, false, false]);
  });
});

describe('[Y6] the journal', () => {
  const journalled = (atMid: number, later: number) => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record(applied(1));
    outbox.settle(1, epochMillis(AT));
    outbox.continueAfter(atMid - 1);
    outbox.append(entryOf(atMid));
    outbox.record(applied(atMid));
    outbox.settle(atMid, epochMillis(AT + later));
    return outbox.pendingAfter(0).map(({ mid }) => mid);
  };

  test('forgets what is older than seven days and than 10,000 mutations, not what is only one of both', () => {
    expect(journalled(10_001, 8 * DAY)).toEqual([10_001]);
    expect(journalled(10_000, 8 * DAY)).toEqual([1, 10_000]);
    expect(journalled(10_001, 6 * DAY)).toEqual([1, 10_001]);
  });

  test('[Y1] takes an entry over as it was made: an answer changes nothing of its record', () => {
    const { outbox, reopened } = testOutbox();
    const entry = messageEntry(1, 'Half of a pair: \ud83d');
    outbox.append(entry);
    outbox.record(applied(1));
    const again = reopened();
    expect(again.damaged).toEqual([]);
    expect(again.entries()).toEqual([{ ...entry, attempted: true, outcome: 'applied' }]);
    again.settle(1, epochMillis(AT));
    expect(again.isAnsweredAfter(0)).toBe(true);
    expect(again.pendingAfter(0)).toEqual([entry]);
    expect(again.pendingAfter(1)).toEqual([]);
  });
});

describe('[Y7] what is shown above a base', () => {
  test('begins behind what the base holds, and an entry leaves when base and answer are there', () => {
    const { outbox } = testOutbox();
    for (const mid of [1, 2, 3]) outbox.append(entryOf(mid));
    const shown = (lastMid: number) => outbox.pendingAfter(lastMid).map(({ mid }) => mid);
    expect([shown(0), shown(1), shown(3)]).toEqual([[1, 2, 3], [2, 3], []]);
    outbox.record(applied(1));
    outbox.settle(2, epochMillis(AT));
    expect(outbox.entries().map(({ mid }) => mid)).toEqual([2, 3]);
    expect(shown(0)).toEqual([1, 2, 3]);
  });
});

describe('[Y1] a mutation and the draft it uses up', () => {
  const change = (text: string) => ({
    draft: { conversationId: C1, kind: 'reply' as const, text, at: epochMillis(AT) },
    settles: null,
  });

  test('go in one commit: the reply’s draft is gone, the note’s stands, what was left over is a draft', () => {
    const { outbox, reopened } = testOutbox();
    outbox.drafts.put(C1, 'note', 'call back', epochMillis(AT));
    outbox.drafts.put(C1, 'reply', 'On it.', epochMillis(AT));
    outbox.append(messageEntry(1), change(''));
    expect(reopened().drafts.of(C1)).toMatchObject([{ kind: 'note', text: 'call back' }]);
    outbox.append(messageEntry(2), change('P.S.'));
    expect(reopened().drafts.of(C1)).toMatchObject([{ kind: 'note' }, { kind: 'reply', text: 'P.S.' }]);
    expect(reopened().entries()).toHaveLength(2);
  });
});
