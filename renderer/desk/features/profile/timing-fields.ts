import { TIMING_KEYS } from '../../../../src/domain/timings/timings.ts';

/** Whether a field is one of the six timings, which have a place of their own in the panel. */
export function isTimingField(key: string): boolean {
  return TIMING_KEYS.some((known) => known === key);
}
