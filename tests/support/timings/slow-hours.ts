import type { HoursSettings, HoursVersion } from '../../../src/domain/hours/schedule.ts';

/*
 * Business hours, slow and obvious: the platform's own clock is read for every single minute, and what a rule says of a
 * minute is looked up there. Shares nothing with the product but the shape of a schedule.
 */

const MINUTE = 60_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A stretch of days, from the first minute to the one after the last, in minutes since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const readings = new Map<string, readonly number[]>();

/** What the wall clock of a zone reads at each minute of a window, as minutes since 1970 had it been UTC. */
function wallReadings(zone: string, { from, to }: Window): readonly number[] {
  const key = `${zone} ${from} ${to}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const read: number[] = [];
  for (let minute = from; minute < to; minute += 1) {
    const text = format.format(minute * MINUTE);
    read.push(Date.parse(`${text.replace(' ', 'T')}Z`) / MINUTE);
  }
  readings.set(key, read);
  return read;
}

function minutesOfDay(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The place of the first minute at which the clock reads `wall` or later; the window's end when there is none. */
function firstAt(read: readonly number[], wall: number): number {
  for (let place = 0; place < read.length; place += 1) if ((read[place] ?? 0) >= wall) return place;
  return read.length;
}

/** For each minute of a window, whether it is open under one version. */
function openMinutes(version: HoursVersion, window: Window): readonly boolean[] {
  const read = wallReadings(version.zone, window);
  const open = read.map(() => false);
  const firstDay = Math.floor((read[0] ?? 0) / 1_440);
  const lastDay = Math.floor((read.at(-1) ?? 0) / 1_440);
  for (let day = firstDay; day <= lastDay; day += 1) {
    const date = new Date(day * 86_400_000);
    const name = DAYS[(date.getUTCDay() + 6) % 7] ?? 'mon';
    if (version.holidays.includes(date.toISOString().slice(0, 10))) continue;
    for (const [from, to] of version.week[name] ?? []) {
      const opens = day * 1_440 + minutesOfDay(from);
      const closes = day * 1_440 + minutesOfDay(to) + (minutesOfDay(to) <= minutesOfDay(from) ? 1_440 : 0);
      const end = firstAt(read, closes);
      for (let place = firstAt(read, opens); place < end; place += 1) open[place] = true;
    }
  }
  return open;
}

/** For each minute of a window, whether it is open; null where no schedule was in force. */
export function slowHours(settings: HoursSettings, window: Window): readonly (boolean | null)[] {
  const result: (boolean | null)[] = Array.from({ length: window.to - window.from }, () => null);
  const inOrder = settings
    .map((version) => {
      const wall = Date.parse(`${version.validFrom}T00:00:00Z`) / MINUTE;
      const read = wallReadings(version.zone, window);
      return { version, starts: (read[0] ?? 0) > wall ? -1 : firstAt(read, wall), wall };
    })
    .sort((a, b) => a.starts - b.starts || a.wall - b.wall);
  for (const { version, starts } of inOrder) {
    const open = openMinutes(version, window);
    for (let place = Math.max(starts, 0); place < result.length; place += 1)
      result[place] = open[place] ?? false;
  }
  return result;
}
