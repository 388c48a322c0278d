import { describe, expect, test } from 'vitest';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { dateOf, dayNumber, minutesOf, weekdayOf } from '../../../../src/domain/hours/schedule.ts';
import { isZone } from '../../../../src/domain/hours/zone.ts';
import { at, HOUR, MINUTE, office, weekOf } from '../../../support/timings/rules.ts';

/** Open stretches between two moments, as ISO texts without seconds. */
function open(hours: BusinessHours, from: string, to: string): readonly string[] {
  const text = (moment: number): string => new Date(moment).toISOString().slice(0, 16);
  return hours.stretches(at(from), at(to)).map((one) => `${text(one.from)} ${text(one.to)}`);
}

describe('what settings write', () => {
  test('[T5] times of day run from 00:00 to 24:00', () => {
    expect(['00:00', '09:30', '24:00'].map(minutesOf)).toEqual([0, 570, 1_440]);
    expect(['24:01', '9:00', '12:60', '', '12:00:00', '-1:00'].map(minutesOf)).toEqual(Array(6).fill(null));
  });

  test('[T5] a date is one that exists', () => {
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dayNumber('2024-02-29')).toBe(19_782);
    expect(['2023-02-29', '2026-13-01', '26-01-01', '0099-01-01'].map(dayNumber)).toEqual(
      Array(4).fill(null),
    );
    expect(dateOf(19_782)).toBe('2024-02-29');
    expect([-4, -3, 0, 3, 4].map(weekdayOf)).toEqual(['sun', 'mon', 'thu', 'sun', 'mon']);
  });

  test('[T5] a zone is an IANA name', () => {
    expect(['Europe/Stockholm', 'Asia/Seoul', 'UTC'].map(isZone)).toEqual([true, true, true]);
    expect(['Mars/Base', '+09:00', '', 'Europe/'].map(isZone)).toEqual([false, false, false, false]);
  });
});

describe('a week', () => {
  test('[T5] has any number of intervals a day', () => {
    const hours = new BusinessHours([
      office({
        week: {
          mon: [
            ['13:00', '18:00'],
            ['09:00', '12:00'],
            ['20:00', '21:00'],
          ],
        },
      }),
    ]);
    expect(open(hours, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-05T08:00 2026-01-05T11:00',
      '2026-01-05T12:00 2026-01-05T17:00',
      '2026-01-05T19:00 2026-01-05T20:00',
    ]);
    expect(hours.openBetween(at('2026-01-05T00:00Z'), at('2026-01-12T00:00Z'))).toBe(9 * HOUR);
  });

  test('[T5] counts overlapping and touching intervals once', () => {
    const hours = new BusinessHours([
      office({
        week: weekOf([
          ['09:00', '13:00'],
          ['12:00', '15:00'],
          ['15:00', '16:00'],
          ['10:00', '11:00'],
        ]),
      }),
    ]);
    expect(open(hours, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-05T08:00 2026-01-05T15:00',
    ]);
  });

  test('[T5] a shift may cross midnight, into a day that is otherwise closed', () => {
    const hours = new BusinessHours([office({ week: { fri: [['22:00', '06:00']] } })]);
    expect(open(hours, '2026-01-09T00:00Z', '2026-01-12T00:00Z')).toEqual([
      '2026-01-09T21:00 2026-01-10T05:00',
    ]);
    expect(hours.openBetween(at('2026-01-10T00:00Z'), at('2026-01-10T04:30Z'))).toBe(4.5 * HOUR);
  });

  test('[T5] a shift that runs into the next day’s hours counts once', () => {
    const hours = new BusinessHours([
      office({ week: { mon: [['18:00', '10:00']], tue: [['09:00', '12:00']] } }),
    ]);
    expect(hours.openBetween(at('2026-01-05T00:00Z'), at('2026-01-07T00:00Z'))).toBe(18 * HOUR);
  });

  test('[T5] without a break every moment is open', () => {
    const all = weekOf([['00:00', '24:00']], ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    const hours = new BusinessHours([office({ week: all })]);
    const [from, to] = [at('2026-03-01T00:00Z'), at('2026-11-30T00:00Z')];
    expect(hours.openBetween(from, to)).toBe(to - from);
    expect(hours.stretches(from, to)).toEqual([{ from, to }]);
  });

  test('[T5] open across a change of schedule, or of what was asked before, is one stretch', () => {
    const all = weekOf([['00:00', '24:00']], ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    const hours = new BusinessHours([
      office({ week: all, zone: 'UTC' }),
      office({ week: all, zone: 'UTC', validFrom: '2026-06-01' }),
    ]);
    const [from, to] = [at('2026-05-30T00:00Z'), at('2026-06-03T00:00Z')];
    expect(hours.stretches(from, to)).toEqual([{ from, to }]);
    const [earlier, later] = [at('2024-01-01T00:00Z'), at('2028-01-01T00:00Z')];
    expect(hours.stretches(earlier, later)).toEqual([{ from: earlier, to: later }]);
  });

  test('[T5] an interval’s first moment is open, its last is not', () => {
    const hours = new BusinessHours([office({ zone: 'UTC' })]);
    expect(hours.isOpen(at('2026-01-05T09:00Z'))).toBe(true);
    expect(hours.isOpen(at('2026-01-05T08:59:59.999Z'))).toBe(false);
    expect(hours.isOpen(at('2026-01-05T17:59:59.999Z'))).toBe(true);
    expect(hours.isOpen(at('2026-01-05T18:00Z'))).toBe(false);
  });

  test('[T5] a holiday closes what begins on it; the shift of the evening before goes on', () => {
    const hours = new BusinessHours([
      office({ week: weekOf([['20:00', '04:00']]), holidays: ['2026-01-06'], zone: 'UTC' }),
    ]);
    expect(open(hours, '2026-01-05T00:00Z', '2026-01-08T00:00Z')).toEqual([
      '2026-01-05T20:00 2026-01-06T04:00',
      '2026-01-07T20:00 2026-01-08T00:00',
    ]);
  });

  test('[T5] nothing lies between two moments that are one, or the wrong way round', () => {
    const hours = new BusinessHours([office()]);
    const noon = at('2026-01-05T12:00Z');
    expect(hours.openBetween(noon, noon)).toBe(0);
    expect(hours.openBetween(at('2026-01-05T13:00Z'), noon)).toBe(0);
    expect(hours.stretches(noon, noon)).toEqual([]);
  });
});

describe('versions', () => {
  const split = [
    office({ validFrom: '2026-01-07', zone: 'UTC', week: weekOf([['10:00', '11:00']]) }),
    office({ validFrom: '2026-01-01', zone: 'UTC' }),
  ];

  test('[T5] each moment counts under the version in force then, whatever order they are written in', () => {
    const hours = new BusinessHours(split);
    expect(hours.openBetween(at('2026-01-05T00:00Z'), at('2026-01-10T00:00Z'))).toBe((2 * 9 + 3 * 1) * HOUR);
    expect(
      hours.versionsIn(at('2026-01-05T00:00Z'), at('2026-01-10T00:00Z')).map((v) => v.validFrom),
    ).toEqual(['2026-01-01', '2026-01-07']);
    expect(hours.versionsIn(at('2026-01-07T00:00Z'), at('2026-01-10T00:00Z'))).toHaveLength(1);
  });

  test('[T5] before the first valid-from there are no hours', () => {
    const hours = new BusinessHours(split);
    expect(hours.openBetween(at('2025-12-01T00:00Z'), at('2026-01-01T00:00Z'))).toBe(0);
    expect(hours.versionsIn(at('2025-12-01T00:00Z'), at('2025-12-31T00:00Z'))).toEqual([]);
  });

  test('[T5] a shift across the change of versions is cut where the old one ends', () => {
    const hours = new BusinessHours([
      office({ validFrom: '2026-01-01', zone: 'UTC', week: weekOf([['22:00', '06:00']]) }),
      office({ validFrom: '2026-01-07', zone: 'UTC', week: {} }),
    ]);
    expect(open(hours, '2026-01-06T12:00Z', '2026-01-08T00:00Z')).toEqual([
      '2026-01-06T22:00 2026-01-07T00:00',
    ]);
  });

  test('[T5] a version holds from midnight in its own zone', () => {
    const hours = new BusinessHours([
      office({ validFrom: '2026-01-07', zone: 'Asia/Seoul', week: weekOf([['00:00', '24:00']]) }),
    ]);
    expect(open(hours, '2026-01-06T00:00Z', '2026-01-07T00:00Z')).toEqual([
      '2026-01-06T15:00 2026-01-07T00:00',
    ]);
  });

  test('[T5] no versions are no schedule', () => {
    const hours = new BusinessHours([]);
    expect(hours.hasSchedule).toBe(false);
    expect(hours.openBetween(at('2026-01-05T00:00Z'), at('2026-01-10T00:00Z'))).toBe(0);
    expect(hours.stretches(at('2026-01-05T00:00Z'), at('2026-01-10T00:00Z'))).toEqual([]);
    expect(hours.after(at('2026-01-05T00:00Z'), HOUR)).toBeNull();
  });

  test('[T5] what is asked about in any order is the same', () => {
    const days = ['2031-05-05', '2001-05-07', '2026-05-04', '2010-05-03', '2026-05-05', '1999-06-01'];
    const one = new BusinessHours([office()]);
    for (const day of days) {
      const [from, to] = [at(`${day}T06:00Z`), at(`${day}T23:00Z`)];
      expect(one.openBetween(from, to)).toBe(new BusinessHours([office()]).openBetween(from, to));
    }
    expect(one.openBetween(at('2001-05-07T00:00Z'), at('2001-05-08T00:00Z'))).toBe(9 * HOUR);
    expect(one.openBetween(at('1999-01-01T00:00Z'), at('1999-12-31T00:00Z'))).toBe(0);
  });
});

describe('changes of the clock', () => {
  const daily = (zone: string, ...ranges: readonly (readonly [string, string])[]): BusinessHours =>
    new BusinessHours([
      office({
        validFrom: '1980-01-01',
        zone,
        week: weekOf(ranges, ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      }),
    ]);

  test('[T5] a 09:00–18:00 day is 9 h on the day the clocks change, in Stockholm and New York', () => {
    for (const [zone, days] of [
      ['Europe/Stockholm', ['2026-03-29', '2026-10-25']],
      ['America/New_York', ['2026-03-08', '2026-11-01']],
    ] as const) {
      for (const day of days) {
        const hours = daily(zone, ['09:00', '18:00']);
        expect(hours.openBetween(at(`${day}T05:00Z`), at(`${day}T23:59Z`))).toBe(9 * HOUR);
      }
    }
  });

  test('[T5] a night shift is an hour shorter in spring and an hour longer in autumn', () => {
    const stockholm = daily('Europe/Stockholm', ['22:00', '06:00']);
    expect(open(stockholm, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-28T21:00 2026-03-29T04:00',
    ]);
    expect(open(stockholm, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T20:00 2026-10-25T05:00',
    ]);
    const newYork = daily('America/New_York', ['22:00', '06:00']);
    expect(newYork.openBetween(at('2026-03-07T20:00Z'), at('2026-03-08T20:00Z'))).toBe(7 * HOUR);
    expect(newYork.openBetween(at('2026-10-31T20:00Z'), at('2026-11-01T20:00Z'))).toBe(9 * HOUR);
  });

  test('[T5] a time that the clock jumps over is the moment of the jump', () => {
    const opens = daily('Europe/Stockholm', ['02:30', '04:00']);
    expect(open(opens, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-29T01:00 2026-03-29T02:00',
    ]);
    const closes = daily('Europe/Stockholm', ['01:00', '02:30']);
    expect(open(closes, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-29T00:00 2026-03-29T01:00',
    ]);
    const within = daily('Europe/Stockholm', ['02:10', '02:50']);
    expect(open(within, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([]);
  });

  test('[T5] a time that the clock shows twice is the first of the two', () => {
    const opens = daily('Europe/Stockholm', ['02:30', '04:00']);
    expect(open(opens, '2026-10-25T00:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-25T00:30 2026-10-25T03:00',
    ]);
    const closes = daily('Europe/Stockholm', ['01:00', '02:30']);
    expect(open(closes, '2026-10-24T22:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T23:00 2026-10-25T00:30',
    ]);
  });

  test('[T5] the order in which a day’s intervals are written changes nothing on such a day', () => {
    const turned = daily('Europe/Stockholm', ['04:00', '05:00'], ['02:30', '03:00']);
    expect(open(turned, '2026-10-25T00:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-25T00:30 2026-10-25T02:00',
      '2026-10-25T03:00 2026-10-25T04:00',
    ]);
  });

  test('[T5] São Paulo, 4 November 2018: a day without midnight begins at one', () => {
    const hours = daily('America/Sao_Paulo', ['00:00', '08:00']);
    expect(open(hours, '2018-11-03T12:00Z', '2018-11-04T12:00Z')).toEqual([
      '2018-11-04T03:00 2018-11-04T10:00',
    ]);
    const whole = daily('America/Sao_Paulo', ['00:00', '24:00']);
    expect(whole.openBetween(at('2018-11-03T03:00Z'), at('2018-11-06T02:00Z'))).toBe((24 + 23 + 24) * HOUR);
    const night = daily('America/Sao_Paulo', ['23:00', '00:00']);
    expect(open(night, '2018-11-03T12:00Z', '2018-11-04T12:00Z')).toEqual([
      '2018-11-04T02:00 2018-11-04T03:00',
    ]);
  });

  test('[T5] São Paulo, 17 February 2018: the hour before midnight comes twice', () => {
    const late = daily('America/Sao_Paulo', ['22:00', '24:00']);
    expect(late.openBetween(at('2018-02-17T12:00Z'), at('2018-02-18T12:00Z'))).toBe(3 * HOUR);
  });

  test('[T5] Seoul had summer time in 1988, from 8 May to 9 October', () => {
    const hours = daily('Asia/Seoul', ['09:00', '18:00'], ['00:00', '04:00']);
    expect(open(hours, '1988-05-06T22:00Z', '1988-05-08T12:00Z')).toEqual([
      '1988-05-07T00:00 1988-05-07T09:00',
      '1988-05-07T15:00 1988-05-07T18:00',
      '1988-05-07T23:00 1988-05-08T08:00',
    ]);
    expect(hours.openBetween(at('1988-10-08T12:00Z'), at('1988-10-08T20:00Z'))).toBe(5 * HOUR);
    expect(hours.openBetween(at('2026-05-08T15:00Z'), at('2026-05-08T20:00Z'))).toBe(4 * HOUR);
  });

  test('[T5] a change by half an hour counts as it was: Lord Howe', () => {
    const hours = daily('Australia/Lord_Howe', ['01:00', '04:00']);
    expect(hours.openBetween(at('2026-10-03T12:00Z'), at('2026-10-03T20:00Z'))).toBe(150 * MINUTE);
    expect(hours.openBetween(at('2026-04-04T12:00Z'), at('2026-04-04T20:00Z'))).toBe(210 * MINUTE);
  });

  test('[T5] a day that a zone left out has no hours: Apia, 30 December 2011', () => {
    const hours = daily('Pacific/Apia', ['09:00', '18:00']);
    expect(open(hours, '2011-12-29T12:00Z', '2011-12-31T12:00Z')).toEqual([
      '2011-12-29T19:00 2011-12-30T04:00',
      '2011-12-30T19:00 2011-12-31T04:00',
    ]);
  });
});

describe('working time ahead', () => {
  test('[T5] Friday 16:30 and one hour more is Monday 09:30, where Friday closes at 17:00', () => {
    const hours = new BusinessHours([office({ week: weekOf([['09:00', '17:00']]) })]);
    expect(hours.after(at('2026-01-09T15:30Z'), HOUR)).toBe(at('2026-01-12T08:30Z'));
    expect(hours.after(at('2026-01-09T15:30Z'), 30 * MINUTE)).toBe(at('2026-01-09T16:00Z'));
  });

  test('[T5] it leaps over holidays, weekends and what is before the first version', () => {
    const holidays = ['2026-01-12', '2026-01-13'];
    const hours = new BusinessHours([office({ holidays, validFrom: '2026-01-09' })]);
    expect(hours.after(at('2026-01-09T16:30Z'), HOUR)).toBe(at('2026-01-14T08:30Z'));
    expect(hours.after(at('2020-01-01T00:00Z'), HOUR)).toBe(at('2026-01-09T09:00Z'));
    expect(hours.after(at('2026-01-09T09:00Z'), 100 * 9 * HOUR)).not.toBeNull();
  });

  test('[T5] it counts every moment of a long stretch', () => {
    const all = weekOf([['00:00', '24:00']], ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    const [from, length] = [at('2026-01-09T16:30Z'), 1_000 * HOUR];
    expect(new BusinessHours([office({ week: all })]).after(from, length)).toBe(from + length);
  });

  test('[T5] a week without hours never gets there', () => {
    expect(new BusinessHours([office({ week: {} })]).after(at('2026-01-09T15:30Z'), HOUR)).toBeNull();
  });
});
