import { describe, expect, test } from 'vitest';
import { ANA, BO, C1, minute, Story } from '../../support/domain/history.ts';
import { CLEO, closedStory, Office, openStory } from '../../support/mutations/office.ts';

describe('conversation.assign', () => {
  test('[S7] gives the conversation to one agent', () => {
    const office = new Office(openStory());
    office.do('conversation.assign', { assigneeId: BO }, 3);
    expect(office.conversation.assigneeId).toBe(BO);
    expect(office.facts()).toEqual([{ type: 'assigned', assigneeId: BO, agentId: ANA }]);
  });

  test('[S7] the last word counts, whoever had it', () => {
    const office = new Office(openStory().assign(3, ANA));
    office.do('conversation.assign', { assigneeId: BO }, 4, BO);
    expect(office.conversation.assigneeId).toBe(BO);
  });

  test('[S7] to nobody takes it away', () => {
    const office = new Office(openStory().assign(3, ANA));
    office.do('conversation.assign', { assigneeId: null }, 4);
    expect(office.conversation.assigneeId).toBeNull();
  });

  test('what stands already changes nothing and writes no history', () => {
    const office = new Office(openStory().assign(3, BO));
    expect(office.do('conversation.assign', { assigneeId: BO }, 4)).toEqual([]);
    expect(office.model.history()).toEqual([]);
  });

  test('to an unknown agent, or one who has left, is refused', () => {
    const office = new Office(openStory());
    expect(office.refusal('conversation.assign', { assigneeId: 'nobody' }, 4)).toEqual({
      type: 'notFound',
      detail: { agentId: 'nobody' },
    });
    expect(office.refusal('conversation.assign', { assigneeId: CLEO }, 4)).toEqual({
      type: 'invalidState',
      detail: { agentId: CLEO, state: 'inactive' },
    });
  });

  test('[S4] while only the AI has it is refused', () => {
    expect(new Office(new Story().customer(1)).refusal('conversation.assign', { assigneeId: BO }, 4)).toEqual(
      {
        type: 'invalidState',
        detail: { state: 'withAi' },
      },
    );
  });

  test('a closed one can be assigned', () => {
    const office = new Office(closedStory());
    office.do('conversation.assign', { assigneeId: BO }, 9);
    expect(office.conversation).toMatchObject({ assigneeId: BO, humanState: 'closed' });
  });

  test('[Y16] taken back, the assignee before stands again', () => {
    const office = new Office(openStory().assign(3, BO));
    const ran = office.run('conversation.assign', { assigneeId: null }, 4);
    expect(office.undo(ran, 5).ok).toBe(true);
    expect(office.conversation.assigneeId).toBe(BO);
  });

  test('[Y16] not when someone assigned it otherwise since', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.assign', { assigneeId: ANA }, 4);
    office.do('conversation.assign', { assigneeId: BO }, 5, BO);
    expect(office.undo(ran, 6)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { assigneeId: BO } },
    });
  });

  test('[Y16] what changed nothing has nothing to take back', () => {
    expect(new Office(openStory()).run('conversation.assign', { assigneeId: null }, 4).inverse).toBeNull();
    expect(
      new Office().run('conversation.assign', { conversationId: 'x', assigneeId: ANA }, 4).inverse,
    ).toBeNull();
  });
});

describe('conversation.take', () => {
  test('[S7] takes what nobody has', () => {
    const office = new Office(openStory());
    office.do('conversation.take', {}, 3);
    expect(office.conversation.assigneeId).toBe(ANA);
  });

  test('[S7] is refused with the name of whoever took it first', () => {
    const office = new Office(openStory());
    office.do('conversation.take', {}, 3, BO);
    expect(office.refusal('conversation.take', {}, 4)).toEqual({
      type: 'takenBySomeoneElse',
      detail: { agentId: BO },
    });
    expect(office.conversation.assigneeId).toBe(BO);
  });

  test('[S7] of two who took it at once offline, the first to be received has it', () => {
    const office = new Office(openStory());
    const first = office.run('conversation.take', {}, 3, BO);
    const second = office.run('conversation.take', {}, 3, ANA);
    expect([first.result.ok, second.result.ok]).toEqual([true, false]);
  });

  test('[S7] naming the one who has it takes it from them knowingly', () => {
    const office = new Office(openStory().assign(3, BO));
    office.do('conversation.take', { from: BO }, 4);
    expect(office.conversation.assigneeId).toBe(ANA);
  });

  test('[S7] naming another than the one who has it now is refused', () => {
    const office = new Office(openStory().assign(3, BO));
    expect(office.refusal('conversation.take', { from: CLEO }, 4).detail).toEqual({ agentId: BO });
    expect(office.refusal('conversation.take', { from: null }, 4).detail).toEqual({ agentId: BO });
  });

  test('[S7] naming one who gave it up meanwhile takes it all the same', () => {
    const office = new Office(openStory());
    office.do('conversation.take', { from: BO }, 4);
    expect(office.conversation.assigneeId).toBe(ANA);
  });

  test('what one has already changes nothing', () => {
    const office = new Office(openStory().assign(3, ANA));
    expect(office.do('conversation.take', {}, 4)).toEqual([]);
    expect(office.run('conversation.take', {}, 5).inverse).toBeNull();
  });

  test('[S4] what the AI has is taken over, not taken', () => {
    expect(new Office(new Story().customer(1)).refusal('conversation.take', {}, 4).type).toBe('invalidState');
  });

  test('[Y16] taken back, it is whose it was', () => {
    const office = new Office(openStory().assign(3, BO));
    const ran = office.run('conversation.take', { from: BO }, 4);
    expect(office.undo(ran, 5).ok).toBe(true);
    expect(office.conversation.assigneeId).toBe(BO);
  });

  test('of an unknown conversation has neither effect nor inverse', () => {
    const ran = new Office().run('conversation.take', { conversationId: 'x' }, 4);
    expect(ran).toMatchObject({ result: { ok: false, error: { type: 'notFound' } }, inverse: null });
  });
});

describe('conversation.takeOver', () => {
  test('[S4] takes an open conversation from the AI, for oneself', () => {
    const office = new Office(new Story().customer(1));
    office.do('conversation.takeOver', {}, 4);
    expect(office.conversation).toMatchObject({
      aiOutcome: 'notResolvedByAi',
      handoffBy: 'agent',
      handoffAt: minute(4),
      handoffReadBy: ANA,
      assigneeId: ANA,
      humanState: 'open',
      waitingSince: minute(4),
    });
    expect(office.facts()).toMatchObject([{ type: 'takenOver' }, { type: 'assigned', assigneeId: ANA }]);
  });

  test('[S4] after the AI’s answer nobody waits until the customer writes', () => {
    const office = new Office(new Story().customer(1).ai(2));
    office.do('conversation.takeOver', {}, 4);
    expect(office.conversation.waitingSince).toBeNull();
  });

  test('[S7] a colleague’s is refused with their name', () => {
    const office = new Office(new Story().customer(1));
    office.do('conversation.takeOver', {}, 4, BO);
    expect(office.refusal('conversation.takeOver', {}, 5)).toEqual({
      type: 'takenBySomeoneElse',
      detail: { agentId: BO },
    });
  });

  test('[S4] what humans have, or what is closed, cannot be taken over', () => {
    expect(new Office(openStory()).refusal('conversation.takeOver', {}, 5).detail).toEqual({ state: 'open' });
    expect(new Office(closedStory()).refusal('conversation.takeOver', {}, 9).detail).toEqual({
      state: 'closed',
    });
    const resolved = new Office(new Story().customer(1).ai(2).resolved(3));
    expect(resolved.refusal('conversation.takeOver', {}, 9).detail).toEqual({ state: 'closedByAi' });
    const human = new Office(new Story({ withAi: false }));
    expect(human.refusal('conversation.takeOver', {}, 9).detail).toEqual({ state: 'notStarted' });
  });

  test('[S3] an idle one has closed already, swept or not', () => {
    const office = new Office(new Story().customer(1).ai(2));
    expect(office.refusal('conversation.takeOver', {}, 4_000).detail).toEqual({ state: 'closedByAi' });
  });

  test('[S2] one that only got an end message can be taken over', () => {
    const office = new Office(new Story().customer(1).escalated(2, { method: 'message' }));
    office.do('conversation.takeOver', {}, 9);
    expect(office.conversation).toMatchObject({ humanState: 'open', handoffBy: 'ai', assigneeId: ANA });
  });

  test('[S2] is final: it has no inverse', () => {
    const office = new Office(new Story().customer(1));
    expect(office.run('conversation.takeOver', {}, 4).inverse).toBeNull();
    expect(office.model.snapshot(C1).cycle?.openedBy).toBe('agent');
  });
});
