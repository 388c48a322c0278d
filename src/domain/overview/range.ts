import { err, ok, type Result } from '../../base/result.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import { dateOf, dayNumber, WEEKDAYS, weekdayOf } from '../hours/schedule.ts';
import { dayAt, isZone, ZoneClock } from '../hours/zone.ts';
import type { DayRange, RangePreset } from './presets.ts';

/** Days from the first to the last, both included, by number since 1970-01-01. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** Longest range a question may be about, in days. */
export const MOST_DAYS = 3_660;

function monthOf(day: number): { readonly year: number; readonly month: number } {
  const [year = 0, month = 1] = dateOf(day).split('-').map(Number);
  return { year, month };
}

/** The first day of a month; months beyond December are the next year's. */
function monthStart(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / 86_400_000;
}

function lastDays(today: number, count: number): DaySpan {
  return { first: today - count + 1, last: today };
}

/** A preset's days (O2): on 7 June the last 7 days are 1–7 June. Weeks begin on Monday. `today` is a day's number. */
export function presetDays(preset: RangePreset, today: number): DaySpan {
  const { year, month } = monthOf(today);
  const monday = today - WEEKDAYS.indexOf(weekdayOf(today));
  const quarter = month - ((month - 1) % 3);
  switch (preset) {
    case 'today':
      return lastDays(today, 1);
    case 'yesterday':
      return { first: today - 1, last: today - 1 };
    case 'last7Days':
      return lastDays(today, 7);
    case 'last28Days':
      return lastDays(today, 28);
    case 'last30Days':
      return lastDays(today, 30);
    case 'last90Days':
      return lastDays(today, 90);
    case 'thisWeek':
      return { first: monday, last: today };
    case 'lastWeek':
      return { first: monday - 7, last: monday - 1 };
    case 'thisMonth':
      return { first: monthStart(year, month), last: today };
    case 'lastMonth':
      return { first: monthStart(year, month - 1), last: monthStart(year, month) - 1 };
    case 'thisQuarter':
      return { first: monthStart(year, quarter), last: today };
    case 'lastQuarter':
      return { first: monthStart(year, quarter - 3), last: monthStart(year, quarter) - 1 };
    case 'thisYear':
      return { first: monthStart(year, 1), last: today };
  }
}

/** The period before: as many days, ending the day before the first. */
export function daysBefore({ first, last }: DaySpan): DaySpan {
  return { first: first - (last - first) - 1, last: first - 1 };
}

/** The days of a range in one zone, with the moments at which each begins. */
export class ZonedDays {
  readonly zone: string;
  readonly first: number;
  readonly last: number;
  /** The moment each day begins, and last the moment after the range: one more than there are days. */
  readonly starts: Float64Array;
  /** The first moment of the range. */
  readonly start: EpochMillis;
  /** The first moment after it: a range holds both its days to the end (O2). */
  readonly end: EpochMillis;

  constructor(zone: string, { first, last }: DaySpan) {
    this.zone = zone;
    this.first = first;
    this.last = last;
    const clock = new ZoneClock(zone);
    this.starts = Float64Array.from({ length: last - first + 2 }, (_, index) =>
      clock.moment(first + index, 0),
    );
    this.start = epochMillis(this.starts[0] ?? 0);
    this.end = epochMillis(this.starts[this.starts.length - 1] ?? 0);
  }

  get length(): number {
    return this.last - this.first + 1;
  }

  /** Which day of the range a moment is on, from 0; -1 outside. A day that the zone skips holds nothing. */
  indexOf(at: number): number {
    const { starts } = this;
    if (at < this.start || at >= this.end) return -1;
    // Days are about 24 hours long: the guess is off by one where the clock has changed, rarely more.
    let index = Math.min(Math.floor((at - this.start) / 86_400_000), this.length - 1);
    while (at < (starts[index] ?? 0)) index -= 1;
    while (at >= (starts[index + 1] ?? 0)) index += 1;
    return index;
  }

  /** Every day as year-month-day. */
  dates(): readonly string[] {
    return Array.from({ length: this.length }, (_, index) => dateOf(this.first + index));
  }

  range(): DayRange {
    return { from: dateOf(this.first), to: dateOf(this.last) };
  }
}

export type RangeProblem = { readonly type: 'badZone' | 'badRange' };
/** What a range is asked for by. */
export type AskedRange = { readonly preset: RangePreset } | DayRange;

/**
 * The days that are asked for, in `zone` (O2). `badRange`: a day that does not exist, an end before its start, or more than
 * `MOST_DAYS`; `badZone`: no IANA zone.
 */
export function resolveRange(
  asked: AskedRange,
  zone: string,
  now: EpochMillis,
): Result<ZonedDays, RangeProblem> {
  if (!isZone(zone)) return err({ type: 'badZone' });
  if ('preset' in asked) return ok(new ZonedDays(zone, presetDays(asked.preset, dayAt(zone, now))));
  const [first, last] = [dayNumber(asked.from), dayNumber(asked.to)];
  if (first === null || last === null || last < first || last - first >= MOST_DAYS)
    return err({ type: 'badRange' });
  return ok(new ZonedDays(zone, { first, last }));
}

/** The moment from which "in the last `days` days" counts (O2), and the first after it: the end of today. */
export function lastDaysIn(zone: string, days: number, now: EpochMillis): ZonedDays {
  return new ZonedDays(zone, lastDays(dayAt(zone, now), days));
}
