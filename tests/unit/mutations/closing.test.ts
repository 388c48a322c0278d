import { describe, expect, test } from 'vitest';
import { ANA, BO, C1, minute, postedFact, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory } from '../../support/mutations/office.ts';

const CLOSE = { seenCustomerMessageId: 'm1' };

describe('conversation.close', () => {
  test('[S6] closes when the agent saw the customer’s last message', () => {
    const office = new Office(openStory().assign(3, BO));
    office.do('conversation.close', CLOSE, 8);
    expect(office.conversation).toMatchObject({
      humanState: 'closed',
      closedAt: minute(8),
      closedBy: 'agent',
    });
    expect(office.model.snapshot(C1).cycle).toMatchObject({ closedByAgentId: ANA, assigneeAtCloseId: BO });
  });

  test('[S6] a close is refused when the customer wrote after the last message the agent saw', () => {
    const office = new Office(openStory().customer(4, { id: 'new' }));
    expect(office.refusal('conversation.close', CLOSE, 8)).toEqual({
      type: 'newCustomerMessage',
      detail: { messageId: 'new' },
    });
    expect(office.conversation).toMatchObject({ humanState: 'open', closedAt: null });
    expect(office.model.history()).toEqual([]);
  });

  test('[S6] a close that names nothing is refused when the customer wrote at all', () => {
    const office = new Office(openStory());
    expect(office.refusal('conversation.close', { seenCustomerMessageId: null }, 8).type).toBe(
      'newCustomerMessage',
    );
  });

  test('[S6] where the customer never wrote, nothing needs to be named', () => {
    const office = new Office(new Story({ withAi: false }).agent(1));
    office.do('conversation.close', { seenCustomerMessageId: null }, 8);
    expect(office.conversation.humanState).toBe('closed');
  });

  test('[S6] messages of agents, the AI and the system after it do not matter', () => {
    const office = new Office(openStory().agent(3).ai(4).system(5).note(6));
    expect(office.run('conversation.close', CLOSE, 8).result.ok).toBe(true);
  });

  test('[S6] a colleague’s close first is refused with their name', () => {
    const office = new Office(openStory());
    office.do('conversation.close', CLOSE, 8, BO);
    expect(office.refusal('conversation.close', CLOSE, 9)).toEqual({
      type: 'invalidState',
      detail: { state: 'closed', agentId: BO },
    });
  });

  test('a snoozed one can be closed, what the AI has cannot', () => {
    expect(new Office(openStory().snooze(3, 900)).run('conversation.close', CLOSE, 8).result.ok).toBe(true);
    expect(new Office(new Story().customer(1)).refusal('conversation.close', CLOSE, 8)).toEqual({
      type: 'invalidState',
      detail: { state: 'withAi', agentId: null },
    });
  });

  test('[T8] in the moment of the last event it still comes after it', () => {
    const office = new Office(openStory());
    office.do('conversation.close', CLOSE, 2);
    expect(office.conversation).toMatchObject({ humanState: 'closed', closedAt: minute(2) });
  });

  test('[Y16] what is not open has no close to take back', () => {
    expect(new Office(closedStory()).run('conversation.close', CLOSE, 8).inverse).toBeNull();
    expect(new Office().run('conversation.close', { ...CLOSE, conversationId: 'x' }, 8).inverse).toBeNull();
  });
});

describe('conversation.undoClose', () => {
  test('[S11][Y16] restores the same cycle', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.close', CLOSE, 8);
    expect(ran.inverse).toEqual({ name: 'conversation.undoClose', args: { conversationId: C1, cycle: 1 } });
    expect(office.undo(ran, 9).ok).toBe(true);
    expect(office.conversation).toMatchObject({
      humanState: 'open',
      cycleCount: 1,
      closedAt: null,
      waitingSince: minute(2),
    });
  });

  test('[S11] close, undo, close is one cycle', () => {
    const office = new Office(openStory());
    office.undo(office.run('conversation.close', CLOSE, 8), 9);
    office.do('conversation.close', CLOSE, 20);
    expect(office.conversation).toMatchObject({ cycleCount: 1, closedAt: minute(20) });
  });

  test('[S11] is refused when the customer wrote since: their cycle stands', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.close', CLOSE, 8);
    office.ingest(9, postedFact('customer', 'again'));
    expect(office.undo(ran, 10)).toEqual({ ok: false, error: { type: 'changedSince' } });
    expect(office.conversation).toMatchObject({ cycleCount: 2, humanState: 'open' });
  });

  test('[S11] is refused when anything public followed', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.close', CLOSE, 8);
    office.ingest(9, postedFact('ai', 'bye'));
    expect(office.undo(ran, 10).ok).toBe(false);
  });

  test('[Y16] is refused for a colleague’s close, and for another cycle', () => {
    const office = new Office(openStory());
    office.do('conversation.close', CLOSE, 8, BO);
    expect(office.refusal('conversation.undoClose', { cycle: 1 }, 9).type).toBe('changedSince');
    expect(office.refusal('conversation.undoClose', { cycle: 2 }, 9, BO).type).toBe('changedSince');
    expect(office.run('conversation.undoClose', { cycle: 1 }, 9, BO).result.ok).toBe(true);
  });

  test('[Y16] is refused where nothing is closed', () => {
    expect(new Office(openStory()).refusal('conversation.undoClose', { cycle: 1 }, 9).type).toBe(
      'changedSince',
    );
    expect(new Office().refusal('conversation.undoClose', { cycle: 1 }, 9).type).toBe('changedSince');
  });

  test('[Y16] can itself be taken back: closed again, if the customer has not written', () => {
    const office = new Office(openStory());
    office.do('conversation.close', CLOSE, 8);
    const undone = office.run('conversation.undoClose', { cycle: 1 }, 9);
    expect(undone.inverse).toEqual({
      name: 'conversation.close',
      args: { conversationId: C1, seenCustomerMessageId: 'm1', cycle: 1 },
    });
    expect(office.undo(undone, 10).ok).toBe(true);
    expect(office.conversation).toMatchObject({ humanState: 'closed', cycleCount: 1 });
    expect(new Office(openStory()).run('conversation.undoClose', { cycle: 1 }, 9).inverse).toBeNull();
  });

  test('[Y16] doing a close again is refused once a colleague has closed, or the customer has written in another cycle', () => {
    const office = new Office(openStory());
    office.do('conversation.close', CLOSE, 8);
    const undone = office.run('conversation.undoClose', { cycle: 1 }, 9);
    office.do('conversation.close', CLOSE, 10, BO);
    expect(office.undo(undone, 11)).toEqual({ ok: false, error: { type: 'changedSince' } });
    office.do('conversation.reopen', {}, 12, BO);
    expect(office.conversation).toMatchObject({ humanState: 'open', cycleCount: 2 });
    expect(office.undo(undone, 13)).toEqual({ ok: false, error: { type: 'changedSince' } });
    expect(office.conversation.humanState).toBe('open');
  });
});

describe('conversation.reopen', () => {
  test('[T1] opens the next cycle, whose clock waits for the customer', () => {
    const office = new Office(closedStory());
    office.do('conversation.reopen', {}, 20);
    expect(office.conversation).toMatchObject({ humanState: 'open', cycleCount: 2, waitingSince: null });
  });

  test('opens a human cycle where the AI had closed', () => {
    const office = new Office(new Story().customer(1).ai(2).resolved(3));
    office.do('conversation.reopen', {}, 20);
    expect(office.conversation).toMatchObject({
      humanState: 'open',
      cycleCount: 1,
      aiOutcome: 'resolvedByAi',
    });
  });

  test('is refused where there is nothing closed', () => {
    expect(new Office(openStory()).refusal('conversation.reopen', {}, 9).detail).toEqual({ state: 'open' });
    expect(new Office(openStory().snooze(3, 900)).refusal('conversation.reopen', {}, 9).detail).toEqual({
      state: 'snoozed',
    });
    expect(new Office(new Story().customer(1)).refusal('conversation.reopen', {}, 9).detail).toEqual({
      state: 'withAi',
    });
  });

  test('[Y16] of an unknown conversation there is nothing to take back', () => {
    expect(new Office().run('conversation.reopen', { conversationId: 'x' }, 4).inverse).toBeNull();
  });
});

describe('conversation.undoReopen', () => {
  test('[S11][Y16] takes the cycle away again and closes as it was', () => {
    const office = new Office(closedStory());
    const ran = office.run('conversation.reopen', {}, 20);
    expect(office.undo(ran, 21).ok).toBe(true);
    expect(office.conversation).toMatchObject({
      humanState: 'closed',
      cycleCount: 1,
      closedAt: minute(6),
      closedBy: 'agent',
    });
    expect(office.model.rows(C1).cycles).toHaveLength(1);
  });

  test('[S11] where the AI had closed leaves no cycle', () => {
    const office = new Office(new Story().customer(1).ai(2).resolved(3));
    office.undo(office.run('conversation.reopen', {}, 20), 21);
    expect(office.conversation).toMatchObject({ humanState: null, cycleCount: 0, aiOutcome: 'resolvedByAi' });
  });

  test('[S11] is refused when something public followed', () => {
    const office = new Office(closedStory());
    const ran = office.run('conversation.reopen', {}, 20);
    office.ingest(21, postedFact('customer', 'thanks'));
    expect(office.undo(ran, 22)).toEqual({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Y16] is refused once it is closed again, or for another cycle', () => {
    const office = new Office(closedStory());
    const ran = office.run('conversation.reopen', {}, 20);
    expect(office.refusal('conversation.undoReopen', { cycle: 1 }, 21).type).toBe('changedSince');
    office.do('conversation.close', CLOSE, 22);
    expect(office.undo(ran, 23).ok).toBe(false);
  });

  test('[Y16] can itself be taken back', () => {
    const office = new Office(closedStory());
    office.do('conversation.reopen', {}, 20);
    const undone = office.run('conversation.undoReopen', { cycle: 2 }, 21);
    expect(office.undo(undone, 22).ok).toBe(true);
    expect(office.conversation).toMatchObject({ humanState: 'open', cycleCount: 2, openedAt: minute(22) });
  });

  test('[Y16] doing a reopening again is refused once a colleague reopened and closed it', () => {
    const office = new Office(closedStory());
    office.do('conversation.reopen', {}, 20);
    const undone = office.run('conversation.undoReopen', { cycle: 2 }, 21);
    office.do('conversation.reopen', {}, 22, BO);
    expect(office.undo(undone, 23)).toEqual({ ok: false, error: { type: 'changedSince' } });
    office.do('conversation.close', CLOSE, 24, BO);
    expect(office.undo(undone, 25)).toEqual({ ok: false, error: { type: 'changedSince' } });
    expect(office.conversation).toMatchObject({ humanState: 'closed', cycleCount: 2 });
  });
});
