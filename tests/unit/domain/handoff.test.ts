import { describe, expect, test } from 'vitest';
import { ANA, BO, minute, Story } from '../../support/domain/history.ts';

describe('an escalation', () => {
  test('[S2] a live one sets notResolvedByAi and opens a cycle at its time', () => {
    const story = new Story()
      .customer(1)
      .ai(2)
      .escalated(3, { reasonCode: 'policy', reason: 'Beyond 24 hours' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffAt: minute(3),
      handoffBy: 'ai',
      handoffReasonCode: 'policy',
      handoffReason: 'Beyond 24 hours',
      handoffCount: 1,
      handoffReadBy: null,
      humanState: 'open',
      cycleCount: 1,
      openedAt: minute(3),
      firstOpenedAt: minute(3),
    });
    expect(story.cycle()).toMatchObject({
      openedBy: 'handoff',
      openedAt: minute(3),
      clockStartAt: minute(3),
    });
  });

  test('[S2] an escalation sent as a ticket opens a cycle too', () => {
    const story = new Story().customer(1).escalated(2, { method: 'ticket' });
    expect(story.conversation()).toMatchObject({ humanState: 'open', aiOutcome: 'notResolvedByAi' });
  });

  test('[S2] only a custom end message: notResolvedByAi and no cycle', () => {
    const story = new Story().customer(1).escalated(2, { method: 'message', reason: 'Out of office' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffAt: minute(2),
      handoffReason: 'Out of office',
      humanState: null,
      cycleCount: 0,
      waitingSince: null,
    });
    expect(story.fold().rows.handoffs).toMatchObject([{ ordinal: 1, method: 'message', by: 'ai' }]);
  });

  test('[S2] an end message in an open cycle adds its reason and leaves the cycle alone', () => {
    const story = new Story().customer(1).escalated(2).escalated(4, { method: 'message', reason: 'Again' });
    expect(story.conversation()).toMatchObject({ handoffCount: 2, handoffReason: 'Again', cycleCount: 1 });
    expect(story.cycle()).toMatchObject({ openedAt: minute(2), waitingSince: minute(2) });
  });

  test('[S2] a live hand-off after an end message opens the cycle; the first hand-off’s time stays', () => {
    const story = new Story().customer(1).escalated(2, { method: 'message' }).customer(3).escalated(5);
    expect(story.conversation()).toMatchObject({
      handoffAt: minute(2),
      handoffCount: 2,
      cycleCount: 1,
      openedAt: minute(5),
    });
  });

  test('[S2] a second one in an open cycle adds a row with its reason and restarts no clock', () => {
    const story = new Story()
      .customer(1)
      .escalated(2, { reasonCode: 'policy', reason: 'First' })
      .escalated(9, { reasonCode: 'knowledge_gap', reason: 'Second' });
    expect(story.conversation()).toMatchObject({
      cycleCount: 1,
      handoffAt: minute(2),
      handoffCount: 2,
      handoffReasonCode: 'knowledge_gap',
      handoffReason: 'Second',
      waitingSince: minute(2),
    });
    expect(story.fold().rows.handoffs.map((row) => [row.ordinal, row.at, row.reason])).toEqual([
      [1, minute(2), 'First'],
      [2, minute(9), 'Second'],
    ]);
  });

  test('[S2] after the cycle was closed it opens the next one, unread again', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .fact(3, { type: 'handoffRead', agentId: ANA }, 'desk')
      .agent(4)
      .close(5)
      .escalated(20, { reason: 'It came back' });
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      openedAt: minute(20),
      firstOpenedAt: minute(2),
      closedAt: null,
      handoffReadBy: null,
      handoffReason: 'It came back',
    });
    expect(story.cycle(2)).toMatchObject({ openedBy: 'handoff', waitingSince: minute(20) });
  });

  test('[S2] wakes nobody: a snoozed cycle stays snoozed', () => {
    const story = new Story().customer(1).escalated(2).snooze(3, 500).escalated(4);
    expect(story.conversation()).toMatchObject({ humanState: 'snoozed', snoozedUntil: minute(500) });
  });

  test('[S2][S8][K3] brings its tags as the AI’s, its skill as the final one', () => {
    const story = new Story().customer(1).escalated(2, { tags: ['refund', 'vip'], skill: 'refunds' });
    expect(story.conversation().finalSkill).toBe('refunds');
    expect(story.fold().rows.tags).toMatchObject([
      { tag: 'refund', appliedBy: 'ai', agentId: null, at: minute(2) },
      { tag: 'vip', appliedBy: 'ai' },
    ]);
  });

  test('[S2] a hand-off after the AI’s side had closed takes that verdict back', () => {
    const story = new Story().customer(1).ai(2).resolved(3).escalated(4);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      aiClosedAt: null,
      humanState: 'open',
    });
  });

  test('[S2] in a conversation that began without an AI counts all the same', () => {
    const story = new Story({ withAi: false }).customer(1).escalated(2);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      cycleCount: 1,
      handoffCount: 1,
    });
  });
});

describe('an offered hand-off', () => {
  const offered = (): Story =>
    new Story().customer(1).offered(2, { reasonCode: 'policy', reason: 'Shall I?' }).ai(2);

  test('[S2][O6] without a yes is flagged and is no hand-off', () => {
    expect(offered().conversation()).toMatchObject({
      aiOutcome: 'open',
      handoffOffer: 'offered',
      handoffAt: null,
      handoffCount: 0,
      humanState: null,
    });
    expect(offered().fold().rows.handoffs).toEqual([]);
  });

  test('[S2][O6] with a yes counts from the yes on, with the reason of the offer', () => {
    const story = offered().fact(4, { type: 'handoffAccepted' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffOffer: null,
      handoffAt: minute(4),
      handoffReasonCode: 'policy',
      handoffReason: 'Shall I?',
      humanState: 'open',
      openedAt: minute(4),
    });
    expect(story.fold().rows.handoffs).toMatchObject([
      { method: 'ticket', reasonCode: 'policy', reason: 'Shall I?' },
    ]);
  });

  test('[S2][O6] its skill is the AI’s last one; an offer that names none leaves the one before', () => {
    const skilled = new Story().customer(1).offered(2, { skill: 'returns' });
    expect(skilled.conversation().finalSkill).toBe('returns');
    const second = skilled.fact(3, { type: 'handoffDeclined' }).offered(4, { skill: null });
    expect(second.conversation().finalSkill).toBe('returns');
    expect(second.fact(5, { type: 'handoffAccepted' }).fold().rows.handoffs).toHaveLength(1);
  });

  test('[S2][O6] with a no stays with the AI and stays flagged', () => {
    const story = offered().fact(3, { type: 'handoffDeclined' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'open',
      handoffOffer: 'declined',
      handoffCount: 0,
    });
  });

  test('[O6] a yes after a no is a yes', () => {
    const story = offered().fact(3, { type: 'handoffDeclined' }).fact(5, { type: 'handoffAccepted' });
    expect(story.conversation()).toMatchObject({ aiOutcome: 'notResolvedByAi', handoffReason: 'Shall I?' });
  });

  test('[O5][O6] never answered goes idle like any other, and stays flagged', () => {
    expect(offered().conversation(49 * 60)).toMatchObject({
      aiOutcome: 'resolvedByAi',
      handoffOffer: 'offered',
    });
  });

  test('[S2] answered by an escalation: the yes that follows adds no second hand-off', () => {
    const story = offered()
      .escalated(3)
      .fact(4, { type: 'handoffAccepted' })
      .fact(5, { type: 'handoffDeclined' });
    expect(story.conversation()).toMatchObject({
      handoffCount: 1,
      handoffOffer: null,
      aiOutcome: 'notResolvedByAi',
    });
  });

  test('[S2] a second offer with a yes in an open cycle adds its reason', () => {
    const story = offered()
      .fact(4, { type: 'handoffAccepted' })
      .offered(8, { reason: 'A second matter' })
      .fact(9, { type: 'handoffAccepted' });
    expect(story.conversation()).toMatchObject({
      handoffCount: 2,
      cycleCount: 1,
      handoffReason: 'A second matter',
    });
  });

  test('[I1] a yes without a known offer is a hand-off without a reason', () => {
    const story = new Story().customer(1).fact(2, { type: 'handoffAccepted' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffReason: null,
      humanState: 'open',
    });
  });
});

describe('taking over from the AI', () => {
  test('[S4] is notResolvedByAi by the agent, with a cycle whose clock starts at once for an unanswered customer', () => {
    const story = new Story().customer(1).takeOver(5, BO);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffAt: minute(5),
      handoffBy: 'agent',
      handoffReason: null,
      handoffReadBy: BO,
      humanState: 'open',
      waitingSince: minute(5),
    });
    expect(story.cycle()).toMatchObject({ openedBy: 'agent', openedAt: minute(5), clockStartAt: minute(5) });
    expect(story.fold().rows.handoffs).toMatchObject([{ by: 'agent', reasonCode: null }]);
  });

  test('[S4] after the AI’s answer the clock starts at the customer’s next message', () => {
    const story = new Story().customer(1).ai(2).takeOver(5);
    expect(story.conversation().waitingSince).toBeNull();
    expect(story.cycle().clockStartAt).toBeNull();
    story.agent(6).customer(8).agent(11);
    expect(story.cycle()).toMatchObject({
      clockStartAt: minute(8),
      firstReplyAt: minute(11),
      replyTotal: 180_000,
    });
  });

  test('[S4] notes and system messages do not make an answered customer wait', () => {
    expect(
      new Story().customer(1).ai(2).system(3).note(4).takeOver(5).conversation().waitingSince,
    ).toBeNull();
  });

  test('[S4] an agent’s public message from the source takes over and answers at once', () => {
    const story = new Story().customer(1).agent(4, { authorId: 'bo' });
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffBy: 'agent',
      handoffReadBy: BO,
      waitingSince: null,
    });
    expect(story.cycle()).toMatchObject({
      openedAt: minute(4),
      firstReplyAt: minute(4),
      replyCount: 1,
      replyTotal: 0,
    });
  });

  test('[S4] an agent whom the source does not name takes over too, and nobody has read it', () => {
    const story = new Story().customer(1).agent(4, { authorId: null });
    expect(story.conversation()).toMatchObject({ aiOutcome: 'notResolvedByAi', handoffReadBy: null });
  });

  test('[S4] after only an end message it opens the cycle and leaves the AI’s hand-off as it was', () => {
    const story = new Story()
      .customer(1)
      .escalated(2, { method: 'message', reason: 'Closed today' })
      .takeOver(9);
    expect(story.conversation()).toMatchObject({
      handoffBy: 'ai',
      handoffCount: 1,
      handoffReason: 'Closed today',
      handoffReadBy: ANA,
      humanState: 'open',
    });
  });

  test('[S4] the first reader of an end message’s hand-off stays the first', () => {
    const story = new Story()
      .customer(1)
      .escalated(2, { method: 'message' })
      .fact(3, { type: 'handoffRead', agentId: BO }, 'desk')
      .takeOver(9, ANA);
    expect(story.conversation().handoffReadBy).toBe(BO);
  });

  test('[S4] changes nothing in an open cycle', () => {
    const story = new Story().customer(1).escalated(2).takeOver(3);
    expect(story.conversation()).toMatchObject({
      handoffBy: 'ai',
      handoffCount: 1,
      cycleCount: 1,
      openedAt: minute(2),
    });
  });

  test('[S4] what the AI had closed is reopened by it, with the AI’s outcome kept', () => {
    const story = new Story().customer(1).ai(2).resolved(3).takeOver(10);
    expect(story.conversation()).toMatchObject({
      aiOutcome: 'resolvedByAi',
      humanState: 'open',
      handoffAt: null,
    });
  });
});

describe('reading a hand-off', () => {
  test('[S2] the first reader is kept', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .fact(3, { type: 'handoffRead', agentId: BO }, 'desk')
      .fact(4, { type: 'handoffRead', agentId: ANA }, 'desk');
    expect(story.conversation().handoffReadBy).toBe(BO);
  });

  test('[S2] without a hand-off there is none to read', () => {
    const story = new Story().customer(1).fact(3, { type: 'handoffRead', agentId: BO }, 'desk');
    expect(story.conversation().handoffReadBy).toBeNull();
  });
});
