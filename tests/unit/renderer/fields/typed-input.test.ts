import { describe, expect, test } from 'vitest';
import {
  readDate,
  readNumber,
  readTyped,
  type Reading,
  writeTyped,
} from '../../../../renderer/desk/features/fields/typed-input.ts';
import { civilTimes } from '../../../../src/i18n/dates.ts';

const reading = (locale: string, zone = 'Europe/Stockholm'): Reading => ({
  locale,
  civil: civilTimes(zone),
});

describe('numbers as people write them', () => {
  test.each([
    ['en', '1,234.5', 1234.5],
    ['en', '-0.25', -0.25],
    ['en', '1234', 1234],
    ['en', '\u221212', -12],
    ['sv', '1 234,5', 1234.5],
    ['sv', '1\u00A0234,5', 1234.5],
    ['sv', '0,5', 0.5],
    ['sv', '0.5', 0.5],
    ['pt-BR', '1.234,5', 1234.5],
    ['pt-BR', '1.234', 1234],
    ['pt-BR', '12.5', 12.5],
    ['ko', '1,234', 1234],
  ])('[F1] %s: %s is %d', (locale, text, value) => {
    expect(readNumber(text, locale)).toBe(value);
  });

  test.each([
    ['en', 'twelve'],
    ['en', '1,2'],
    ['en', '1.2.3'],
    ['sv', '12 kg'],
    ['ko', ''],
    ['en', 'Infinity'],
  ])('[F1] %s: %s is no number', (locale, text) => {
    expect(readNumber(text, locale)).toBeUndefined();
  });
});

describe('days', () => {
  test.each([
    ['en', '2026-08-07', '2026-08-07'],
    ['ko', '2026. 8. 7.', '2026-08-07'],
    ['en', '8/7/2026', '2026-08-07'],
    ['pt-BR', '7/8/2026', '2026-08-07'],
    ['en', '08-07', '08-07'],
    ['pt-BR', '7/8', '08-07'],
    ['sv', '02-29', '02-29'],
  ])('[F1] [C7] %s: %s is %s', (locale, text, value) => {
    expect(readDate(text, locale)).toBe(value);
  });

  test.each(['2026-02-29', '2026-13-01', '07', '2026-08-07-01', 'tomorrow', '00-10'])(
    '[F1] %s is no day',
    (text) => {
      expect(readDate(text, 'en')).toBeUndefined();
    },
  );
});

describe('moments', () => {
  test('[F1] are read and written in the reader’s zone', () => {
    const at = Date.UTC(2026, 7, 7, 14, 30);
    expect(readTyped('Datetime', '2026-08-07 16:30', reading('en'))).toBe(at);
    expect(readTyped('Datetime', '2026-08-07T23:30', reading('ko', 'Asia/Seoul'))).toBe(at);
    expect(writeTyped(at, 'Datetime', reading('sv'))).toBe('2026-08-07 16:30');
  });

  test('[F1] on both sides of a change of the clock', () => {
    const stockholm = reading('en');
    expect(readTyped('Datetime', '2026-03-29 01:59', stockholm)).toBe(Date.UTC(2026, 2, 29, 0, 59));
    expect(readTyped('Datetime', '2026-03-29 03:00', stockholm)).toBe(Date.UTC(2026, 2, 29, 1, 0));
    expect(readTyped('Datetime', '2026-10-25 04:00', stockholm)).toBe(Date.UTC(2026, 9, 25, 3, 0));
  });

  test.each(['2026-08-07', '16:30', '2026-08-07 24:30', '08-07 16:30', 'soon'])(
    '[F1] %s is no moment',
    (text) => {
      expect(readTyped('Datetime', text, reading('en'))).toBeUndefined();
    },
  );
});

describe('any type', () => {
  test('[C7] nothing written takes the value away', () => {
    for (const type of ['String', 'Number', 'Date', 'Datetime'] as const)
      expect(readTyped(type, '  ', reading('en'))).toBeNull();
  });

  test('[C7] what is written for editing reads back the same', () => {
    for (const locale of ['en', 'ko', 'pt-BR', 'sv']) {
      const own = reading(locale);
      for (const number of [0, -1234.5, 1e-7, 123_456_789.25])
        expect(readTyped('Number', writeTyped(number, 'Number', own), own)).toBe(number);
      expect(readTyped('Date', writeTyped('12-24', 'Date', own), own)).toBe('12-24');
      const at = Date.UTC(2026, 0, 1, 0, 5);
      expect(readTyped('Datetime', writeTyped(at, 'Datetime', own), own)).toBe(at);
      expect(readTyped('String', writeTyped('a\nb ', 'String', own), own)).toBe('a\nb ');
    }
    expect(writeTyped(null, 'Number', reading('en'))).toBe('');
  });

  test('[F1] a text that is too long does not fit', () => {
    expect(readTyped('String', 'x'.repeat(10_001), reading('en'))).toBeUndefined();
  });
});
