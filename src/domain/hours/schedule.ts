import { DAY } from '../../base/time.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Opening and closing time of one interval, "09:00" to "18:00". One that ends at or before its start ends the next day. */
export type TimeRange = readonly [from: string, to: string];

/** One version of a team's business hours (T5), as settings keep it. */
export interface HoursVersion {
  /** First day it holds, year-month-day in its own zone; the version before it holds until then. */
  readonly validFrom: string;
  /** IANA time zone. */
  readonly zone: string;
  /** Intervals of each day; a day that is missing or empty is closed. They may overlap, and count once. */
  readonly week: { readonly [day in Weekday]?: readonly TimeRange[] | undefined };
  /** Days on which no interval begins. */
  readonly holidays: readonly string[];
}

/** Every version of the business hours, in any order; no two with one `validFrom`. Empty: there is no schedule. */
export type HoursSettings = readonly HoursVersion[];

/** Minutes of a day, the most a time of day can be: "24:00". */
export const DAY_MINUTES = 1_440;

/** "09:30" → 570, "24:00" → 1440; null for what is no time of day. */
export function minutesOf(time: string): number | null {
  const found = /^(\d\d):(\d\d)$/.exec(time);
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  const total = hours * 60 + minutes;
  return minutes > 59 || total > DAY_MINUTES ? null : total;
}

/** Days since 1970-01-01 of a year-month-day; null for a day that does not exist. Years 1900 to 2999. */
export function dayNumber(date: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1_900 || year > 2_999) return null;
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).toISOString().startsWith(date) ? at / DAY : null;
}

/** The year-month-day of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The weekday of a day number. */
export function weekdayOf(day: number): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'mon';
}
