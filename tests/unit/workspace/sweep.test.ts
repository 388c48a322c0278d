import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { DAY, HOUR, MINUTE } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { handedOver, minute, said, started } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

async function conversation(house: House, id: string) {
  const [row] = await house.store.rows('conversation', [[asId<'ConversationId'>(id)]]);
  if (row === undefined || row === null) throw new Error(`no ${id}`);
  return row;
}

function withAi(id: string, at = minute(0)) {
  return [started(id, at), said(id, '1', 'customer', at + 1), said(id, '2', 'ai', at + 2)];
}

describe('letting time pass', () => {
  test('[S3] 47 h 59 m is still open, 48 h is not, and the date is the window’s end', async () => {
    const house = await openHouse();
    await house.ingest(...withAi('c1'));
    const due = minute(0) + 2 + 48 * HOUR;
    house.clock.set(due - MINUTE);
    expect(await house.workspace.sweep()).toEqual({ changed: 0, sent: 0, nextDue: due });
    house.clock.set(due + 10 * DAY);
    expect(await house.workspace.sweep()).toEqual({ changed: 1, sent: 0, nextDue: null });
    expect(await conversation(house, 'c1')).toMatchObject({ aiOutcome: 'resolvedByAi', aiClosedAt: due });
  });

  test('[Y13] sweeping again changes nothing and makes no entry in the log', async () => {
    const house = await openHouse({ now: minute(0) + 5 * DAY });
    await house.ingest(...withAi('c1'));
    const head = await house.store.head();
    expect(await house.workspace.sweep()).toMatchObject({ changed: 0 });
    expect(await house.store.head()).toEqual(head);
  });

  test('[S5] a snooze ends at its time', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const until = house.clock.now() + 2 * HOUR;
    await house.push(mina, 'k', 1, ['conversation.snooze', { conversationId: 'c1', until }]);
    expect(await conversation(house, 'c1')).toMatchObject({ humanState: 'snoozed', snoozedUntil: until });
    expect((await house.workspace.sweep()).nextDue).toBe(until);
    house.clock.set(until);
    expect(await house.workspace.sweep()).toMatchObject({ changed: 1 });
    expect(await conversation(house, 'c1')).toMatchObject({ humanState: 'open', snoozedUntil: null });
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[S3] each source has its own window', async () => {
    const house = await openHouse();
    await house.workspace.setPolicy({
      ...DEFAULT_POLICY,
      idleWindowBySource: { test: 72 * HOUR, quick: HOUR },
    });
    await house.ingest(...withAi('slow'));
    await house.workspace.ingest('quick', { events: withAi('fast') });
    house.clock.set(minute(0) + 2 * HOUR);
    expect(await house.workspace.sweep()).toEqual({
      changed: 1,
      sent: 0,
      nextDue: house.clock.now() + MINUTE,
    });
    expect((await conversation(house, 'fast')).aiOutcome).toBe('resolvedByAi');
    expect((await conversation(house, 'slow')).aiOutcome).toBe('open');
    house.clock.set(minute(0) + 80 * HOUR);
    expect(await house.workspace.sweep()).toMatchObject({ changed: 1 });
    expect((await conversation(house, 'slow')).aiClosedAt).toBe(minute(0) + 2 + 72 * HOUR);
  });

  test('[O5] [S3] a lead sets another window: what is said from then on idles by it, and the books still agree', async () => {
    const house = await openHouse();
    const lea = await house.hire('lea', 'lead');
    const mina = await house.hire('mina');
    const set = (source: string | null, hours: number | null) =>
      ['settings.setIdleWindow', { source, hours }] as const;
    await house.ingest(...withAi('before'));
    house.clock.advance(10 * MINUTE);
    expect((await house.push(mina, 'k', 1, set('test', 1))).outcomes).toMatchObject([
      { status: 'refused', code: 'forbidden' },
    ]);
    expect((await house.push(lea, 'l', 1, set('test', 1))).outcomes).toMatchObject([{ status: 'applied' }]);
    const setAt = house.clock.now();
    house.clock.advance(MINUTE);
    await house.ingest(...withAi('after', setAt));
    house.clock.advance(5 * HOUR);
    expect(await house.workspace.sweep()).toMatchObject({ changed: 1 });
    expect(await conversation(house, 'before')).toMatchObject({ aiOutcome: 'open' });
    expect((await conversation(house, 'after')).aiClosedAt).toBe(setAt + 2 + HOUR);
    // Longer again later: neither what has closed moves, nor what is idle still.
    await house.push(lea, 'l', 2, set('test', 72));
    expect((await house.workspace.check()).damage).toEqual([]);
    house.clock.set(minute(0) + 50 * HOUR);
    expect(await house.workspace.sweep()).toMatchObject({ changed: 1 });
    expect((await conversation(house, 'before')).aiClosedAt).toBe(minute(0) + 2 + 48 * HOUR);
    expect((await conversation(house, 'after')).aiClosedAt).toBe(setAt + 2 + HOUR);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[Y13] thousands are due at once', async () => {
    const house = await openHouse();
    const ids = Array.from({ length: 2_500 }, (_, n) => `c${n}`);
    await house.workspace.ingest('test', { events: ids.flatMap((id) => withAi(id)) });
    house.clock.advance(5 * DAY);
    expect(await house.workspace.sweep()).toEqual({ changed: 2_500, sent: 0, nextDue: null });
  });

  test('[Y13] a conversation without a public message waits for no time', async () => {
    const house = await openHouse();
    await house.ingest(started('c1'));
    house.clock.advance(90 * DAY);
    expect(await house.workspace.sweep()).toEqual({ changed: 0, sent: 0, nextDue: null });
  });

  test('[Y8] desks are told when time changed something', async () => {
    const house = await openHouse();
    await house.ingest(...withAi('c1'));
    const heads: number[] = [];
    house.workspace.onHead((head) => heads.push(head));
    await house.workspace.sweep();
    expect(heads).toEqual([]);
    house.clock.advance(5 * DAY);
    await house.workspace.sweep();
    expect(heads).toEqual([2]);
  });
});
