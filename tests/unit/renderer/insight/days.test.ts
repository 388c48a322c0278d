import { describe, expect, test } from 'vitest';
import {
  customRange,
  dayText,
  momentOn,
  OFFERED_PRESETS,
  rangeInput,
  rangeText,
} from '../../../../renderer/desk/features/insight/days.ts';
import { civilTimes } from '../../../../src/i18n/dates.ts';
import { RANGE_PRESETS } from '../../../../src/domain/overview/presets.ts';
import { rangeSchema } from '../../../../src/protocol/rpc/insight.ts';
import { wordsOf } from './words.ts';

const ZONES = [
  'UTC',
  'Asia/Seoul',
  'America/Sao_Paulo',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

describe('[O2] days of the calendar in the reader’s words', () => {
  test.each(ZONES)('are the same days for a reader in %s', (zone) => {
    const civil = civilTimes(zone);
    for (const day of ['2026-06-07', '2026-01-01', '2026-12-31', '2018-11-04', '2028-02-29']) {
      const { year, month, day: date } = civil(momentOn(day, civil));
      expect([year, month, date], day).toEqual(day.split('-').map(Number));
    }
  });

  test.each([
    ['en', 'Jun 1 – Jun 7, 2026'],
    ['sv', '1 juni – 7 juni 2026'],
    ['ko', '2026년 6월 1일 – 6월 7일'],
    ['pt-BR', '1 de jun. – 7 de jun. de 2026'],
  ])('both ends are printed in %s', (tag, text) => {
    const { t, formats } = wordsOf(tag, 'Pacific/Auckland');
    expect(rangeText({ from: '2026-06-01', to: '2026-06-07' }, t, formats)).toBe(text);
  });

  test('a range over two years names both', () => {
    const { t, formats } = wordsOf('en');
    expect(rangeText({ from: '2025-12-30', to: '2026-01-05' }, t, formats)).toBe(
      'Dec 30, 2025 – Jan 5, 2026',
    );
  });

  test('one day is one day', () => {
    const { t, formats } = wordsOf('en');
    expect(rangeText({ from: '2026-06-07', to: '2026-06-07' }, t, formats)).toBe('Jun 7, 2026');
    expect(dayText('2026-06-07', formats, 'weekday')).toBe('Sun, Jun 7');
  });
});

describe('[O2] the choice of days', () => {
  test('typed the wrong way round they are put in order; both ends count', () => {
    expect(customRange('2026-06-07', '2026-06-01')).toEqual({ from: '2026-06-01', to: '2026-06-07' });
    expect(customRange('2026-06-07', '2026-06-07')).toEqual({ from: '2026-06-07', to: '2026-06-07' });
  });

  test.each([
    ['', '2026-06-01'],
    ['2026-06-01', ''],
    ['7 June', '2026-06-01'],
  ])('%s and %s are none', (from, to) => {
    expect(customRange(from, to)).toBeNull();
  });

  test('what is offered is known to the engine, each once', () => {
    expect(new Set(OFFERED_PRESETS).size).toBe(OFFERED_PRESETS.length);
    for (const preset of OFFERED_PRESETS) {
      expect(RANGE_PRESETS).toContain(preset);
      expect(rangeSchema.safeParse(rangeInput({ preset })).success).toBe(true);
    }
    expect(rangeSchema.safeParse(rangeInput({ from: '2026-06-01', to: '2026-06-07' })).success).toBe(true);
  });
});
