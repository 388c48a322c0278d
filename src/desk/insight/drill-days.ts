import { dayNumber } from '../../domain/hours/schedule.ts';
import { isZone } from '../../domain/hours/zone.ts';
import { ZonedDays } from '../../domain/overview/range.ts';

/** The days of a drill; null where there are none. */
export function daysOf(drill: {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}): ZonedDays | null {
  const [first, last] = [dayNumber(drill.from), dayNumber(drill.to)];
  if (first === null || last === null || last < first || !isZone(drill.zone)) return null;
  return new ZonedDays(drill.zone, { first, last });
}
