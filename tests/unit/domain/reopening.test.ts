import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/events.ts';
import { dueAt, step } from '../../../src/domain/step.ts';
import { ANA, BO, hours, minute, Story } from '../../support/domain/history.ts';

const BLOCKING: Policy = { ...DEFAULT_POLICY, blockRepliesAfterClosing: true };

/** Handed over at 2, answered at 5, closed at 6. */
function closed(): Story {
  return new Story().customer(1).escalated(2).assign(3, BO).agent(5).close(6);
}

describe('closing a human cycle', () => {
  test('[S6][T9][Q3] records when, by whom, and who had it', () => {
    expect(closed().conversation()).toMatchObject({
      humanState: 'closed',
      closedAt: minute(6),
      closedBy: 'agent',
      waitingSince: null,
      aiOutcome: 'notResolvedByAi',
    });
    expect(closed().cycle()).toMatchObject({
      closedAt: minute(6),
      closedBy: 'agent',
      closedByAgentId: ANA,
      assigneeAtCloseId: BO,
    });
  });

  test('[I1] by the customer, the AI or the source’s clock closes it too', () => {
    for (const by of ['customer', 'ai', 'auto'] as const) {
      const story = new Story().customer(1).escalated(2).closedBy(9, by);
      expect(story.conversation()).toMatchObject({
        humanState: 'closed',
        closedBy: by,
        aiOutcome: 'notResolvedByAi',
      });
      expect(story.cycle()).toMatchObject({ closedBy: by, closedByAgentId: null, assigneeAtCloseId: null });
    }
  });

  test('[T0] an unanswered interval enters no figure', () => {
    const story = new Story().customer(1).escalated(2).close(60);
    expect(story.cycle()).toMatchObject({ replyCount: 0, replyTotal: 0, firstReplyAt: null });
    expect(story.conversation().waitingSince).toBeNull();
  });

  test('a second close changes nothing', () => {
    const story = closed().close(9, BO);
    expect(story.cycle()).toMatchObject({ closedAt: minute(6), closedByAgentId: ANA });
    expect(story.conversation().closedAt).toBe(minute(6));
  });

  test('the assignee of a later change does not own the earlier close', () => {
    const story = closed().assign(8, ANA);
    expect(story.conversation().assigneeId).toBe(ANA);
    expect(story.cycle().assigneeAtCloseId).toBe(BO);
  });

  test('closing a snoozed one ends the snooze', () => {
    const story = new Story().customer(1).escalated(2).snooze(3, 500).close(4);
    expect(story.conversation()).toMatchObject({ humanState: 'closed', snoozedUntil: null });
  });
});

describe('a customer message after a close', () => {
  test('[S5][S10] opens the next cycle at the message', () => {
    const story = closed().customer(30);
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      openedAt: minute(30),
      firstOpenedAt: minute(2),
      closedAt: null,
      closedBy: null,
      waitingSince: minute(30),
      aiOutcome: 'notResolvedByAi',
    });
    expect(story.cycle(2)).toMatchObject({ openedBy: 'customer', clockStartAt: minute(30), replyCount: 0 });
    expect(story.cycle(1)).toMatchObject({ closedAt: minute(6), closedBy: 'agent' });
  });

  test('[S7] the assignee stays', () => {
    expect(closed().customer(30).conversation().assigneeId).toBe(BO);
  });

  test('[S5] a note, a system, AI or agent message from the source reopens nothing', () => {
    const story = closed().note(7).system(8).ai(9).agent(10);
    expect(story.conversation()).toMatchObject({ humanState: 'closed', cycleCount: 1, closedAt: minute(6) });
    expect(story.cycle()).toMatchObject({ replyCount: 1, waitingSince: null });
  });

  test('[S10] after an AI-only closing returns the conversation to the AI', () => {
    const story = new Story().customer(1).ai(2).resolved(3).customer(50);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'open',
      aiClosedAt: null,
      humanState: null,
      cycleCount: 0,
    });
  });

  test('[S10] after an idle closing returns it to the AI as well, with a new window', () => {
    const story = new Story().customer(1).ai(2).customer(hours(50)).ai(hours(51));
    expect(story.conversation()).toMatchObject({ aiOutcome: 'open', aiClosedAt: null });
    expect(dueAt(story.conversation(), DEFAULT_POLICY)).toBe(minute(hours(99)));
  });

  test('[S3][S10] exactly at the end of the window it meets a closed conversation, and returns it', () => {
    const story = new Story()
      .customer(1)
      .ai(2)
      .customer(2 + hours(48));
    expect(story.conversation()).toMatchObject({ aiOutcome: 'open', lastPublicKind: 'customer' });
  });

  test('[S10] after a human cycle of a conversation that the AI had resolved, the humans get it', () => {
    const story = new Story().customer(1).ai(2).resolved(3).reopen(10).close(12).customer(20);
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      aiOutcome: 'resolvedByAi',
    });
  });
});

describe('where replies after closing are blocked', () => {
  test('[S5][S10] a message to a closed conversation is not applied but spills', () => {
    const story = closed().customer(30, { id: 'late' });
    const folded = story.fold(undefined, BLOCKING);
    expect(folded.spills).toEqual([story.events.at(-1)]);
    expect(folded.rows.conversation).toMatchObject({ humanState: 'closed', cycleCount: 1, messageCount: 2 });
    expect(folded.rows.messages.map((row) => String(row.id))).not.toContain('late');
  });

  test('[S5] what was received while they were let in stays, also under a close that comes late', () => {
    const earlierBlocking = [{ until: 100, blocks: false }];
    const late: Policy = { ...BLOCKING, earlierBlocking };
    const story = closed().customer(30).close(40).customer(50);
    expect(story.fold(undefined, late).spills).toEqual([]);
    expect(story.conversation(undefined, late)).toEqual(story.conversation());
    const again: Policy = { ...DEFAULT_POLICY, earlierBlocking: [{ until: 100, blocks: true }] };
    expect(story.fold(undefined, again)).toEqual(story.fold(undefined, BLOCKING));
  });

  test('[S5] the receipt decides, never the source’s time', () => {
    const story = closed().customer(30).customer(20, { id: 'dated-before' });
    const late: Policy = { ...BLOCKING, earlierBlocking: [{ until: 8, blocks: false }] };
    const [reopening, datedBefore] = story.events.slice(-2);
    expect([reopening?.arrival, datedBefore?.arrival]).toEqual([7, 8]);
    expect(story.fold(undefined, late).spills).toEqual([datedBefore]);
    expect(story.conversation(undefined, late)).toMatchObject({ humanState: 'open', openedAt: minute(30) });
  });

  test('[S10] a message after an AI-only closing spills too, an idle one included', () => {
    const resolved = new Story().customer(1).ai(2).resolved(3).customer(9);
    expect(resolved.fold(undefined, BLOCKING).spills).toHaveLength(1);
    const idle = new Story().customer(1).ai(2).customer(hours(60));
    expect(idle.fold(undefined, BLOCKING).spills).toHaveLength(1);
    expect(idle.conversation(undefined, BLOCKING)).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(2 + hours(48)),
    });
  });

  test('[S10] a spill says so, keeps the fold position and carries only the passage of time', () => {
    const story = new Story().customer(1).ai(2);
    const { snapshot } = story.fold(undefined, BLOCKING);
    const event = story.customer(hours(60)).events.at(-1);
    if (event === undefined) throw new Error('no event');
    const result = step(snapshot, event, BLOCKING);
    expect(result.spill).toBe(event);
    // The idle window ended before: the AI resolved it.
    expect(result.changes.map((change) => change.table)).toEqual(['conversation', 'metricEvent']);
    expect(result.snapshot.conversation?.foldedId).toBe(snapshot.conversation?.foldedId);
  });

  test('[S5] what is open takes messages as ever; so do agents, notes and the AI anywhere', () => {
    const open = new Story().customer(1).escalated(2).snooze(3, 500).customer(4);
    expect(open.fold(undefined, BLOCKING).spills).toEqual([]);
    expect(open.conversation(undefined, BLOCKING)).toMatchObject({ humanState: 'open', messageCount: 2 });
    expect(closed().agent(7).note(8).ai(9).fold(undefined, BLOCKING).spills).toEqual([]);
  });

  test('[S10] a conversation that only got an end message is not closed', () => {
    const story = new Story().customer(1).escalated(2, { method: 'message' }).customer(3);
    expect(story.fold(undefined, BLOCKING).spills).toEqual([]);
  });
});

describe('an agent’s reopening', () => {
  test('[T1][T9] is the next cycle, whose clock starts at the customer’s first message', () => {
    const story = closed().reopen(20);
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      openedAt: minute(20),
      closedAt: null,
      waitingSince: null,
    });
    expect(story.cycle(2)).toMatchObject({ openedBy: 'agent', clockStartAt: null });
    story.customer(25);
    expect(story.conversation().waitingSince).toBe(minute(25));
    expect(story.cycle(2).clockStartAt).toBe(minute(25));
  });

  test('of an AI-only closing opens cycle 1 and keeps the AI’s outcome', () => {
    const story = new Story().customer(1).ai(2).resolved(3).reopen(9);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      humanState: 'open',
      firstOpenedAt: minute(9),
    });
  });

  test('of what is open, or with the AI, changes nothing', () => {
    expect(new Story().customer(1).reopen(3).conversation()).toMatchObject({
      aiOutcome: 'open',
      cycleCount: 0,
    });
    expect(new Story().customer(1).escalated(2).reopen(3).conversation()).toMatchObject({ cycleCount: 1 });
  });

  test('of a snoozed one wakes it', () => {
    const story = new Story().customer(1).escalated(2).snooze(3, 900).reopen(4);
    expect(story.conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null, cycleCount: 1 });
  });
});

describe('a snooze', () => {
  const snoozed = (): Story => new Story().customer(1).escalated(2).snooze(10, 100);

  test('[S5] sets the conversation aside until its time', () => {
    expect(snoozed().conversation()).toMatchObject({ humanState: 'snoozed', snoozedUntil: minute(100) });
    expect(snoozed().conversation(99).humanState).toBe('snoozed');
    expect(dueAt(snoozed().conversation(), DEFAULT_POLICY)).toBe(minute(100));
  });

  test('[S5] ends at its time', () => {
    expect(snoozed().conversation(100)).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] ends at a customer message if that comes first', () => {
    expect(snoozed().customer(50).conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] an agent’s reply, a note or an AI message does not end it', () => {
    expect(snoozed().agent(20).note(21).ai(22).conversation()).toMatchObject({ humanState: 'snoozed' });
  });

  test('[S5] whose time has passed already leaves the conversation awake', () => {
    const story = new Story().customer(1).escalated(2).snooze(10, 10);
    expect(story.conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null });
    expect(snoozed().snooze(20, 15).conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] can be moved, and ended by an agent', () => {
    expect(snoozed().snooze(20, 300).conversation().snoozedUntil).toBe(minute(300));
    const woken = snoozed().fact(20, { type: 'woken', agentId: ANA }, 'desk');
    expect(woken.conversation()).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] needs an open cycle', () => {
    expect(new Story().customer(1).snooze(2, 50).conversation()).toMatchObject({
      humanState: null,
      snoozedUntil: null,
    });
    expect(closed().snooze(8, 50).conversation()).toMatchObject({ humanState: 'closed', snoozedUntil: null });
  });

  test('[S5] waking what is awake changes nothing', () => {
    const story = new Story().customer(1).escalated(2).fact(3, { type: 'woken', agentId: ANA });
    expect(story.conversation()).toMatchObject({ humanState: 'open' });
  });

  test('[T7] pauses no clock', () => {
    const story = snoozed().agent(62);
    expect(story.conversation().humanState).toBe('snoozed');
    expect(story.cycle()).toMatchObject({ replyTotal: 60 * 60_000, firstReplyAt: minute(62) });
  });
});
