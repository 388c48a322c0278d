import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type EpochMillis, epochMillis } from '../../../../src/base/time.ts';
import { RANGE_PRESETS, type RangePreset } from '../../../../src/domain/overview/presets.ts';
import {
  type AskedRange,
  daysBefore,
  lastDaysIn,
  MOST_DAYS,
  presetDays,
  resolveRange,
  ZonedDays,
} from '../../../../src/domain/overview/range.ts';
import { dateOf, dayNumber } from '../../../../src/domain/hours/schedule.ts';

const ZONES = ['UTC', 'Asia/Seoul', 'America/Sao_Paulo', 'Europe/Stockholm'];

function day(date: string): number {
  const number = dayNumber(date);
  if (number === null) throw new Error(date);
  return number;
}

function at(text: string): EpochMillis {
  return epochMillis(Temporal.ZonedDateTime.from(text).epochMilliseconds);
}

function days(asked: AskedRange, zone: string, now: EpochMillis): ZonedDays {
  const found = resolveRange(asked, zone, now);
  if (!found.ok) throw new Error(found.error.type);
  return found.value;
}

function preset(name: RangePreset, today: string): readonly [string, string] {
  const { first, last } = presetDays(name, day(today));
  return [dateOf(first), dateOf(last)];
}

describe('presets', () => {
  test('[O2] on 7 June the last 7 days are 1–7 June', () => {
    expect(preset('last7Days', '2026-06-07')).toEqual(['2026-06-01', '2026-06-07']);
  });

  test.each([
    ['today', '2026-06-07', '2026-06-07'],
    ['yesterday', '2026-06-06', '2026-06-06'],
    ['last28Days', '2026-05-11', '2026-06-07'],
    ['last30Days', '2026-05-09', '2026-06-07'],
    ['last90Days', '2026-03-10', '2026-06-07'],
    // A Sunday: the week began on Monday the 1st.
    ['thisWeek', '2026-06-01', '2026-06-07'],
    ['lastWeek', '2026-05-25', '2026-05-31'],
    ['thisMonth', '2026-06-01', '2026-06-07'],
    ['lastMonth', '2026-05-01', '2026-05-31'],
    ['thisQuarter', '2026-04-01', '2026-06-07'],
    ['lastQuarter', '2026-01-01', '2026-03-31'],
    ['thisYear', '2026-01-01', '2026-06-07'],
  ] as const)('[O2] %s on 7 June 2026', (name, from, to) => {
    expect(preset(name, '2026-06-07')).toEqual([from, to]);
  });

  test('[O2] in January the past month and quarter are last year’s; February may have 29 days', () => {
    expect(preset('lastMonth', '2026-01-31')).toEqual(['2025-12-01', '2025-12-31']);
    expect(preset('lastQuarter', '2026-02-01')).toEqual(['2025-10-01', '2025-12-31']);
    expect(preset('lastMonth', '2028-03-05')).toEqual(['2028-02-01', '2028-02-29']);
    expect(preset('thisWeek', '2026-06-01')).toEqual(['2026-06-01', '2026-06-01']);
  });

  test.each(ZONES)('[O2] today is the day that %s shows', (zone) => {
    for (const time of ['00:00:00', '23:59:59']) {
      const now = at(`2026-06-07T${time}[${zone}]`);
      expect(days({ preset: 'today' }, zone, now).range()).toEqual({ from: '2026-06-07', to: '2026-06-07' });
    }
  });

  test('[O2] every preset ends today or before, and is a range', () => {
    for (const name of RANGE_PRESETS) {
      const { first, last } = presetDays(name, day('2026-06-07'));
      expect(first).toBeLessThanOrEqual(last);
      expect(last).toBeLessThanOrEqual(day('2026-06-07'));
    }
  });
});

describe('both ends are included', () => {
  const range = { from: '2026-06-01', to: '2026-06-07' };

  test.each(ZONES)('[O2] 23:59:59 of the last day is in and midnight after it is out, in %s', (zone) => {
    const of = days(range, zone, epochMillis(0));
    expect(of.indexOf(at(`2026-06-07T23:59:59[${zone}]`))).toBe(6);
    expect(of.indexOf(at(`2026-06-07T23:59:59.999[${zone}]`))).toBe(6);
    expect(of.indexOf(at(`2026-06-08T00:00:00[${zone}]`))).toBe(-1);
    expect(of.indexOf(at(`2026-06-01T00:00:00[${zone}]`))).toBe(0);
    expect(of.indexOf(at(`2026-05-31T23:59:59.999[${zone}]`))).toBe(-1);
    expect(of.end).toBe(at(`2026-06-08T00:00:00[${zone}]`));
  });

  test('[O2] a moment is on another day in another zone', () => {
    const moment = at('2026-06-07T23:30:00[America/Sao_Paulo]');
    expect(days(range, 'America/Sao_Paulo', moment).indexOf(moment)).toBe(6);
    expect(days(range, 'Asia/Seoul', moment).indexOf(moment)).toBe(-1);
  });
});

describe('days on which the clock changes', () => {
  test('[O2] São Paulo has no midnight on 2018-11-04: the day begins at one', () => {
    const of = days({ from: '2018-11-03', to: '2018-11-05' }, 'America/Sao_Paulo', epochMillis(0));
    const jump = at('2018-11-04T01:00:00[America/Sao_Paulo]');
    expect(of.starts[1]).toBe(jump);
    expect(of.indexOf(jump - 1)).toBe(0);
    expect(of.indexOf(jump)).toBe(1);
    const lengths = [0, 1, 2].map(
      (index) => ((of.starts[index + 1] ?? 0) - (of.starts[index] ?? 0)) / 3_600_000,
    );
    expect(lengths).toEqual([24, 23, 24]);
  });

  test('[O2] São Paulo’s 2018-02-17 has 25 hours, its last one shown twice', () => {
    const of = days({ from: '2018-02-17', to: '2018-02-18' }, 'America/Sao_Paulo', epochMillis(0));
    const second = at('2018-02-17T23:59:59-03:00[America/Sao_Paulo]');
    const first = at('2018-02-17T23:59:59-02:00[America/Sao_Paulo]');
    expect(second - first).toBe(3_600_000);
    expect([of.indexOf(first), of.indexOf(second), of.indexOf(second + 1_000)]).toEqual([0, 0, 1]);
  });

  test('[O2] Stockholm’s days of spring and autumn have 23 and 25 hours', () => {
    const spring = days({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Stockholm', epochMillis(0));
    const autumn = days({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Stockholm', epochMillis(0));
    expect((spring.end - spring.start) / 3_600_000).toBe(23);
    expect((autumn.end - autumn.start) / 3_600_000).toBe(25);
    expect(autumn.indexOf(at('2026-10-25T23:59:59[Europe/Stockholm]'))).toBe(0);
  });

  test('[O2] Cuba shows one midnight twice: the first begins the day', () => {
    const of = days({ from: '2026-11-01', to: '2026-11-01' }, 'America/Havana', epochMillis(0));
    expect((of.end - of.start) / 3_600_000).toBe(25);
  });

  test('[O2] a day that Samoa skipped holds nothing', () => {
    const of = days({ from: '2011-12-29', to: '2011-12-31' }, 'Pacific/Apia', epochMillis(0));
    expect(of.starts[1]).toBe(of.starts[2]);
    expect(of.indexOf(at('2011-12-31T00:00:00[Pacific/Apia]'))).toBe(2);
    expect(of.indexOf(at('2011-12-29T23:59:59[Pacific/Apia]'))).toBe(0);
  });

  test.each([...ZONES, 'America/St_Johns', 'Asia/Kathmandu', 'Africa/Casablanca'])(
    '[O2] every hour of three years is on the day that the clock shows, in %s',
    (zone) => {
      const of = days({ from: '2017-06-01', to: '2020-05-31' }, zone, epochMillis(0));
      const dates = of.dates();
      for (let moment: number = of.start; moment < of.end; moment += 3_600_000) {
        const shown = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate();
        expect(dates[of.indexOf(moment)]).toBe(shown.toString());
      }
    },
  );
});

describe('the period before', () => {
  test('[O2] is as long, and ends the day before', () => {
    const { first, last } = daysBefore({ first: day('2026-06-01'), last: day('2026-06-07') });
    expect([dateOf(first), dateOf(last)]).toEqual(['2026-05-25', '2026-05-31']);
    expect(daysBefore({ first: 10, last: 10 })).toEqual({ first: 9, last: 9 });
  });

  test('[O2] touches the range: no moment between them, none in both', () => {
    const zone = 'America/Sao_Paulo';
    const of = days({ from: '2018-11-04', to: '2018-11-04' }, zone, epochMillis(0));
    expect(new ZonedDays(zone, daysBefore(of)).end).toBe(of.start);
  });
});

describe('what cannot be asked', () => {
  test('[O2] a day that does not exist, an end before its start, too long a range, no zone', () => {
    const now = epochMillis(0);
    const refused = (from: string, to: string, zone = 'UTC') => {
      const found = resolveRange({ from, to }, zone, now);
      return found.ok ? null : found.error.type;
    };
    expect(refused('2026-02-29', '2026-03-01')).toBe('badRange');
    expect(refused('2026-03-02', '2026-03-01')).toBe('badRange');
    expect(refused('2000-01-01', dateOf(day('2000-01-01') + MOST_DAYS))).toBe('badRange');
    expect(refused('2000-01-01', dateOf(day('2000-01-01') + MOST_DAYS - 1))).toBeNull();
    expect(refused('2026-03-01', '2026-03-01', 'Mars/Olympus')).toBe('badZone');
    expect(refused('2026-03-01', '2026-03-01', '+09:00')).toBe('badZone');
  });
});

test('[K6][O2] in the last 7 days: from the first midnight to the end of today', () => {
  const now = at('2026-06-07T10:00:00[Asia/Seoul]');
  const of = lastDaysIn('Asia/Seoul', 7, now);
  expect([of.start, of.end]).toEqual([
    at('2026-06-01T00:00:00[Asia/Seoul]'),
    at('2026-06-08T00:00:00[Asia/Seoul]'),
  ]);
});
