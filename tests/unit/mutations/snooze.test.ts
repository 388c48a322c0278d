import { describe, expect, test } from 'vitest';
import { C1, minute, postedFact, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory, wireMinute } from '../../support/mutations/office.ts';

const UNTIL = { until: wireMinute(100) };

describe('conversation.snooze', () => {
  test('[S5] sets an open conversation aside until its time', () => {
    const office = new Office(openStory());
    office.do('conversation.snooze', UNTIL, 9);
    expect(office.conversation).toMatchObject({ humanState: 'snoozed', snoozedUntil: minute(100) });
  });

  test('[S5] can be moved; the same time again changes nothing', () => {
    const office = new Office(openStory().snooze(3, 50));
    office.do('conversation.snooze', UNTIL, 9);
    expect(office.conversation.snoozedUntil).toBe(minute(100));
    expect(office.do('conversation.snooze', UNTIL, 10)).toEqual([]);
  });

  test('[S5][T8] whose time passed while the desk was offline is no mistake: it is awake at once', () => {
    const office = new Office(openStory());
    office.do('conversation.snooze', UNTIL, 300);
    expect(office.conversation).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] needs an open conversation', () => {
    expect(new Office(closedStory()).refusal('conversation.snooze', UNTIL, 9).detail).toEqual({
      state: 'closed',
    });
    expect(new Office(new Story().customer(1)).refusal('conversation.snooze', UNTIL, 9).detail).toEqual({
      state: 'withAi',
    });
  });

  test('[Y16] taken back, it is awake again', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.snooze', UNTIL, 9);
    expect(ran.inverse).toEqual({
      name: 'conversation.wake',
      args: { conversationId: C1, expect: minute(100) },
    });
    expect(office.undo(ran, 10).ok).toBe(true);
    expect(office.conversation).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[Y16] a moved one goes back to the time before', () => {
    const office = new Office(openStory().snooze(3, 50));
    const ran = office.run('conversation.snooze', UNTIL, 9);
    expect(office.undo(ran, 10).ok).toBe(true);
    expect(office.conversation.snoozedUntil).toBe(minute(50));
  });

  test('[Y16] not when it woke since, or was moved', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.snooze', UNTIL, 9);
    office.ingest(10, postedFact('customer', 'here I am'));
    expect(office.undo(ran, 11)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { until: null } },
    });
    const moved = new Office(openStory().snooze(3, 50));
    const second = moved.run('conversation.snooze', UNTIL, 9);
    moved.do('conversation.snooze', { until: wireMinute(200) }, 10);
    expect(moved.undo(second, 11).ok).toBe(false);
  });

  test('[Y16] what changed nothing has nothing to take back', () => {
    expect(new Office(openStory().snooze(3, 100)).run('conversation.snooze', UNTIL, 9).inverse).toBeNull();
    expect(new Office().run('conversation.snooze', { ...UNTIL, conversationId: 'x' }, 9).inverse).toBeNull();
  });

  test('a time that is none is refused', () => {
    const office = new Office(openStory());
    for (const until of ['tomorrow', -1, 1.5, null, Number.NaN])
      expect(office.refusal('conversation.snooze', { until }, 9)).toEqual({
        type: 'invalidArguments',
        detail: { path: 'until' },
      });
  });
});

describe('conversation.wake', () => {
  test('[S5] ends a snooze before its time', () => {
    const office = new Office(openStory().snooze(3, 100));
    office.do('conversation.wake', {}, 9);
    expect(office.conversation).toMatchObject({ humanState: 'open', snoozedUntil: null });
  });

  test('[S5] what woke by itself stays awake, with nothing written', () => {
    const office = new Office(openStory().snooze(3, 100));
    expect(office.do('conversation.wake', {}, 200)).toEqual([]);
    expect(new Office(openStory()).do('conversation.wake', {}, 9)).toEqual([]);
  });

  test('needs an open cycle', () => {
    expect(new Office(closedStory()).refusal('conversation.wake', {}, 9).detail).toEqual({ state: 'closed' });
    expect(new Office(new Story().customer(1)).refusal('conversation.wake', {}, 9).type).toBe('invalidState');
  });

  test('[Y16] taken back, it sleeps until the same time; not when it is snoozed anew', () => {
    const office = new Office(openStory().snooze(3, 100));
    const ran = office.run('conversation.wake', {}, 9);
    expect(office.undo(ran, 10).ok).toBe(true);
    expect(office.conversation).toMatchObject({ humanState: 'snoozed', snoozedUntil: minute(100) });
    expect(office.undo(ran, 11)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Y16] what is awake has nothing to take back', () => {
    expect(new Office(openStory()).run('conversation.wake', {}, 9).inverse).toBeNull();
  });
});
