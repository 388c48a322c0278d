import { describe, expect, test } from 'vitest';
import {
  canSave,
  copyDay,
  firstVersion,
  isOvernight,
  latestFirst,
  nextRange,
  nextVersion,
  problemsOf,
  withDay,
} from '../../../../renderer/desk/features/hours/hours-draft.ts';
import { afterWork, wallOf } from '../../../../renderer/desk/features/hours/preview.ts';
import type { HoursVersion, TimeRange } from '../../../../src/domain/hours/schedule.ts';
import { parseSettings } from '../../../../src/protocol/settings.ts';

const OFFICE = firstVersion('2026-01-01', 'Europe/Stockholm');
const withMonday = (...ranges: TimeRange[]): HoursVersion => withDay(OFFICE, 'mon', ranges);

describe('a version of the business hours', () => {
  test('[T5] starts as Monday to Friday, and can be saved', () => {
    expect(Object.keys(OFFICE.week)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    expect(canSave([OFFICE])).toBe(true);
  });

  test('[T5] a day that is closed is left out, as settings keep it', () => {
    const closed = withDay(OFFICE, 'fri', []);
    expect(Object.hasOwn(closed.week, 'fri')).toBe(false);
    expect(parseSettings({ hours: [closed] }).ok).toBe(true);
  });

  test('[T5] several intervals a day are copied to other days', () => {
    const split = withMonday(['09:00', '12:00'], ['13:00', '18:00']);
    const copied = copyDay(split, 'mon', ['tue', 'sat']);
    expect(copied.week.sat).toEqual(split.week.mon);
    expect(copied.week.tue).toEqual(split.week.mon);
    expect(copied.week.wed).toEqual(OFFICE.week.wed);
    expect(copyDay(withMonday(), 'mon', ['tue']).week.tue).toBeUndefined();
  });

  test.each([
    [[], ['09:00', '18:00']],
    [[['09:00', '12:00']], ['13:00', '16:00']],
    [[['13:00', '22:30']], ['23:30', '24:00']],
    [[['22:00', '24:00']], ['20:00', '23:00']],
  ] as const)('[T5] after %j another interval begins as %j', (ranges, next) => {
    expect(nextRange(ranges)).toEqual(next);
  });

  test('[T5] an interval that closes before it opens goes past midnight', () => {
    expect(isOvernight(['22:00', '06:00'])).toBe(true);
    expect(isOvernight(['09:00', '24:00'])).toBe(false);
    expect(isOvernight(['09:00', 'late'])).toBe(false);
  });
});

describe('what is wrong is said at its place', () => {
  test.each([
    [['25:00', '26:00'], 'notATime'],
    [['9', '12:00'], 'notATime'],
    [['24:00', '06:00'], 'notATime'],
    [['09:00', '09:00'], 'emptyRange'],
  ] as const)('[T5] %j: %s', (range, problem) => {
    const version = withMonday(['06:00', '07:00'], range);
    expect(problemsOf(version, [version])).toEqual({ 'mon.1': problem });
    expect(canSave([version])).toBe(false);
    expect(parseSettings({ hours: [version] }).ok).toBe(false);
  });

  test('[T5] intervals that overlap are told, and can be saved', () => {
    const version = withMonday(['09:00', '12:00'], ['11:00', '18:00']);
    expect(problemsOf(version, [version])).toEqual({ 'mon.1': 'overlap' });
    expect(canSave([version])).toBe(true);
  });

  test('[T5] a day that is none, one that another version has, a zone that is none', () => {
    const bad = { ...OFFICE, validFrom: '2026-02-30', zone: 'Mars/Olympus' };
    expect(problemsOf(bad, [bad])).toEqual({ validFrom: 'notADate', zone: 'notAZone' });
    expect(problemsOf(OFFICE, [OFFICE, { ...OFFICE }])).toEqual({ validFrom: 'repeatedDate' });
  });
});

describe('versions', () => {
  test('[T5] a new one begins today, or on the first free day after', () => {
    expect(nextVersion(OFFICE, [OFFICE], '2026-08-07').validFrom).toBe('2026-08-07');
    const taken = { ...OFFICE, validFrom: '2026-08-07' };
    expect(nextVersion(taken, [taken, OFFICE], '2026-08-07').validFrom).toBe('2026-08-08');
  });

  test('[T5] the latest stands first', () => {
    const later = { ...OFFICE, validFrom: '2026-05-01' };
    expect(latestFirst([OFFICE, later]).map(({ validFrom }) => validFrom)).toEqual([
      '2026-05-01',
      '2026-01-01',
    ]);
  });
});

describe('the preview', () => {
  test('[T5] Friday 16:30 and an hour of work, where the day ends at 17:00, is Monday 09:30', () => {
    const version = copyDay(withMonday(['09:00', '17:00']), 'mon', ['tue', 'wed', 'thu', 'fri']);
    expect(afterWork([version], '2026-08-07T16:30', version.zone, 1)).toBe('2026-08-10T09:30');
  });

  test('[T5] a holiday is passed over, a night shift goes on', () => {
    const holiday = { ...OFFICE, holidays: ['2026-08-10'] };
    expect(afterWork([holiday], '2026-08-07T17:30', holiday.zone, 1)).toBe('2026-08-11T09:30');
    const night = withDay(OFFICE, 'fri', [['22:00', '06:00']]);
    expect(afterWork([night], '2026-08-07T23:00', night.zone, 4)).toBe('2026-08-08T03:00');
  });

  test('[T0] without any hours it never comes; what is no time has no answer', () => {
    const closed: HoursVersion = { ...OFFICE, week: {} };
    expect(afterWork([closed], '2026-08-07T16:30', closed.zone, 1)).toBeNull();
    expect(afterWork([OFFICE], '', OFFICE.zone, 1)).toBeUndefined();
    expect(afterWork([OFFICE], '2026-08-07T16:30', OFFICE.zone, Number.NaN)).toBeUndefined();
  });

  test('[T5] a wall time is the one of the schedule’s zone', () => {
    expect(wallOf(Date.UTC(2026, 7, 7, 14, 30), 'Europe/Stockholm')).toBe('2026-08-07T16:30');
    expect(wallOf(Date.UTC(2026, 7, 7, 14, 30), 'Asia/Seoul')).toBe('2026-08-07T23:30');
  });
});
