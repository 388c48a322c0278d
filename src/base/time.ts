import type { Branded } from './ids.ts';

/** A moment: integer milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMillis = Branded<number, 'EpochMillis'>;
/** A length: integer milliseconds. */
export type Millis = Branded<number, 'Millis'>;

/** Tells the time; handed in, so that tests and the workspace decide it. */
export interface Clock {
  now(): EpochMillis;
}

/** Names a number as a moment. */
export function epochMillis(value: number): EpochMillis {
  return value as EpochMillis;
}

/** Names a number as a length. */
export function millis(value: number): Millis {
  return value as Millis;
}

export const SECOND = millis(1_000);
export const MINUTE = millis(60_000);
export const HOUR = millis(3_600_000);
export const DAY = millis(86_400_000);

/** The moment `length` after `at`. */
export function plus(at: EpochMillis, length: number): EpochMillis {
  return epochMillis(at + length);
}

/** A clock that stands still until it is moved: for tests, simulators and replays. */
export interface ManualClock extends Clock {
  set(at: number): void;
  advance(length: number): void;
}

/** Makes a clock that reads `start` until it is moved. */
export function manualClock(start: number): ManualClock {
  let current = start;
  return {
    now: () => epochMillis(current),
    set: (at) => {
      current = at;
    },
    advance: (length) => {
      current += length;
    },
  };
}
