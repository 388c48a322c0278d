import { describe, expect, test } from 'vitest';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import { NOOP } from '../../../../src/desk/outbox/entry.ts';
import type { Outbox } from '../../../../src/desk/outbox/outbox.ts';
import { AT } from '../../../support/desk/sample-rows.ts';
import { C1, entryOf, messageEntry, testOutbox } from '../../../support/desk/test-outbox.ts';

const applied = (...mids: readonly number[]) => mids.map((mid) => ({ mid, status: 'applied' as const }));
const stale = (mid: number) => ({
  mid,
  status: 'refused' as const,
  code: 'staleReply' as const,
  detail: { messageId: 'm-theirs' },
});
const draft = (text: string) => ({ conversationId: C1, kind: 'reply' as const, text, at: epochMillis(AT) });

/** Everything that a person or the workspace could tell of an outbox. */
function stateOf(outbox: Outbox) {
  return {
    clientId: outbox.clientId,
    nextMid: outbox.nextMid(),
    entries: outbox.entries(),
    attention: outbox.attention(),
    drafts: outbox.drafts.of(C1),
    pending: outbox.pendingAfter(0),
    undoable: outbox.undoable(50),
    preferences: outbox.preferences.all(),
  };
}

describe('[Y1] durable when it returns', () => {
  test('the client’s id is made once', () => {
    const { outbox, reopened } = testOutbox();
    expect(outbox.clientId).toBe('client-1');
    expect(reopened().clientId).toBe('client-1');
  });

  test('numbers have no gaps, also over a restart', () => {
    const { outbox, reopened } = testOutbox();
    expect(outbox.nextMid()).toBe(1);
    outbox.append(entryOf(1));
    outbox.append(entryOf(2));
    expect(() => outbox.append(entryOf(4))).toThrow('mid 4 after 2');
    expect(reopened().nextMid()).toBe(3);
  });

  test('a crash after any step finds what was said to be saved', () => {
    const { outbox, reopened } = testOutbox();
    const steps: readonly (() => unknown)[] = [
      () => outbox.drafts.put(C1, 'reply', 'I am on', epochMillis(AT)),
      () => outbox.append(messageEntry(1), { draft: draft(''), settles: null }),
      () => outbox.append(entryOf(2)),
      () => outbox.append(messageEntry(3, 'And another.')),
      () => outbox.recall(3, draft('And another.')),
      () => outbox.markAttempted(2),
      () => outbox.record([stale(1), { mid: 2, status: 'applied' }]),
      () => outbox.settle(2, epochMillis(AT)),
      () => outbox.append(messageEntry(4, 'Edited.'), { draft: null, settles: 1 }),
      () => outbox.append(entryOf(5, { undoes: 2, inverse: null })),
      () => outbox.preferences.put('theme', 'dark'),
      () => outbox.reofferFrom(1),
      () => outbox.record(applied(1, 2, 3, 4, 5)),
      () => outbox.settle(5, epochMillis(AT)),
    ];
    for (const step of steps) {
      step();
      expect(stateOf(reopened())).toEqual(stateOf(outbox));
    }
  });

  test('an append that fails leaves nothing behind', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.drafts.put(C1, 'reply', 'kept', epochMillis(AT));
    db.exec("CREATE TRIGGER full BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(() => outbox.append(messageEntry(1), { draft: draft(''), settles: null })).toThrow('disk full');
    expect(outbox.nextMid()).toBe(1);
    expect(outbox.entries()).toEqual([]);
    expect(reopened().drafts.of(C1)).toMatchObject([{ text: 'kept' }]);
  });
});

describe('[Y3] a push', () => {
  test('carries the next contiguous ones, oldest first, at most the limit', () => {
    const { outbox } = testOutbox();
    for (let mid = 1; mid <= 5; mid += 1) outbox.append(entryOf(mid));
    expect(outbox.batch(3).map((entry) => entry.mid)).toEqual([1, 2, 3]);
    outbox.record(applied(1, 2));
    expect(outbox.batch(10).map((entry) => entry.mid)).toEqual([3, 4, 5]);
  });

  test('stops where a number is missing', () => {
    const { outbox, db, reopened } = testOutbox();
    for (let mid = 1; mid <= 4; mid += 1) outbox.append(entryOf(mid));
    db.run('DELETE FROM outbox WHERE mid = 3');
    expect(
      reopened()
        .batch(10)
        .map((entry) => entry.mid),
    ).toEqual([1, 2]);
  });

  test('an answer that was lost is asked for again, although the base holds it already', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2));
    outbox.record(applied(2));
    outbox.settle(2, epochMillis(AT));
    for (const one of [outbox, reopened()]) {
      expect(one.entries().map((entry) => entry.mid)).toEqual([1]);
      expect(one.batch(10).map((entry) => entry.mid)).toEqual([1]);
    }
  });

  test('a second answer to the same mutation changes nothing', () => {
    const { outbox } = testOutbox();
    outbox.append(messageEntry(1));
    expect(outbox.record([stale(1)])).toHaveLength(1);
    expect(outbox.record([stale(1), ...applied(1)])).toEqual([]);
    expect(outbox.attention()).toHaveLength(1);
  });
});

describe('[Y12] recall', () => {
  test('turns what no push has carried into a noop of the same number, its text into a draft', () => {
    const { outbox } = testOutbox();
    outbox.append(messageEntry(1));
    expect(outbox.recall(1, draft('On it.'))).toBe(true);
    expect(outbox.entries()).toMatchObject([{ mid: 1, name: NOOP, args: {}, conversationId: null }]);
    expect(outbox.batch(10)).toHaveLength(1);
    expect(outbox.pendingAfter(0)).toEqual([]);
    expect(outbox.drafts.of(C1)).toMatchObject([{ kind: 'reply', text: 'On it.' }]);
  });

  test('is too late once it has been part of a push, also after a restart', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.markAttempted(1);
    expect(outbox.recall(1, null)).toBe(false);
    expect(reopened().recall(1, null)).toBe(false);
  });

  test('of what is not there, or is a noop already, does nothing', () => {
    const { outbox } = testOutbox();
    outbox.append(messageEntry(1));
    expect(outbox.recall(7, null)).toBe(false);
    outbox.recall(1, null);
    expect(outbox.recall(1, null)).toBe(false);
  });
});

describe('[Y4] [Y11] what the workspace refused', () => {
  test('a stale reply is held with its text and what stood in the way', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(messageEntry(1, 'My long answer'));
    outbox.record([stale(1)]);
    const held = [{ mid: 1, kind: 'held', code: 'staleReply', detail: { messageId: 'm-theirs' } }];
    expect(outbox.attention()).toMatchObject(held);
    expect(outbox.attention()[0]?.args).toMatchObject({ text: 'My long answer' });
    expect(outbox.attentionOf(C1)).toBe('held');
    expect(reopened().attention()).toEqual(outbox.attention());
  });

  test('any other refusal waits for the agent; the queue goes on', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2));
    outbox.record([{ mid: 1, status: 'refused', code: 'tooManyTags' }, ...applied(2)]);
    expect(outbox.attention()).toMatchObject([
      { mid: 1, kind: 'refused', code: 'tooManyTags', detail: null },
    ]);
    expect(outbox.attentionOf(C1)).toBe('refused');
    expect(outbox.pendingAfter(0).map((entry) => entry.mid)).toEqual([2]);
    expect(outbox.batch(10)).toEqual([]);
  });

  test('sent again, it is settled in the same commit as the new mutation', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.record([stale(1)]);
    outbox.append(messageEntry(2), { draft: null, settles: 1 });
    expect(outbox.attention()).toEqual([]);
    expect(reopened().attention()).toEqual([]);
  });

  test('dismissed, it is gone for good', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.record([stale(1)]);
    outbox.dismiss(1);
    expect(outbox.attentionOf(C1)).toBeNull();
    expect(reopened().attention()).toEqual([]);
    expect(reopened().nextMid()).toBe(2);
  });

  test('a refused noop bothers nobody', () => {
    const { outbox } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.recall(1, null);
    expect(outbox.record([{ mid: 1, status: 'refused', code: 'unknownMutation' }])).toEqual([]);
    expect(outbox.attention()).toEqual([]);
  });
});

describe('[Y6] the journal', () => {
  test('keeps what was acknowledged, and shows it above a base that lost its last commits', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2));
    outbox.record(applied(1, 2));
    outbox.settle(2, epochMillis(AT));
    expect(outbox.entries()).toEqual([]);
    expect(
      reopened()
        .pendingAfter(1)
        .map((entry) => entry.mid),
    ).toEqual([2]);
    expect(reopened().pendingAfter(2)).toEqual([]);
  });

  test('is offered again from where a restored workspace remembers us', () => {
    const { outbox } = testOutbox();
    for (let mid = 1; mid <= 3; mid += 1) outbox.append(entryOf(mid));
    outbox.record(applied(1, 2, 3));
    outbox.settle(2, epochMillis(AT));
    outbox.reofferFrom(2);
    expect(outbox.batch(10)).toMatchObject([
      { mid: 2, name: 'tag.add', attempted: true, outcome: null },
      { mid: 3, name: 'tag.add', attempted: true, outcome: null },
    ]);
    expect(outbox.nextMid()).toBe(4);
  });

  test('a refused one is offered as a noop: its text is with the agent', () => {
    const { outbox } = testOutbox();
    outbox.append(messageEntry(1));
    outbox.record([stale(1)]);
    outbox.settle(1, epochMillis(AT));
    outbox.reofferFrom(1);
    expect(outbox.batch(10)).toMatchObject([{ mid: 1, name: NOOP }]);
    expect(outbox.attention()).toHaveLength(1);
  });

  test('numbers that exist nowhere any more are filled, so that the queue never jams', () => {
    const { outbox, db, reopened } = testOutbox();
    for (let mid = 1; mid <= 4; mid += 1) outbox.append(entryOf(mid));
    outbox.record(applied(1, 2));
    outbox.settle(2, epochMillis(AT));
    db.run('DELETE FROM journal WHERE mid = 1');
    const again = reopened();
    again.reofferFrom(1);
    expect(again.batch(10).map((entry) => [entry.mid, entry.name])).toEqual([
      [1, NOOP],
      [2, 'tag.add'],
      [3, 'tag.add'],
      [4, 'tag.add'],
    ]);
  });

  test('forgets what is older than a week only beyond the last ten thousand', () => {
    const { outbox, db } = testOutbox();
    outbox.append(entryOf(1));
    outbox.record(applied(1));
    outbox.settle(1, epochMillis(AT));
    outbox.continueAfter(20_000);
    outbox.append(entryOf(20_001));
    outbox.record(applied(20_001));
    outbox.settle(20_001, epochMillis(AT + 6 * DAY));
    expect(db.preparePluck('SELECT mid FROM journal ORDER BY mid').all()).toEqual([1, 20_001]);
    outbox.append(entryOf(20_002));
    outbox.record(applied(20_002));
    outbox.settle(20_002, epochMillis(AT + 8 * DAY));
    expect(db.preparePluck('SELECT mid FROM journal ORDER BY mid').all()).toEqual([20_001, 20_002]);
  });

  test('numbers go on after what the workspace has seen of us', () => {
    const { outbox } = testOutbox();
    outbox.continueAfter(41);
    expect(outbox.nextMid()).toBe(42);
    outbox.continueAfter(7);
    expect(outbox.nextMid()).toBe(42);
  });
});

describe('[Y16] undo', () => {
  test('the inverse is what was captured, latest first, as many as asked', () => {
    const { outbox, reopened } = testOutbox();
    for (let mid = 1; mid <= 3; mid += 1) outbox.append(entryOf(mid));
    outbox.append(messageEntry(4));
    outbox.record(applied(1));
    outbox.settle(1, epochMillis(AT));
    expect(outbox.undoable(2).map((entry) => entry.mid)).toEqual([3, 2]);
    expect(
      reopened()
        .undoable(50)
        .map((entry) => entry.mid),
    ).toEqual([3, 2, 1]);
    expect(outbox.undoable(1)[0]?.inverse).toEqual({
      name: 'tag.remove',
      args: { conversationId: 'c1', tag: 'tag-3' },
    });
  });

  test('what was taken back says so, until the taking back is refused', () => {
    const { outbox } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2, { undoes: 1, inverse: null }));
    expect(outbox.undoable(50)).toMatchObject([{ mid: 1, undone: true }]);
    outbox.record([...applied(1), { mid: 2, status: 'refused', code: 'changedSince' }]);
    expect(outbox.undoable(50)).toMatchObject([{ mid: 1, undone: false }]);
  });

  test('an undo is no action of its own: it and its redo stand in the chain of the action, also over a restart', () => {
    const { outbox, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(entryOf(2, { undoes: 1 }));
    outbox.append(entryOf(3, { undoes: 2 }));
    expect(outbox.undoable(50)).toMatchObject([{ mid: 1, undone: false, tip: { mid: 3 } }]);
    outbox.record(applied(1, 2, 3));
    outbox.settle(3, epochMillis(AT));
    outbox.append(entryOf(4, { undoes: 3 }));
    expect(reopened().undoable(50)).toMatchObject([{ mid: 1, undone: true, tip: { mid: 4 } }]);
  });
});

describe('drafts', () => {
  test('a reply and a note stand side by side; an empty text takes one away', () => {
    const { outbox, reopened } = testOutbox();
    outbox.drafts.put(C1, 'reply', 'Hel', epochMillis(AT));
    outbox.drafts.put(C1, 'reply', 'Hello', epochMillis(AT + 1));
    outbox.drafts.put(C1, 'note', 'call back', epochMillis(AT + 2));
    expect(reopened().drafts.of(C1)).toEqual([
      { kind: 'note', text: 'call back', updatedAt: AT + 2 },
      { kind: 'reply', text: 'Hello', updatedAt: AT + 1 },
    ]);
    expect(outbox.drafts.of(C1)).toEqual(reopened().drafts.of(C1));
    outbox.drafts.put(C1, 'note', '', epochMillis(AT));
    outbox.drafts.put(C1, 'reply', '', epochMillis(AT));
    expect(outbox.drafts.has(C1)).toBe(false);
    expect(reopened().drafts.of(C1)).toEqual([]);
  });
});

test('a text that ends in half a character is kept as the same text', () => {
  const { outbox, reopened } = testOutbox();
  outbox.append(messageEntry(1, 'cut \ud83d'));
  outbox.drafts.put(C1, 'reply', 'cut \ud83d', epochMillis(AT));
  outbox.preferences.put('name', 'cut \ud83d');
  const again = reopened();
  expect(again.damaged).toEqual([]);
  expect(again.drafts.of(C1)).toEqual(outbox.drafts.of(C1));
  expect(again.preferences.all()).toEqual({ name: 'cut \ufffd' });
});

describe('[Y1] damaged records', () => {
  test('a damaged entry keeps its number as a noop and is shown as refused; the others go on', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.append(entryOf(1));
    outbox.append(messageEntry(2));
    db.run(`UPDATE outbox SET args = replace(args, 'tag-1', 'tag-X') WHERE mid = 1`);
    const again = reopened();
    expect(again.damaged).toEqual([1]);
    expect(again.batch(10).map((entry) => entry.name)).toEqual([NOOP, 'message.send']);
    expect(again.attention()).toMatchObject([{ mid: 1, kind: 'refused', detail: { damaged: 1 } }]);
    expect(reopened().damaged).toEqual([]);
    expect(reopened().attention()).toHaveLength(1);
  });

  test('a damaged draft is still shown; a damaged preference is not', () => {
    const { outbox, db, reopened } = testOutbox();
    outbox.drafts.put(C1, 'reply', 'my words', epochMillis(AT));
    outbox.preferences.put('theme', 'dark');
    db.exec(`UPDATE draft SET text = 'my wards'; UPDATE preference SET value = 'dork'`);
    outbox.drafts.put(C1, 'note', 'untouched', epochMillis(AT));
    expect(outbox.drafts.damaged).toEqual([]);
    expect(reopened().drafts.of(C1)).toMatchObject([{ text: 'untouched' }, { text: 'my wards' }]);
    expect(reopened().drafts.damaged).toEqual([{ conversationId: C1, kind: 'reply' }]);
    expect(reopened().preferences.all()).toEqual({});
  });
});
