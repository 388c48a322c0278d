import { describe, expect, test } from 'vitest';
import { ANA, BO, C1, minute, postedFact, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory, wireMinute } from '../../support/mutations/office.ts';

function readThrough(minutes: number): Record<string, unknown> {
  return { readThroughAt: wireMinute(minutes) };
}

describe('conversation.markRead', () => {
  test('remembers how far one agent has read, apart from others', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(1), 9);
    expect(office.marker(ANA)).toEqual({ agentId: ANA, conversationId: C1, readThroughAt: minute(1) });
    expect(office.marker(BO)).toBeNull();
  });

  test('never goes back', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(5), 9);
    expect(office.do('conversation.markRead', readThrough(1), 10)).toEqual([]);
    expect(office.marker()?.readThroughAt).toBe(minute(5));
  });

  test('never reaches beyond the last message: what comes later is unread', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(9_999), 9);
    expect(office.marker()?.readThroughAt).toBe(minute(5));
    office.ingest(20, postedFact('customer', 'news'));
    office.do('conversation.markRead', readThrough(20), 21);
    expect(office.marker()?.readThroughAt).toBe(minute(20));
  });

  test('[S2] the first to read after a hand-off is kept with the conversation', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', readThrough(1), 9, BO);
    expect(office.conversation.handoffReadBy).toBe(BO);
    office.do('conversation.markRead', readThrough(1), 10, ANA);
    expect(office.conversation.handoffReadBy).toBe(BO);
    expect(office.facts()).toEqual([{ type: 'handoffRead', agentId: BO }]);
  });

  test('[S2] while the AI has it, reading leaves no trace but the marker', () => {
    const office = new Office(new Story().customer(1));
    expect(office.do('conversation.markRead', readThrough(1), 9).map((change) => change.table)).toEqual([
      'readMarker',
    ]);
  });

  test('[S2] one who had read as far before the hand-off still counts as its first reader', () => {
    const office = new Office(new Story().customer(1));
    office.do('conversation.markRead', readThrough(1), 2);
    office.ingest(3, {
      type: 'escalated',
      method: 'live',
      reasonCode: null,
      reason: null,
      tags: [],
      skill: null,
    });
    office.do('conversation.markRead', readThrough(1), 4);
    expect(office.conversation.handoffReadBy).toBe(ANA);
  });

  test('[T6] moves no clock and no message column', () => {
    const office = new Office(openStory());
    const before = office.conversation;
    office.do('conversation.markRead', readThrough(1), 9);
    const { handoffReadBy, foldedAt, foldedId } = office.conversation;
    expect(office.conversation).toEqual({ ...before, handoffReadBy, foldedAt, foldedId });
  });

  test('of a conversation without messages marks its start', () => {
    const office = new Office(new Story());
    office.do('conversation.markRead', readThrough(9), 9);
    expect(office.marker()?.readThroughAt).toBe(minute(0));
  });

  test('of an unknown conversation is refused; it has no inverse', () => {
    const ran = new Office().run('conversation.markRead', { ...readThrough(1), conversationId: 'x' }, 9);
    expect(ran).toMatchObject({ result: { ok: false, error: { type: 'notFound' } }, inverse: null });
  });
});

describe('conversation.markUnread', () => {
  test('makes the last message unread', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(5), 9);
    office.do('conversation.markUnread', {}, 10);
    expect(office.marker()?.readThroughAt).toBe(minute(5) - 1);
  });

  test('what is unread stays as it is', () => {
    const office = new Office(openStory().customer(5));
    expect(office.do('conversation.markUnread', {}, 9)).toEqual([]);
    office.do('conversation.markRead', readThrough(1), 9);
    expect(office.do('conversation.markUnread', {}, 10)).toEqual([]);
    expect(office.marker()?.readThroughAt).toBe(minute(1));
  });

  test('touches neither history nor colleagues', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', readThrough(1), 9, BO);
    office.do('conversation.markRead', readThrough(1), 9, ANA);
    const changes = office.do('conversation.markUnread', {}, 10, ANA);
    expect(changes.map((change) => change.table)).toEqual(['readMarker']);
    expect(office.marker(BO)?.readThroughAt).toBe(minute(1));
  });

  test('[Y16] taken back, it is read as far as before', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', readThrough(1), 9);
    const ran = office.run('conversation.markUnread', {}, 10);
    expect(office.undo(ran, 11).ok).toBe(true);
    expect(office.marker()?.readThroughAt).toBe(minute(1));
    expect(new Office(openStory()).run('conversation.markUnread', {}, 9).inverse).toBeNull();
  });

  test('[Y16] taken back and done again, it is unread again, as often as one likes', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(5), 9);
    let ran = office.run('conversation.markUnread', {}, 10);
    for (const [at, readThroughAt] of [minute(5), minute(5) - 1, minute(5), minute(5) - 1].entries()) {
      const { name, args } = ran.inverse ?? { name: 'noop', args: {} };
      ran = office.run(name as 'conversation.markRead', args as Record<string, unknown>, 11 + at);
      expect(office.marker()?.readThroughAt).toBe(readThroughAt);
    }
  });

  test('[Y16] done again after the customer wrote, only what came since and the one before are as they were', () => {
    const office = new Office(openStory().customer(5));
    office.do('conversation.markRead', readThrough(5), 9);
    const ran = office.run('conversation.markUnread', {}, 10);
    office.undo(ran, 11);
    office.ingest(12, postedFact('customer', 'news'));
    office.do('conversation.markUnread', {}, 13);
    expect(office.marker()?.readThroughAt).toBe(minute(5));
  });

  test('of an unknown conversation is refused', () => {
    expect(new Office().refusal('conversation.markUnread', { conversationId: 'x' }, 9).type).toBe('notFound');
  });
});

describe('conversation.follow and conversation.unfollow', () => {
  const followers = (office: Office): readonly unknown[] =>
    office.model.rows(C1).followers.map((row) => row.agentId);

  test('[S7] any number of agents follow without owning', () => {
    const office = new Office(closedStory());
    office.do('conversation.follow', {}, 9, ANA);
    office.do('conversation.follow', {}, 10, BO);
    office.do('conversation.follow', {}, 11, ANA);
    expect(followers(office)).toEqual([ANA, BO]);
    expect(office.conversation.assigneeId).toBeNull();
  });

  test('[S7] and stop on their own', () => {
    const office = new Office(openStory());
    office.do('conversation.follow', {}, 9, ANA);
    office.do('conversation.follow', {}, 9, BO);
    office.do('conversation.unfollow', {}, 10, ANA);
    expect(followers(office)).toEqual([BO]);
  });

  test('[Y16] each takes the other back', () => {
    const office = new Office(openStory());
    const followed = office.run('conversation.follow', {}, 9);
    office.undo(followed, 10);
    expect(followers(office)).toEqual([]);
    office.do('conversation.follow', {}, 11);
    office.undo(office.run('conversation.unfollow', {}, 12), 13);
    expect(followers(office)).toEqual([ANA]);
  });

  test('of an unknown conversation is refused', () => {
    expect(new Office().refusal('conversation.follow', { conversationId: 'x' }, 9).type).toBe('notFound');
    expect(new Office().refusal('conversation.unfollow', { conversationId: 'x' }, 9).type).toBe('notFound');
  });
});
