import type { CivilTime } from '../../../../src/i18n/dates.ts';
import type { Formats } from '../../../../src/i18n/formats.ts';
import { RANGE_PRESETS, type RangePreset } from '../../../../src/domain/overview/presets.ts';
import type { RangeInput } from '../../../../src/protocol/rpc/insight.ts';
import type { Text } from '../../i18n/keys.ts';
import type { ChosenRange } from './insight-state.ts';

const HALF_DAY = 43_200_000;

/**
 * A moment that lies on the day `2026-06-01` by `civil`'s clock: days of the calendar are written by the same patterns as
 * moments, whatever the reader's zone is.
 */
export function momentOn(day: string, civil: (at: number) => CivilTime): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const tries = [noon, noon - HALF_DAY, noon + HALF_DAY];
  const fits = (at: number): boolean => {
    const { year, month, day: date } = civil(at);
    return Date.UTC(year, month - 1, date) === noon - HALF_DAY;
  };
  return tries.find(fits) ?? noon;
}

/** A day of the calendar in words: short (`14 Nov`) or with its year. */
export function dayText(
  day: string,
  formats: Formats,
  pattern: 'dayMonth' | 'dayMonthYear' | 'weekday',
): string {
  return formats.date(momentOn(day, formats.civil), pattern);
}

/** Both ends of a range, in words (O2). A year that both share is written once, where the language has it in a date. */
export function rangeText(
  range: { readonly from: string; readonly to: string },
  t: Text,
  formats: Formats,
): string {
  const full = (day: string): string => dayText(day, formats, 'dayMonthYear');
  const short = (day: string): string => dayText(day, formats, 'dayMonth');
  if (range.from === range.to) return full(range.to);
  const sameYear = range.from.slice(0, 4) === range.to.slice(0, 4);
  const yearLast = full(range.to).startsWith(short(range.to));
  const from = sameYear && yearLast ? short(range.from) : full(range.from);
  const to = sameYear && !yearLast ? short(range.to) : full(range.to);
  return t('insight:range.fromTo', { from, to });
}

/** The ranges that are offered, the shorter ones first. */
export const OFFERED_PRESETS: readonly RangePreset[] = RANGE_PRESETS.filter(
  (preset) => preset !== 'last28Days',
);

/** What the engine is asked about. */
export function rangeInput(range: ChosenRange): RangeInput {
  return { range };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A range of two days as typed, in their order; null while one of them is missing or no day. */
export function customRange(from: string, to: string): { readonly from: string; readonly to: string } | null {
  if (!DAY.test(from) || !DAY.test(to)) return null;
  return from <= to ? { from, to } : { from: to, to: from };
}
