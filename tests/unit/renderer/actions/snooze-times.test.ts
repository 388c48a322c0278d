import { describe, expect, test } from 'vitest';
import { snoozeUntil } from '../../../../renderer/desk/features/actions/snooze-times.ts';
import { civilTimes } from '../../../../src/i18n/dates.ts';

const stockholm = civilTimes('Europe/Stockholm');
const seoul = civilTimes('Asia/Seoul');
const newYork = civilTimes('America/New_York');
const at = (iso: string): number => Date.parse(iso);
const iso = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();

describe('when a snooze ends', () => {
  test('[S5] in an hour, this evening, tomorrow morning, on Monday morning', () => {
    const friday = at('2026-11-20T13:20:30+01:00');
    expect(iso(snoozeUntil('hour', friday, stockholm))).toBe('2026-11-20T13:20:30.000Z');
    expect(iso(snoozeUntil('tonight', friday, stockholm))).toBe('2026-11-20T17:00:00.000Z');
    expect(iso(snoozeUntil('tomorrow', friday, stockholm))).toBe('2026-11-21T08:00:00.000Z');
    expect(iso(snoozeUntil('monday', friday, stockholm))).toBe('2026-11-23T08:00:00.000Z');
  });

  test('in the evening there is no "this evening", and on a Monday "Monday" is the next one', () => {
    expect(snoozeUntil('tonight', at('2026-11-20T17:30:00+09:00'), seoul)).toBeNull();
    expect(iso(snoozeUntil('monday', at('2026-11-23T10:00:00+09:00'), seoul))).toBe(
      '2026-11-30T00:00:00.000Z',
    );
  });

  test('nine o’clock stays nine o’clock across the nights when clocks change', () => {
    expect(iso(snoozeUntil('tomorrow', at('2026-03-28T20:00:00+01:00'), stockholm))).toBe(
      '2026-03-29T07:00:00.000Z',
    );
    expect(iso(snoozeUntil('tomorrow', at('2026-10-24T23:30:00+02:00'), stockholm))).toBe(
      '2026-10-25T08:00:00.000Z',
    );
    expect(iso(snoozeUntil('tomorrow', at('2026-03-08T00:30:00-05:00'), newYork))).toBe(
      '2026-03-09T13:00:00.000Z',
    );
  });
});
