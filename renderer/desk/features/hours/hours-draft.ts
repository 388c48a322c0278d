import {
  dateOf,
  dayNumber,
  type HoursSettings,
  type HoursVersion,
  minutesOf,
  type TimeRange,
  type Weekday,
  WEEKDAYS,
} from '../../../../src/domain/hours/schedule.ts';
import { isZone } from '../../../../src/domain/hours/zone.ts';

export type HoursProblem = 'notATime' | 'emptyRange' | 'notADate' | 'repeatedDate' | 'notAZone' | 'overlap';

/** What is wrong, by place: `validFrom`, `zone`, `mon.0`. An overlap is allowed, and only told. */
export type HoursProblems = Readonly<Record<string, HoursProblem>>;

const FIRST_HOURS: readonly TimeRange[] = [['09:00', '18:00']];

/** Monday to Friday, 09:00 to 18:00, from a day on. */
export function firstVersion(validFrom: string, zone: string): HoursVersion {
  const week = Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, FIRST_HOURS]));
  return { validFrom, zone, week, holidays: [] };
}

/** The versions, latest first: the one that somebody wants to change stands on top. */
export function latestFirst(versions: HoursSettings): HoursSettings {
  return [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0));
}

/** A copy of a version that holds from `today`, or from the first day after it that no other version begins on. */
export function nextVersion(version: HoursVersion, versions: HoursSettings, today: string): HoursVersion {
  let day = dayNumber(today) ?? 0;
  while (versions.some(({ validFrom }) => validFrom === dateOf(day))) day += 1;
  return { ...version, validFrom: dateOf(day) };
}

/** One day with other intervals; a day without any is left out, as settings keep it. */
export function withDay(version: HoursVersion, day: Weekday, ranges: readonly TimeRange[]): HoursVersion {
  const others = Object.entries(version.week).filter(([known]) => known !== day);
  const week = Object.fromEntries(ranges.length === 0 ? others : [...others, [day, ranges]]);
  return { ...version, week };
}

/** The intervals of a day on other days too. */
export function copyDay(version: HoursVersion, from: Weekday, to: readonly Weekday[]): HoursVersion {
  return to.reduce((copied, day) => withDay(copied, day, version.week[from] ?? []), version);
}

/** What one more interval of a day starts as: an hour after the last one, for three hours, within the day. */
export function nextRange(ranges: readonly TimeRange[]): TimeRange {
  const last = minutesOf(ranges.at(-1)?.[1] ?? '');
  if (ranges.length === 0) return FIRST_HOURS[0] ?? ['09:00', '18:00'];
  const from = last === null || last + 60 >= 1_440 ? 1_200 : last + 60;
  const time = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return [time(from), time(Math.min(from + 180, 1_440))];
}

/** Whether an interval closes on the day after it opened. */
export function isOvernight([from, to]: TimeRange): boolean {
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  return opens !== null && closes !== null && closes < opens;
}

function rangeProblem([from, to]: TimeRange): HoursProblem | null {
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  if (opens === null || closes === null || opens === 1_440) return 'notATime';
  return opens === closes ? 'emptyRange' : null;
}

function spanOf([from, to]: TimeRange): readonly [number, number] {
  const [opens, closes] = [minutesOf(from) ?? 0, minutesOf(to) ?? 0];
  return [opens, closes > opens ? closes : closes + 1_440];
}

function overlaps(one: TimeRange, other: TimeRange): boolean {
  const [a, b] = [spanOf(one), spanOf(other)];
  return a[0] < b[1] && b[0] < a[1];
}

function dayProblems(
  day: Weekday,
  ranges: readonly TimeRange[],
): readonly (readonly [string, HoursProblem])[] {
  return ranges.flatMap((range, at): readonly (readonly [string, HoursProblem])[] => {
    const problem = rangeProblem(range);
    if (problem !== null) return [[`${day}.${at}`, problem]];
    const earlier = ranges.slice(0, at).filter((other) => rangeProblem(other) === null);
    return earlier.some((other) => overlaps(range, other)) ? [[`${day}.${at}`, 'overlap']] : [];
  });
}

/** What is wrong with one version among all (T5). */
export function problemsOf(version: HoursVersion, versions: HoursSettings): HoursProblems {
  const { validFrom, zone, week } = version;
  const found: (readonly [string, HoursProblem])[] = [];
  if (dayNumber(validFrom) === null) found.push(['validFrom', 'notADate']);
  else if (versions.filter((other) => other.validFrom === validFrom).length > 1)
    found.push(['validFrom', 'repeatedDate']);
  if (!isZone(zone)) found.push(['zone', 'notAZone']);
  for (const day of WEEKDAYS) found.push(...dayProblems(day, week[day] ?? []));
  return Object.fromEntries(found);
}

/** Whether all versions can be saved. */
export function canSave(versions: HoursSettings): boolean {
  return versions.every((version) =>
    Object.values(problemsOf(version, versions)).every((problem) => problem === 'overlap'),
  );
}
