import type { EpochMillis } from '../../base/time.ts';
import { must } from '../../base/must.ts';
import {
  DAY_MINUTES,
  dayNumber,
  type HoursVersion,
  minutesOf,
  type TimeRange,
  WEEKDAYS,
  weekdayOf,
} from './schedule.ts';
import { dayAt, ZoneClock } from './zone.ts';

/** One version of the hours with its texts read, in force from `from` until the next version's. */
export interface ReadVersion {
  readonly version: HoursVersion;
  readonly clock: ZoneClock;
  readonly from: EpochMillis;
  /** Minutes from a weekday's midnight to opening and closing, Monday first; beyond 1440 is the day after. */
  readonly week: readonly (readonly (readonly [from: number, to: number])[])[];
  readonly holidays: ReadonlySet<number>;
}

function readRange([from, to]: TimeRange): readonly [number, number] {
  const start = must(minutesOf(from), 'a time of day');
  const end = must(minutesOf(to), 'a time of day');
  return [start, end > start ? end : end + DAY_MINUTES];
}

/** Reads one version; throws on what the settings' schema would have refused. */
export function readVersion(version: HoursVersion): ReadVersion {
  const clock = new ZoneClock(version.zone);
  return {
    version,
    clock,
    from: clock.moment(must(dayNumber(version.validFrom), 'a date'), 0),
    week: WEEKDAYS.map((day) => (version.week[day] ?? []).map(readRange)),
    holidays: new Set(version.holidays.map((date) => must(dayNumber(date), 'a date'))),
  };
}

/**
 * Adds the open intervals of one version that meet [from, to), cut to it, as pairs behind those in `into`, which lie before.
 * They come sorted and without overlap; what touches the one before it becomes one with it.
 * An interval belongs to the day on which it begins: a holiday closes what begins on it, a shift of the evening before goes on.
 */
export function openIntervals(read: ReadVersion, from: number, to: number, into: number[]): void {
  const { clock, holidays, week } = read;
  const first = dayAt(clock.zone, from as EpochMillis) - 1;
  const found: [number, number][] = [];
  for (let day = first; clock.moment(day, 0) < to; day += 1) {
    if (holidays.has(day)) continue;
    for (const [start, end] of week[WEEKDAYS.indexOf(weekdayOf(day))] ?? []) {
      const opens = Math.max(clock.moment(day, start), from);
      const closes = Math.min(clock.moment(day, end), to);
      if (opens < closes) found.push([opens, closes]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  for (const [opens, closes] of found) {
    const last = into.length - 1;
    if (last >= 0 && opens <= (into[last] ?? 0)) into[last] = Math.max(into[last] ?? 0, closes);
    else into.push(opens, closes);
  }
}
