import { Temporal } from 'temporal-polyfill';
import { type EpochMillis, epochMillis, MINUTE } from '../../base/time.ts';
import { dateOf, DAY_MINUTES } from './schedule.ts';

/** Whether `name` is an IANA time zone; fixed offsets like "+09:00" are none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment of a day at which the clock of `zone` reads `minutes` past midnight or later. Where the clock jumps over
 * that time it is the jump; where it shows the time twice, the first of the two. 1440 is the next day's beginning.
 */
function slowMoment(zone: string, day: number, minutes: number): number {
  const rest = minutes % DAY_MINUTES;
  const wall = Temporal.PlainDate.from(dateOf(day + (minutes - rest) / DAY_MINUTES)).toPlainDateTime({
    hour: Math.floor(rest / 60),
    minute: rest % 60,
  });
  const moment = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (moment.toPlainDateTime().equals(wall)) return moment.epochMilliseconds;
  return moment.getTimeZoneTransition('next')?.epochMilliseconds ?? moment.epochMilliseconds;
}

/** The day, as a number, that the clock of `zone` shows at `at`. */
export function dayAt(zone: string, at: EpochMillis): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return Date.UTC(zoned.year, zoned.month - 1, zoned.day) / (DAY_MINUTES * MINUTE);
}

/** The moments of one zone's wall clock. Between two changes of the clock it only adds, so that days come cheaply. */
export class ZoneClock {
  readonly zone: string;
  /** From here to `steadyTo` the clock does not change, and is `offset` ahead of UTC. */
  private steadyFrom = 0;
  private steadyTo = 0;
  private offset = 0;

  constructor(zone: string) {
    this.zone = zone;
  }

  /** The first moment of `day` at which the clock reads `minutes` past midnight or later (T5). */
  moment(day: number, minutes: number): EpochMillis {
    const wall = (day * DAY_MINUTES + minutes) * MINUTE;
    const guess = wall - this.offset;
    // A day away from either change, no wall time is missing or double.
    if (guess >= this.steadyFrom + MARGIN && guess < this.steadyTo - MARGIN) return epochMillis(guess);
    const exact = slowMoment(this.zone, day, minutes);
    this.settleAround(exact);
    return epochMillis(exact);
  }

  private settleAround(at: number): void {
    // A change at this very moment is behind it already.
    const zoned = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(this.zone);
    this.steadyFrom = zoned.getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
    this.steadyTo = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    this.offset = zoned.offsetNanoseconds / 1_000_000;
  }
}

const MARGIN = DAY_MINUTES * MINUTE;
