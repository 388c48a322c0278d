import { Temporal } from 'temporal-polyfill';

/** A stretch in which a zone's clock does not change: [from, to), `offset` milliseconds ahead of UTC. */
interface Steady {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

function steadyAround(zone: string, at: number): Steady {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // The change that lies at this very moment is behind it, not before it.
  const later = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(zone);
  return {
    from: later.getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    to: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: zoned.offsetNanoseconds / 1_000_000,
  };
}

/**
 * Reads what the clock on the wall of one IANA zone shows, for many moments: a zone has a few changes a decade, and each
 * stretch between two of them is looked up once.
 */
export class LocalClock {
  readonly zone: string;
  private readonly stretches: Steady[] = [];
  private last: Steady = { from: 0, to: 0, offset: 0 };

  constructor(zone: string) {
    this.zone = zone;
  }

  /**
   * The wall time at `at` (epoch milliseconds) as milliseconds since 1970-01-01T00:00 of that wall: read its parts with the
   * UTC functions of `Date`. An hour that is shown twice gives the same values twice.
   */
  wall(at: number): number {
    const { last } = this;
    if (at >= last.from && at < last.to) return at + last.offset;
    const found = this.stretches.find(({ from, to }) => at >= from && at < to) ?? steadyAround(this.zone, at);
    if (!this.stretches.includes(found)) this.stretches.push(found);
    this.last = found;
    return at + found.offset;
  }
}
