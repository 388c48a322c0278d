import { epochMillis, HOUR } from '../../../../src/base/time.ts';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { dayNumber, type HoursSettings, minutesOf } from '../../../../src/domain/hours/schedule.ts';
import { ZoneClock } from '../../../../src/domain/hours/zone.ts';
import { civilTimes } from '../../../../src/i18n/dates.ts';

/** A wall time in the schedule's zone: `2026-08-07T16:30`. */
export type WallTime = string;

const two = (value: number): string => String(value).padStart(2, '0');

/** The moment of a wall time in a zone; null for what is none. */
function momentOf(wall: WallTime, zone: string): number | null {
  const [date = '', time = ''] = wall.split('T');
  const [day, minutes] = [dayNumber(date), minutesOf(time.slice(0, 5))];
  return day === null || minutes === null ? null : new ZoneClock(zone).moment(day, minutes);
}

/** What the clock of a zone shows at a moment. */
export function wallOf(at: number, zone: string): WallTime {
  const { year, month, day, hour, minute } = civilTimes(zone)(at);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** "Friday 16:30 and an hour of work is Monday 09:30" (T5): null where that never comes; undefined for what is no time. */
export function afterWork(
  versions: HoursSettings,
  start: WallTime,
  zone: string,
  hours: number,
): WallTime | null | undefined {
  const at = momentOf(start, zone);
  if (at === null || !Number.isFinite(hours) || hours < 0) return undefined;
  const end = new BusinessHours(versions).after(epochMillis(at), hours * HOUR);
  return end === null ? null : wallOf(end, zone);
}
