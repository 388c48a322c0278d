import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/events.ts';
import { dueAt, idleWindowOf, settle } from '../../../src/domain/step.ts';
import { ANA, hours, minute, Story } from '../../support/domain/history.ts';

const SLOW_SHOP: Policy = { ...DEFAULT_POLICY, idleWindowBySource: { shop: 72 * 3_600_000 } };

describe('the idle window', () => {
  const answered = (): Story => new Story().customer(1).ai(2);
  const unanswered = (): Story => new Story().customer(1).ai(2).customer(4);

  test('[S3][O5] 47 h 59 m after the AI’s last message it is still open', () => {
    expect(answered().conversation(2 + hours(47) + 59)).toMatchObject({
      aiOutcome: 'open',
      aiClosedAt: null,
    });
  });

  test('[S3][O5] one millisecond before 48 h it is still open', () => {
    const { snapshot } = answered().fold();
    const now = epochMillis(minute(2 + hours(48)) - 1);
    expect(settle(snapshot, now, DEFAULT_POLICY).snapshot).toBe(snapshot);
  });

  test('[S3][O5] at 48 h 00 m it is resolved by AI, dated then', () => {
    expect(answered().conversation(2 + hours(48))).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(2 + hours(48)),
      humanState: null,
    });
  });

  test('[S3] however late the sweep runs, the date is last message + window', () => {
    expect(answered().conversation(hours(5_000)).aiClosedAt).toBe(minute(2 + hours(48)));
  });

  test('[S3] with the customer’s message last it is closedUnresolved', () => {
    expect(unanswered().conversation(4 + hours(48))).toMatchObject({
      aiOutcome: 'closedUnresolved',
      aiClosedAt: minute(4 + hours(48)),
    });
  });

  test('[S3] a note and a system message are no last message and prolong nothing', () => {
    const story = answered().note(hours(20)).system(hours(30));
    expect(story.conversation(2 + hours(48))).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(2 + hours(48)),
    });
  });

  test('[S3] a system message after the customer’s does not make it the AI’s', () => {
    const story = unanswered().system(5);
    expect(story.conversation(hours(60)).aiOutcome).toBe('closedUnresolved');
  });

  test('[S3] the AI’s next message starts the window anew', () => {
    const story = answered().ai(hours(40));
    expect(story.conversation(hours(60)).aiOutcome).toBe('open');
    expect(story.conversation(hours(88)).aiClosedAt).toBe(minute(hours(88)));
  });

  test('[S3] the window is a setting per source', () => {
    expect(answered().conversation(hours(60), SLOW_SHOP).aiOutcome).toBe('open');
    expect(answered().conversation(2 + hours(72), SLOW_SHOP).aiClosedAt).toBe(minute(2 + hours(72)));
    expect(idleWindowOf(SLOW_SHOP, 'another', epochMillis(0))).toBe(48 * 3_600_000);
    expect(idleWindowOf(SLOW_SHOP, 'toString', epochMillis(0))).toBe(48 * 3_600_000);
  });

  test('[S3] without any public message nothing is idle', () => {
    expect(new Story().system(1).conversation(hours(999)).aiOutcome).toBe('open');
  });

  test('[S3][O5] after a hand-off no window runs', () => {
    expect(answered().escalated(3).conversation(hours(999))).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      humanState: 'open',
      aiClosedAt: null,
    });
    expect(answered().escalated(3, { method: 'message' }).conversation(hours(999)).aiOutcome).toBe(
      'notResolvedByAi',
    );
  });

  test('[S3] the due time is the end of the window, and none once it is over', () => {
    expect(dueAt(answered().conversation(), DEFAULT_POLICY)).toBe(minute(2 + hours(48)));
    expect(dueAt(answered().conversation(hours(49)), DEFAULT_POLICY)).toBeNull();
    expect(dueAt(answered().escalated(3).conversation(), DEFAULT_POLICY)).toBeNull();
    expect(dueAt(new Story().conversation(), DEFAULT_POLICY)).toBeNull();
  });

  test('[S3][T11] an event that meets an idle conversation finds it closed, swept or not', () => {
    const story = answered().customer(hours(60));
    const before = story.fold();
    expect(before.rows.conversation).toMatchObject({ aiOutcome: 'open', aiClosedAt: null });
    story.ai(hours(60) + 1);
    expect(story.conversation(hours(60) + 1 + hours(48)).aiOutcome).toBe('resolvedByAi');
  });

  test('settling nothing answers nothing', () => {
    const nothing = { ...new Story().fold().snapshot, conversation: null };
    expect(settle(nothing, minute(9_999), DEFAULT_POLICY)).toEqual({ snapshot: nothing, changes: [] });
  });
});

describe('“resolved” by the source', () => {
  test('[S3][K2] closes the AI’s side at its time, with final skill, tags and raw status', () => {
    const story = new Story()
      .customer(1)
      .ai(2)
      .resolved(3, { finalSkill: 'refunds', tags: ['refund'], rawStatus: 'Resolved' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(3),
      finalSkill: 'refunds',
      aiRawStatus: 'Resolved',
      humanState: null,
    });
    expect(story.fold().rows.tags).toMatchObject([{ tag: 'refund', appliedBy: 'ai' }]);
  });

  test('[S3] counts also with the customer’s message last', () => {
    expect(new Story().customer(1).resolved(2).conversation().aiOutcome).toBe('resolvedByAi');
  });

  test('[S3] outranks an automatic closedUnresolved, whose date stays', () => {
    const story = new Story().customer(1).resolved(hours(60), { rawStatus: 'resolved' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(1 + hours(48)),
      aiRawStatus: 'resolved',
    });
  });

  test('[S3] outranks a closedUnresolved by the visitor', () => {
    const story = new Story().customer(1).closedBy(2, 'customer').resolved(5);
    expect(story.conversation()).toMatchObject({ aiOutcome: 'resolvedByAi', aiClosedAt: minute(2) });
  });

  test('[S2][S3] never outranks a hand-off: its tags, skill and raw status are kept all the same', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .resolved(3, { finalSkill: 'faq', tags: ['late'], rawStatus: 'resolved' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      aiClosedAt: null,
      humanState: 'open',
      finalSkill: 'faq',
      aiRawStatus: 'resolved',
    });
    expect(story.fold().rows.tags.map((row) => row.tag)).toEqual(['late']);
  });

  test('[S3] never outranks a hand-off that was only an end message', () => {
    const story = new Story().customer(1).escalated(2, { method: 'message' }).resolved(3);
    expect(story.conversation().aiOutcome).toBe('notResolvedByAi');
  });

  test('[S3] without a word of skill or status leaves the earlier ones', () => {
    const story = new Story().customer(1).resolved(2, { finalSkill: 'faq', rawStatus: 'r1' }).resolved(3);
    expect(story.conversation()).toMatchObject({
      finalSkill: 'faq',
      aiRawStatus: 'r1',
      aiClosedAt: minute(2),
    });
  });
});

describe('a close of the AI’s conversation', () => {
  test('[S3][O5] by the visitor with the AI’s message last: resolved by AI', () => {
    expect(new Story().customer(1).ai(2).closedBy(3, 'customer').conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(3),
    });
  });

  test('[S3] by the visitor with their own message last: closedUnresolved', () => {
    expect(new Story().customer(1).closedBy(3, 'customer').conversation().aiOutcome).toBe('closedUnresolved');
  });

  test('[S3] by the source’s clock or the AI itself: as for the visitor', () => {
    expect(new Story().customer(1).ai(2).closedBy(3, 'auto').conversation().aiOutcome).toBe('resolvedByAi');
    expect(new Story().customer(1).closedBy(3, 'auto').conversation().aiOutcome).toBe('closedUnresolved');
    expect(new Story().customer(1).ai(2).closedBy(3, 'ai').conversation().aiOutcome).toBe('resolvedByAi');
  });

  test('[S3][O5] by an agent at the source is nothing the AI resolved', () => {
    expect(new Story().customer(1).ai(2).closedBy(3, 'agent').conversation().aiOutcome).toBe(
      'closedUnresolved',
    );
  });

  test('[S3][O6] after an AI message that follows a note, the AI’s is the last', () => {
    expect(new Story().customer(1).ai(2).note(3).closedBy(4, 'customer').conversation().aiOutcome).toBe(
      'resolvedByAi',
    );
  });

  test('[S3] a second one changes nothing', () => {
    const story = new Story().customer(1).ai(2).closedBy(3, 'customer').closedBy(4, 'auto');
    expect(story.conversation()).toMatchObject({ aiOutcome: 'resolvedByAi', aiClosedAt: minute(3) });
  });

  test('[S2] after an end message leaves notResolvedByAi alone', () => {
    const story = new Story().customer(1).escalated(2, { method: 'message' }).closedBy(3, 'customer');
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      aiClosedAt: null,
      closedAt: null,
    });
  });

  test('[T9] leaves the columns of the human side empty', () => {
    expect(new Story().customer(1).closedBy(3, 'customer').conversation()).toMatchObject({
      humanState: null,
      closedAt: null,
      closedBy: null,
    });
  });

  test('an AI message after the closing reopens nothing', () => {
    expect(new Story().customer(1).ai(2).resolved(3).ai(4).conversation().aiOutcome).toBe('resolvedByAi');
  });

  test('[S4] an agent’s message from the source after the AI’s side closed is kept and changes no outcome', () => {
    const story = new Story().customer(1).ai(2).resolved(3).agent(9, { authorId: ANA });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      humanState: null,
      messageCount: 3,
    });
  });
});
