import { describe, expect, test } from 'vitest';
import { exportDuration } from '../../../src/i18n/durations.ts';
import { createFormats, type Formats } from '../../../src/i18n/formats.ts';
import { SHIPPED, shippedI18n } from './support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Saturday, 21 November 2026, 15:05 in Seoul. */
const AT = Date.UTC(2026, 10, 21, 6, 5);

function formats(tag: string, timeZone = 'Asia/Seoul'): Formats {
  return createFormats(shippedI18n(tag).t, tag, timeZone);
}

/** NBSP and narrow NBSP, which some languages group digits with. */
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

describe('durations in lists', () => {
  test.each([
    ['en', ['1 min', '59 min', '1 h', '23 h', '1 d', '9 d']],
    ['ko', ['1분', '59분', '1시간', '23시간', '1일', '9일']],
    ['pt-BR', ['1 min', '59 min', '1 h', '23 h', '1 d', '9 d']],
    ['sv', ['1 min', '59 min', '1 tim', '23 tim', '1 d', '9 d']],
  ])(
    '[T12] [C4] %s: under a minute reads one minute, then the largest unit alone, rounded down',
    (tag, expected) => {
      const lengths = [0, 59 * MINUTE + 59_999, HOUR, DAY - 1, DAY, 9 * DAY + 5 * HOUR];
      expect(lengths.map((length) => formats(tag).compact(length))).toEqual(expected);
    },
  );

  test('[C4] 42 seconds are one minute and not none', () => {
    expect(formats('en').compact(42_000)).toBe('1 min');
    expect(formats('en').duration(42_000)).toBe('1 min');
    expect(formats('en').spoken(42_000)).toBe('1 minute');
  });

  test('a clock that runs behind gives no negative age', () => {
    expect(formats('en').age(AT + 5 * MINUTE, AT)).toBe('1 min');
  });

  test.each([
    ['en', '2 h 5 min', '1 d 2 h', '3 h'],
    ['ko', '2시간 5분', '1일 2시간', '3시간'],
    ['pt-BR', '2 h 5 min', '1 d 2 h', '3 h'],
    ['sv', '2 tim 5 min', '1 d 2 tim', '3 tim'],
  ])('%s: two units, the second left out when it is zero', (tag, hours, days, round) => {
    const { duration } = formats(tag);
    expect([duration(2 * HOUR + 5 * MINUTE), duration(DAY + 2 * HOUR), duration(3 * HOUR)]).toEqual([
      hours,
      days,
      round,
    ]);
  });

  test.each([
    ['en', '1 hour 1 minute', '2 days 3 hours'],
    ['ko', '1시간 1분', '2일 3시간'],
    ['pt-BR', '1 hora e 1 minuto', '2 dias e 3 horas'],
    ['sv', '1 timme och 1 minut', '2 dagar och 3 timmar'],
  ])('%s: spoken in full with its plurals', (tag, short, long) => {
    expect(formats(tag).spoken(HOUR + MINUTE)).toBe(short);
    expect(formats(tag).spoken(2 * DAY + 3 * HOUR + 9 * MINUTE)).toBe(long);
  });

  test.each([
    ['en', ['0 s', '45 s', '1 h', '1 h 0 min 5 s', '65 h 30 min']],
    ['ko', ['0초', '45초', '1시간', '1시간 0분 5초', '65시간 30분']],
    ['pt-BR', ['0 s', '45 s', '1 h', '1 h 0 min 5 s', '65 h 30 min']],
    ['sv', ['0 s', '45 s', '1 tim', '1 tim 0 min 5 s', '65 tim 30 min']],
  ])('[T10] %s: to the second, where parts must add up', (tag, expected) => {
    const seconds = [0, 45, 3_600, 3_605, 65.5 * 3_600];
    expect(seconds.map((length) => formats(tag).exact(length))).toEqual(expected);
  });

  test('[T12] exports write every unit, in every language the same', () => {
    expect([0, 42_999, 49 * HOUR, -5].map(exportDuration)).toEqual([
      '0h 0m 0s',
      '0h 0m 42s',
      '49h 0m 0s',
      '0h 0m 0s',
    ]);
  });
});

describe('moments', () => {
  test('[F1] a day without a zone is the same day everywhere, and what is none stays as it is', () => {
    expect(formats('en', 'Pacific/Kiritimati').day('2026-02-28')).toBe('Feb 28, 2026');
    expect(formats('sv', 'Pacific/Pago_Pago').day('2026-02-28', 'weekday')).toBe('lör 28 feb.');
    expect(formats('en').day('2026-02-30')).toBe('2026-02-30');
    expect(formats('en').day('soon')).toBe('soon');
  });

  test.each([
    ['en', '3:05 PM', 'Nov 21', 'Nov 21, 2026', '11/21/2026', 'Sat, Nov 21'],
    ['ko', '오후 3:05', '11월 21일', '2026년 11월 21일', '2026. 11. 21.', '11월 21일 (토)'],
    ['pt-BR', '15:05', '21 de nov.', '21 de nov. de 2026', '21/11/2026', 'sáb., 21 de nov.'],
    ['sv', '15:05', '21 nov.', '21 nov. 2026', '2026-11-21', 'lör 21 nov.'],
  ])('%s: by its own pattern, and not by the engine’s', (tag, time, day, year, numeric, weekday) => {
    const f = formats(tag);
    expect(f.time(AT)).toBe(time);
    expect(f.date(AT)).toBe(day);
    expect(f.date(AT, 'dayMonthYear')).toBe(year);
    expect(f.date(AT, 'numeric')).toBe(numeric);
    expect(f.date(AT, 'weekday')).toBe(weekday);
  });

  test('midnight and noon of the twelve-hour clock', () => {
    const f = formats('en', 'UTC');
    expect(f.time(Date.UTC(2026, 0, 1, 0, 9))).toBe('12:09 AM');
    expect(f.time(Date.UTC(2026, 0, 1, 12, 0))).toBe('12:00 PM');
    expect(f.time(Date.UTC(2026, 0, 1, 23, 59))).toBe('11:59 PM');
  });

  test('the zone decides the day', () => {
    const late = Date.UTC(2026, 10, 21, 23, 30);
    expect(formats('sv', 'Europe/Stockholm').date(late)).toBe('22 nov.');
    expect(formats('sv', 'America/Sao_Paulo').date(late)).toBe('21 nov.');
  });

  test('the hour follows daylight saving', () => {
    const before = Date.UTC(2026, 2, 29, 0, 30);
    const f = formats('sv', 'Europe/Stockholm');
    expect([f.time(before), f.time(before + HOUR)]).toEqual(['01:30', '03:30']);
  });

  test('near moments say the day in words', () => {
    const f = formats('en');
    expect(f.dateTime(AT, AT)).toBe('3:05 PM');
    expect(f.dateTime(AT - DAY, AT)).toBe('Yesterday, 3:05 PM');
    expect(f.dateTime(AT + DAY, AT)).toBe('Tomorrow, 3:05 PM');
    expect(f.dateTime(AT - 3 * DAY, AT)).toBe('Nov 18, 3:05 PM');
    expect(f.dateTime(AT - 400 * DAY, AT)).toBe('Oct 17, 2025, 3:05 PM');
  });

  test('yesterday is a calendar day, not 24 hours', () => {
    const f = formats('en', 'UTC');
    const now = Date.UTC(2026, 10, 21, 0, 10);
    expect(f.dateTime(now - 20 * MINUTE, now)).toBe('Yesterday, 11:50 PM');
  });

  test('an age becomes a date after a week, with its year when that is another', () => {
    const f = formats('en');
    expect(f.age(AT - 7 * DAY + 1, AT)).toBe('6 d');
    expect(f.age(AT - 7 * DAY, AT)).toBe('Nov 14');
    expect(f.age(AT - 400 * DAY, AT)).toBe('10/17/2025');
  });
});

describe('numbers', () => {
  test.each([
    ['en', '1,234,567.5', '42.3%'],
    ['ko', '1,234,567.5', '42.3%'],
    ['pt-BR', '1.234.567,5', '42,3%'],
    ['sv', '1 234 567,5', '42,3 %'],
  ])('%s: digits are grouped as the language groups them', (tag, number, percent) => {
    expect(plain(formats(tag).number(1_234_567.5))).toBe(number);
    expect(plain(formats(tag).percent(0.423))).toBe(percent);
  });

  test('money comes in the currency’s smallest unit', () => {
    expect(plain(formats('en').money(1999, 'EUR'))).toBe('€19.99');
    expect(plain(formats('ko').money(45_000, 'KRW'))).toBe('₩45,000');
    expect(plain(formats('pt-BR').money(129_90, 'BRL'))).toBe('R$ 129,90');
    expect(plain(formats('sv').money(1999, 'SEK'))).toBe('19,99 kr');
  });

  test('a currency that is none is written out', () => {
    expect(formats('en').money(5, 'no')).toBe('no 5');
  });

  test('a language names itself, one that is none is shown as it is', () => {
    expect(SHIPPED.map((tag) => formats('en').languageName(tag))).toEqual([
      'English',
      '한국어',
      'português (Brasil)',
      'svenska',
    ]);
    expect(formats('en').languageName('!')).toBe('!');
  });

  test.each(['en-XA', 'en-XB'])('%s counts and dates as its source does', (tag) => {
    expect(formats(tag).number(1_234_567)).toBe('1,234,567');
    expect(
      formats(tag)
        .time(AT)
        .replace(/[\u2066-\u2069]/g, ''),
    ).toBe('3:05 PM');
  });
});
