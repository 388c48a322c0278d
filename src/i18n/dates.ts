import { compactDuration } from './durations.ts';
import type { Translate } from './messages.ts';

/** A moment taken apart in one time zone; `weekday` 1 is Monday. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

const DAY = 86_400_000;

function partsFormatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}

/** Reads civil times of one IANA zone. Making it costs; reading does not. */
export function civilTimes(timeZone: string): (at: number) => CivilTime {
  const formatter = partsFormatter(timeZone);
  return (at) => {
    const values: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of formatter.formatToParts(at)) values[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = values;
    const weekday = ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) + 1;
    return { year, month, day, hour, minute, weekday };
  };
}

/** A year-month-day, `2026-01-31`, taken apart; null for a text that is no day. */
export function civilDay(date: string): CivilTime | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (found === null) return null;
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date)) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return { year, month, day, hour: 0, minute: 0, weekday: ((at.getUTCDay() + 6) % 7) + 1 };
}

/** Days since 1970-01-01 of a civil date; differences of it count calendar days. */
export function dayNumber({ year, month, day }: CivilTime): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

const two = (value: number): string => String(value).padStart(2, '0');

function values(t: Translate, civil: CivilTime): Record<string, string> {
  return {
    year: String(civil.year),
    month: String(civil.month),
    month2: two(civil.month),
    monthName: t(`formats:month.${civil.month}`),
    day: String(civil.day),
    day2: two(civil.day),
    weekdayName: t(`formats:weekday.${civil.weekday}`),
    hour2: two(civil.hour),
    hour12: String(civil.hour % 12 === 0 ? 12 : civil.hour % 12),
    minute: two(civil.minute),
    period: t(civil.hour < 12 ? 'formats:period.am' : 'formats:period.pm'),
  };
}

export type DatePattern = 'dayMonth' | 'dayMonthYear' | 'numeric' | 'weekday';

/**
 * A date by the language's own pattern (`formats.json`). Patterns are ours and not the engine's, because engines differ:
 * the same instant reads `PM 3:05` in one and `오후 3:05` in another.
 */
export function dateText(t: Translate, civil: CivilTime, pattern: DatePattern): string {
  return t(`formats:date.${pattern}`, values(t, civil));
}

/** The time of day by the language's own pattern: `3:05 PM`, `오후 3:05`, `15:05`. */
export function timeText(t: Translate, civil: CivilTime): string {
  return t('formats:time', values(t, civil));
}

/** Time today; `Yesterday` and time; else date and time, the year only where it is not this one. */
export function dateTimeText(t: Translate, civil: CivilTime, today: CivilTime): string {
  const time = timeText(t, civil);
  const days = dayNumber(today) - dayNumber(civil);
  if (days === 0) return time;
  if (days === 1) return t('formats:dateTime', { date: t('common:yesterday'), time });
  if (days === -1) return t('formats:dateTime', { date: t('common:tomorrow'), time });
  const pattern = civil.year === today.year ? 'dayMonth' : 'dayMonthYear';
  return t('formats:dateTime', { date: dateText(t, civil, pattern), time });
}

const LONGEST_AGE = 7 * DAY;

/** How long ago, for lists: `1 min` to `6 d` (T12), then the date. Moments in epoch milliseconds, `now` handed in. */
export function ageText(t: Translate, at: number, now: number, civil: (at: number) => CivilTime): string {
  if (now - at < LONGEST_AGE) return compactDuration(t, now - at);
  const then = civil(at);
  return dateText(t, then, then.year === civil(now).year ? 'dayMonth' : 'numeric');
}
