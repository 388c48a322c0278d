import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { refoldChanges } from '../../../src/domain/conversation-rows.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { compareEvents, foldHistory, needsRefold } from '../../../src/domain/fold.ts';
import { ANA, C1, eventId, hours, minute, Story } from '../../support/domain/history.ts';
import { Receiver } from '../../support/domain/receive.ts';

/** Handed over at 2, answered at 5, closed by an agent at 20 who had seen all that had come in. */
function closed(): Story {
  return new Story().customer(1).escalated(2).agent(5).close(20);
}

describe('a customer message that came in after the close but is dated before it', () => {
  test('[T8] reopens at that closedAt as the next cycle', () => {
    const story = closed().customer(15);
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      openedAt: minute(20),
      closedAt: null,
      waitingSince: minute(20),
    });
    expect(story.cycle(1)).toMatchObject({ closedAt: minute(20), closedBy: 'agent' });
    expect(story.cycle(2)).toMatchObject({
      openedBy: 'customer',
      openedAt: minute(20),
      clockStartAt: minute(20),
    });
  });

  test('[T2][T8] no cycle counts time before it opened: the reply is measured from that closedAt', () => {
    const story = closed().customer(15).agent(26);
    expect(story.cycle(2)).toMatchObject({ replyTotal: 6 * 60_000, firstReplyAt: minute(26) });
    expect(story.cycle(1)).toMatchObject({ replyCount: 1, replyTotal: 3 * 60_000 });
  });

  test('[T8] a message that had come in before the close reopens nothing', () => {
    const story = new Story().customer(1).escalated(2).customer(15).close(20);
    expect(story.conversation()).toMatchObject({ humanState: 'closed', cycleCount: 1 });
  });

  test('[T8] one unseen message is enough, though the customer’s last one was seen', () => {
    const story = new Story().customer(1).escalated(2).customer(15).close(20).customer(10);
    expect(story.conversation()).toMatchObject({ humanState: 'open', cycleCount: 2, openedAt: minute(20) });
  });

  test('[T8] a late note, agent or AI message reopens nothing', () => {
    expect(closed().note(15).ai(16).agent(17).conversation()).toMatchObject({
      humanState: 'closed',
      cycleCount: 1,
    });
  });

  test('[T8] a close that the source reports, or that is no agent’s, stands', () => {
    const bySource = new Story().customer(1).escalated(2).closedBy(20, 'agent').customer(15);
    expect(bySource.conversation()).toMatchObject({ humanState: 'closed', cycleCount: 1 });
    const byCustomer = new Story()
      .customer(1)
      .escalated(2)
      .fact(20, { type: 'closed', by: 'customer', agentId: null }, 'desk')
      .customer(15);
    expect(byCustomer.conversation().humanState).toBe('closed');
  });

  test('[T8] a later close that knew of it stands', () => {
    const story = closed().customer(15).close(40);
    expect(story.conversation()).toMatchObject({ humanState: 'closed', cycleCount: 2, closedAt: minute(40) });
  });

  test('[S11][T8] undoing that close takes the reopening away with it', () => {
    const story = new Story().customer(1).escalated(2).close(20).undoClose(22).customer(15);
    expect(story.conversation()).toMatchObject({
      humanState: 'open',
      cycleCount: 1,
      waitingSince: minute(2),
    });
    expect(story.cycles()).toHaveLength(1);
  });

  test('[S11][T8] not when something public followed that close', () => {
    const story = new Story().customer(1).escalated(2).close(20).undoClose(24).customer(15).customer(22);
    expect(story.conversation()).toMatchObject({ cycleCount: 2, openedAt: minute(20) });
  });

  test('[T8] one dated after the close reopens at its own time', () => {
    expect(closed().customer(21).conversation()).toMatchObject({ cycleCount: 2, openedAt: minute(21) });
  });

  test('[T8] one dated between two cycles opens the later cycle earlier', () => {
    const story = closed().customer(60).customer(30);
    expect(story.conversation()).toMatchObject({
      cycleCount: 2,
      openedAt: minute(30),
      waitingSince: minute(30),
    });
  });
});

describe('a late event of any other kind', () => {
  test('[T8] an escalation dated before an idle close undoes it', () => {
    const story = new Story().customer(1).ai(2);
    expect(story.conversation(hours(50)).aiOutcome).toBe('resolvedByAi');
    story.escalated(hours(30));
    expect(story.conversation(hours(50))).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      openedAt: minute(hours(30)),
    });
  });

  test('[T8] a customer message before a reply changes what the reply answered', () => {
    const story = new Story().customer(1).escalated(2).agent(3).agent(20).customer(10);
    expect(story.cycle()).toMatchObject({ replyCount: 2, replyTotal: (1 + 10) * 60_000 });
  });

  test('[S8] the first application of a tag stands, also when it comes in later', () => {
    const story = new Story()
      .fact(9, { type: 'tagAdded', tag: 'vip', appliedBy: 'agent', agentId: ANA }, 'desk')
      .fact(4, { type: 'tagAdded', tag: 'vip', appliedBy: 'ai', agentId: null });
    expect(story.fold().rows.tags).toMatchObject([{ tag: 'vip', appliedBy: 'ai', at: minute(4) }]);
  });

  test('[T8] the later of two values stands whichever came in first', () => {
    const story = new Story()
      .fact(9, { type: 'prioritySet', priority: 'high' })
      .fact(4, { type: 'prioritySet', priority: 'low' });
    expect(story.conversation().priority).toBe('high');
  });
});

describe('whether to refold', () => {
  const conversation = { foldedAt: minute(10), foldedId: eventId('e5'), aiClosedAt: null };
  const at = (minutes: number, id: string) => ({
    ...new Story(null).add(minutes, { type: 'handoffAccepted' }),
    id: eventId(id),
  });

  test('[T8] before the last folded event in (at, id): yes; after it: no', () => {
    expect(needsRefold(conversation, at(9, 'e9'))).toBe(true);
    expect(needsRefold(conversation, at(10, 'e4'))).toBe(true);
    expect(needsRefold(conversation, at(10, 'e6'))).toBe(false);
    expect(needsRefold(conversation, at(11, 'a'))).toBe(false);
  });

  test('[T8][T11] before an automatic close that has been carried out: yes', () => {
    const closedByTime = { ...conversation, aiClosedAt: minute(500) };
    expect(needsRefold(closedByTime, at(499, 'z'))).toBe(true);
    expect(needsRefold(closedByTime, at(500, 'z'))).toBe(false);
  });

  test('[T8] a start of a known conversation: yes', () => {
    const [start] = new Story().events;
    if (start === undefined) throw new Error('no start');
    expect(needsRefold(conversation, { ...start, at: minute(99) })).toBe(true);
  });

  test('[T8] events compare by moment, then id, the start before all', () => {
    const [start] = new Story().events;
    if (start === undefined) throw new Error('no start');
    const ordered = [at(2, 'b'), at(2, 'a'), { ...start, at: minute(5) }, at(1, 'z')].sort(compareEvents);
    expect(ordered.map((event) => String(event.id))).toEqual(['e0001', 'z', 'a', 'b']);
    expect(compareEvents(at(2, 'a'), at(2, 'a'))).toBe(0);
  });
});

describe('carrying rows over', () => {
  test('[T8] a refold writes what changed, deletes what is gone, and leaves the rest', () => {
    const before = new Story()
      .customer(1)
      .ai(2)
      .resolved(3, { tags: ['done'] })
      .reopen(30)
      .fold().rows;
    const story = new Story()
      .customer(1)
      .ai(2)
      .resolved(3, { tags: ['done'] })
      .reopen(30)
      .customer(4);
    const changes = refoldChanges(before, story.fold().rows);
    expect(changes.map((change) => [change.table, change.op])).toEqual([
      ['conversation', 'put'],
      ['cycle', 'delete'],
      ['message', 'put'],
    ]);
  });

  test('[T8] every collection is compared by its key', () => {
    const p1 = asId<'ProductId'>('p1');
    const before = new Story()
      .escalated(2)
      .fact(3, { type: 'productClicked', productId: p1 })
      .fact(4, { type: 'profileSet', values: { 'profile.size': 'L' } })
      .fact(5, { type: 'followed', agentId: ANA })
      .fact(6, { type: 'tagAdded', tag: 'a', appliedBy: 'ai', agentId: null })
      .customer(7, { id: 'm' })
      .fold().rows;
    const after = new Story().fold().rows;
    expect(refoldChanges(before, after).slice(1)).toEqual([
      { table: 'cycle', op: 'delete', key: [C1, 1] },
      { table: 'handoff', op: 'delete', key: [C1, 1] },
      { table: 'tag', op: 'delete', key: [C1, 'a'] },
      { table: 'product', op: 'delete', key: [C1, p1] },
      { table: 'fieldValue', op: 'delete', key: [C1, 'profile.size', 0] },
      { table: 'metricEvent', op: 'delete', key: [C1, 'e0002'] },
      { table: 'metricEvent', op: 'delete', key: [C1, 'e0003'] },
      { table: 'follower', op: 'delete', key: [C1, ANA] },
      { table: 'message', op: 'delete', key: ['m'] },
    ]);
    expect(
      refoldChanges(after, before)
        .slice(1)
        .map((change) => change.op),
    ).toEqual(Array(9).fill('put'));
  });

  test('[T11] a received late message ends in the rows of folding it all', () => {
    const story = closed().customer(15);
    const receiver = new Receiver(DEFAULT_POLICY);
    for (const event of story.events) receiver.receive(event);
    expect(receiver.refolds).toBe(1);
    expect(receiver.model.snapshot(C1).conversation).toEqual(
      foldHistory(story.events, DEFAULT_POLICY).rows.conversation,
    );
  });
});
