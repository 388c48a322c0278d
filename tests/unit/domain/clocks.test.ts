import { describe, expect, test } from 'vitest';
import { messageIdOf, minute, Story } from '../../support/domain/history.ts';

const MINUTE = 60_000;

describe('the first reply', () => {
  test('[T1] runs from the hand-off to the first public agent message', () => {
    const story = new Story().customer(1).escalated(2).agent(9);
    expect(story.cycle()).toMatchObject({
      clockStartAt: minute(2),
      firstReplyAt: minute(9),
      replyTotal: 7 * MINUTE,
    });
  });

  test('[T1] a later reply does not move it', () => {
    const story = new Story().customer(1).escalated(2).agent(9).customer(10).agent(12);
    expect(story.cycle()).toMatchObject({ firstReplyAt: minute(9), replyCount: 2 });
  });

  test('[T1] an agent’s message before the clock of an agent-opened cycle started is no reply', () => {
    const story = new Story().customer(1).escalated(2).agent(3).close(4).reopen(10).agent(11);
    expect(story.cycle(2)).toMatchObject({ clockStartAt: null, firstReplyAt: null, replyCount: 0 });
    story.customer(20).agent(26);
    expect(story.cycle(2)).toMatchObject({
      openedAt: minute(10),
      clockStartAt: minute(20),
      firstReplyAt: minute(26),
      replyTotal: 6 * MINUTE,
    });
  });

  test('[T1] each cycle has its own', () => {
    const story = new Story().customer(1).escalated(2).agent(9).close(10).customer(100).agent(103);
    expect(story.cycles().map((cycle) => cycle.firstReplyAt)).toEqual([minute(9), minute(103)]);
  });

  test('[T1] a reply in the very moment of the opening took no time, which is not null', () => {
    const story = new Story().customer(1).escalated(2).agent(2);
    expect(story.cycle()).toMatchObject({ firstReplyAt: minute(2), replyCount: 1, replyTotal: 0 });
  });
});

describe('a reply interval', () => {
  test('[T2] runs from the first unanswered message; more of them do not restart it', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(5)
      .customer(10)
      .customer(14)
      .customer(19)
      .agent(20);
    expect(story.cycle()).toMatchObject({ replyCount: 2, replyTotal: (3 + 10) * MINUTE, waitingSince: null });
  });

  test('[T2] on a hand-off runs from the opening, not from the customer’s message to the AI', () => {
    const story = new Story().customer(1).escalated(30).agent(31);
    expect(story.cycle().replyTotal).toBe(MINUTE);
  });

  test('[T2] a customer message after the hand-off does not restart the hand-off’s interval', () => {
    const story = new Story().customer(1).escalated(2).customer(5);
    expect(story.conversation().waitingSince).toBe(minute(2));
    expect(story.agent(12).cycle().replyTotal).toBe(10 * MINUTE);
  });

  test('[T2] a second agent message in a row is no reply', () => {
    const story = new Story().customer(1).escalated(2).agent(5).agent(6).agent(7);
    expect(story.cycle()).toMatchObject({ replyCount: 1, replyTotal: 3 * MINUTE });
  });

  test('[T2] the conversation shows whose turn it is', () => {
    const story = new Story().customer(1).escalated(2);
    expect(story.conversation().waitingSince).toBe(minute(2));
    expect(story.agent(3).conversation().waitingSince).toBeNull();
    expect(story.customer(8).conversation().waitingSince).toBe(minute(8));
  });

  test('[T2] while only the AI has the conversation nobody waits for humans', () => {
    expect(new Story().customer(1).customer(2).conversation().waitingSince).toBeNull();
  });
});

describe('what touches no clock', () => {
  test('[T6] notes, AI and system messages neither answer nor ask', () => {
    const story = new Story().customer(1).escalated(2).note(3).ai(4).system(5);
    expect(story.conversation().waitingSince).toBe(minute(2));
    expect(story.cycle()).toMatchObject({ replyCount: 0, firstReplyAt: null });
    const answered = new Story().customer(1).escalated(2).agent(3).note(4).ai(5).system(6);
    expect(answered.conversation().waitingSince).toBeNull();
  });

  test('[T6] a note of the AI’s or the customer’s name counts for nobody', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(3)
      .customer(4, { note: true })
      .ai(5, { note: true });
    expect(story.conversation()).toMatchObject({
      waitingSince: null,
      messageCount: 2,
      lastPublicKind: 'agent',
    });
  });

  test('[S9] a CSAT answer reopens nothing and moves no timing', () => {
    const story = new Story().customer(1).escalated(2).agent(3).close(4);
    const before = story.fold().rows;
    story.fact(60, { type: 'profileSet', values: { 'profile.csat': 5, 'profile.csatComment': 'Quick!' } });
    const after = story.fold().rows;
    expect(after.cycles).toEqual(before.cycles);
    expect(after.conversation).toMatchObject({
      humanState: 'closed',
      closedAt: minute(4),
      lastMessageAt: minute(3),
    });
    expect(after.fields.map((row) => [row.field, row.number ?? row.text])).toEqual([
      ['profile.csat', 5],
      ['profile.csatComment', 'Quick!'],
    ]);
  });

  test('[T7] a snooze between question and answer counts in full', () => {
    const story = new Story().customer(1).escalated(2).snooze(3, 60).agent(90);
    expect(story.cycle().replyTotal).toBe(88 * MINUTE);
  });
});

describe('the columns of the current cycle', () => {
  test('[T9] closedAt is null while reopened, firstOpenedAt never changes', () => {
    const story = new Story().customer(1).escalated(2).close(10);
    expect(story.conversation()).toMatchObject({ closedAt: minute(10), firstOpenedAt: minute(2) });
    story.customer(20);
    expect(story.conversation()).toMatchObject({
      closedAt: null,
      openedAt: minute(20),
      firstOpenedAt: minute(2),
    });
    story.close(25).reopen(30);
    expect(story.conversation()).toMatchObject({
      closedAt: null,
      openedAt: minute(30),
      firstOpenedAt: minute(2),
    });
  });

  test('[T9] every cycle’s values are kept', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(4)
      .close(10)
      .customer(20)
      .agent(21)
      .close(22)
      .customer(40);
    expect(story.cycles().map((cycle) => [cycle.openedAt, cycle.closedAt, cycle.replyTotal])).toEqual([
      [minute(2), minute(10), 2 * MINUTE],
      [minute(20), minute(22), MINUTE],
      [minute(40), null, 0],
    ]);
  });
});

describe('messages in lists', () => {
  test('the first question, the counts and the last message', () => {
    const story = new Story()
      .customer(1, { text: 'Where is my order?' })
      .ai(2)
      .customer(3, { text: 'Hello?' })
      .escalated(4)
      .agent(5, { text: 'Here it is.' })
      .note(6, { text: 'Lost by the courier' })
      .system(7, { text: 'Survey sent' });
    expect(story.conversation()).toMatchObject({
      firstQuestion: 'Where is my order?',
      messageCount: 4,
      aiMessageCount: 1,
      lastMessageAt: minute(6),
      lastMessageKind: 'agent',
      lastMessagePreview: 'Lost by the courier',
      lastPublicAt: minute(5),
      lastPublicKind: 'agent',
      lastCustomerMessageAt: minute(3),
    });
  });

  test('previews are one line of at most 240 characters, the message itself is whole', () => {
    const text = `First line\r\n\n  second\tline ${'x'.repeat(400)}`;
    const { rows } = new Story().customer(1, { text }).fold();
    expect(rows.conversation.firstQuestion?.startsWith('First line second line xxx')).toBe(true);
    expect(rows.conversation.firstQuestion).toHaveLength(240);
    expect(rows.messages[0]?.text).toBe(text);
  });

  test('a message row keeps author, note and both times', () => {
    const { rows } = new Story()
      .fact(42, {
        type: 'messagePosted',
        messageId: messageIdOf('train'),
        authorKind: 'agent',
        authorId: 'ana',
        note: true,
        text: 'Written on the train',
        writtenAt: minute(5),
      })
      .fold();
    expect(rows.messages[0]).toMatchObject({
      at: minute(42),
      writtenAt: minute(5),
      note: true,
      authorId: 'ana',
    });
  });

  test('[Y13] the same message id twice counts once, the earlier one stands', () => {
    const story = new Story()
      .customer(5, { id: 'twice', text: 'second' })
      .customer(3, { id: 'twice', text: 'first' });
    expect(story.conversation()).toMatchObject({
      messageCount: 1,
      firstQuestion: 'first',
      lastMessageAt: minute(3),
    });
    expect(story.fold().rows.messages).toHaveLength(1);
  });
});
