import { describe, expect, test } from 'vitest';
import { isUndoableReopening, undoableClose } from '../../../src/domain/step.ts';
import { ANA, BO, minute, Story } from '../../support/domain/history.ts';

function open(): Story {
  return new Story().customer(1).escalated(2).assign(3, BO);
}

describe('undoing a close', () => {
  test('[S11] restores the same cycle as it was', () => {
    const before = open().fold().rows;
    const after = open().close(10).undoClose(11).fold().rows;
    expect(after.cycles).toEqual(before.cycles);
    expect(after.conversation).toEqual({
      ...before.conversation,
      foldedAt: after.conversation.foldedAt,
      foldedId: after.conversation.foldedId,
    });
  });

  test('[S11] close, undo, close is one cycle', () => {
    const story = open().close(10).undoClose(11).close(15);
    expect(story.cycles()).toHaveLength(1);
    expect(story.cycle()).toMatchObject({ ordinal: 1, closedAt: minute(15), assigneeAtCloseId: BO });
    expect(story.conversation()).toMatchObject({ cycleCount: 1, humanState: 'closed', closedAt: minute(15) });
  });

  test('[S11][T2] the customer’s wait goes on from where it began', () => {
    const story = open().close(10).undoClose(11);
    expect(story.conversation().waitingSince).toBe(minute(2));
    expect(story.agent(12).cycle()).toMatchObject({ replyTotal: 10 * 60_000, replyCount: 1 });
  });

  test('[S11] notes and system messages are nothing public', () => {
    expect(open().close(10).note(11).system(12).undoClose(13).conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 1,
    });
  });

  test('[S11] a snoozed one comes back open', () => {
    const story = open().snooze(5, 900).close(10).undoClose(11);
    expect(story.conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S11] changes nothing when an AI or agent message followed', () => {
    expect(open().close(10).ai(11).undoClose(12).conversation().humanState).toBe('closed');
    expect(open().close(10).agent(11).undoClose(12).conversation().humanState).toBe('closed');
  });

  test('[S11] changes nothing when the customer wrote after the close: their cycle stands', () => {
    const story = open().close(10).customer(11).undoClose(12);
    expect(story.conversation()).toMatchObject({ humanState: 'open', cycleCount: 2, openedAt: minute(11) });
    expect(story.cycle(1).closedAt).toBe(minute(10));
  });

  test('[S11] changes nothing when the customer wrote in the same moment, after the close', () => {
    const story = open().close(10).customer(10).undoClose(12);
    expect(story.conversation()).toMatchObject({ cycleCount: 2, waitingSince: minute(10) });
  });

  test('[S11] a message in the same moment but before the close is no reason against it', () => {
    const story = open().customer(10).close(10).undoClose(12);
    expect(story.conversation()).toMatchObject({ humanState: 'open', cycleCount: 1 });
  });

  test('[S11] changes nothing where nothing is closed', () => {
    expect(open().undoClose(5).conversation()).toMatchObject({ humanState: 'open', cycleCount: 1 });
    expect(new Story().customer(1).undoClose(5).conversation()).toMatchObject({
      humanState: null,
      aiOutcome: 'open',
    });
  });

  test('[S11] of the second cycle leaves the first alone', () => {
    const story = open().close(10).customer(20).close(30).undoClose(31);
    expect(story.cycles().map((cycle) => cycle.closedAt)).toEqual([minute(10), null]);
    expect(story.conversation()).toMatchObject({
      cycleCount: 2,
      waitingSince: minute(20),
      humanState: 'open',
    });
  });

  test('[S11] after an agent’s reopening the close can no longer be undone', () => {
    const story = open().close(10).reopen(12).undoClose(13);
    expect(story.conversation()).toMatchObject({ cycleCount: 2, humanState: 'open' });
    expect(story.cycle(1).closedAt).toBe(minute(10));
  });

  test('[S11] which close it is can be asked beforehand', () => {
    const ask = (story: Story): number | null => {
      const { snapshot } = story.fold();
      if (snapshot.conversation === null) throw new Error('no conversation');
      return undoableClose({ ...snapshot, conversation: snapshot.conversation })?.ordinal ?? null;
    };
    expect(ask(open())).toBeNull();
    expect(ask(open().close(10))).toBe(1);
    expect(ask(open().close(10).customer(11).close(12))).toBe(2);
    expect(ask(open().close(10).ai(11))).toBeNull();
    expect(ask(new Story().customer(1).ai(2).resolved(3))).toBeNull();
  });
});

describe('undoing a reopening', () => {
  test('[S11] removes the cycle it made and closes as it was', () => {
    const before = open().close(10).fold().rows;
    const after = open().close(10).reopen(20).undoReopen(21).fold().rows;
    expect(after.cycles).toEqual(before.cycles);
    expect(after.conversation).toEqual({
      ...before.conversation,
      foldedAt: after.conversation.foldedAt,
      foldedId: after.conversation.foldedId,
    });
  });

  test('[S11][T9] the next reopening takes its number again', () => {
    const story = open().close(10).reopen(20).undoReopen(21).customer(30);
    expect(story.conversation()).toMatchObject({ cycleCount: 2, openedAt: minute(30) });
    expect(story.cycles().map((cycle) => cycle.ordinal)).toEqual([1, 2]);
  });

  test('[S11] the close before it can then be undone', () => {
    const story = open().close(10).reopen(20).undoReopen(21).undoClose(22);
    expect(story.conversation()).toMatchObject({
      cycleCount: 1,
      humanState: 'open',
      waitingSince: minute(2),
    });
  });

  test('[S11] of what the AI had closed leaves no cycle behind', () => {
    const story = new Story().customer(1).ai(2).resolved(3).reopen(9).undoReopen(10);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      humanState: null,
      cycleCount: 0,
      firstOpenedAt: null,
      openedAt: null,
      waitingSince: null,
    });
    expect(story.cycles()).toEqual([]);
  });

  test('[S11] of a snoozed reopening ends the snooze with it', () => {
    const story = open().close(10).reopen(20).snooze(21, 900).undoReopen(22);
    expect(story.conversation()).toMatchObject({
      humanState: 'closed',
      snoozedUntil: null,
      closedAt: minute(10),
    });
  });

  test('[S11] changes nothing when something public followed', () => {
    expect(open().close(10).reopen(20).agent(21).undoReopen(22).conversation()).toMatchObject({
      cycleCount: 2,
    });
    expect(open().close(10).reopen(20).customer(21).undoReopen(22).conversation()).toMatchObject({
      cycleCount: 2,
    });
    expect(open().close(10).reopen(20).agent(20).undoReopen(22).conversation()).toMatchObject({
      cycleCount: 2,
    });
  });

  test('[S11] changes nothing where the customer, a hand-off or a taking-over opened the cycle', () => {
    expect(open().undoReopen(5).conversation()).toMatchObject({ cycleCount: 1, humanState: 'open' });
    expect(open().close(10).customer(11).undoReopen(12).conversation().cycleCount).toBe(2);
    expect(new Story().customer(1).takeOver(2, ANA).undoReopen(3).conversation().cycleCount).toBe(1);
  });

  test('[S11] changes nothing once the reopened cycle is closed again', () => {
    const story = open().close(10).reopen(20).close(21).undoReopen(22);
    expect(story.conversation()).toMatchObject({ cycleCount: 2, closedAt: minute(21) });
  });

  test('[S11] needs the cycle before it to be loaded', () => {
    const { snapshot } = open().close(10).reopen(20).fold();
    if (snapshot.conversation === null) throw new Error('no conversation');
    const standing = { ...snapshot, conversation: snapshot.conversation };
    expect(isUndoableReopening(standing)).toBe(true);
    expect(isUndoableReopening({ ...standing, previousCycle: null })).toBe(false);
  });
});
