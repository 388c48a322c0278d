import type { CivilTime } from '../../../../src/i18n/dates.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** When a working day begins and an evening does, in the reader's own time. */
const MORNING = 9;
const EVENING = 18;

export const SNOOZE_CHOICES = ['hour', 'tonight', 'tomorrow', 'monday'] as const;
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number];

type Civil = (at: number) => CivilTime;

/** The moment at which it is `hour` o'clock, `days` calendar days from now; right also where the clocks change between. */
function hourIn(days: number, hour: number, now: number, civil: Civil): number {
  const here = civil(now);
  const midnight = now - (here.hour * HOUR + here.minute * MINUTE) - (now % MINUTE);
  const guess = midnight + days * DAY + hour * HOUR;
  const there = civil(guess);
  const off = there.hour - hour;
  // A guess before midnight or after it is most of a day off the wrong way round.
  return guess - (off > 12 ? off - 24 : off < -12 ? off + 24 : off) * HOUR - there.minute * MINUTE;
}

/** When a snooze of that name ends; null where it makes no sense any more (this evening, in the evening). Monday is 1. */
export function snoozeUntil(choice: SnoozeChoice, now: number, civil: Civil): number | null {
  const { weekday, hour } = civil(now);
  switch (choice) {
    case 'hour':
      return now + HOUR;
    case 'tonight':
      return hour < EVENING - 1 ? hourIn(0, EVENING, now, civil) : null;
    case 'tomorrow':
      return hourIn(1, MORNING, now, civil);
    case 'monday':
      return hourIn(8 - weekday, MORNING, now, civil);
  }
}
