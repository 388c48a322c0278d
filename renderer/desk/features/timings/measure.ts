import type { TimingKey } from '../../../../src/domain/timings/timings.ts';
import type { TextKey } from '../../i18n/keys.ts';

/** What is measured; each has a value over all hours and one in business hours (C3). */
export type Measure = 'first' | 'average' | 'resolution';
export const MEASURES: readonly Measure[] = ['first', 'average', 'resolution'];

const KEYS = {
  first: ['waitingTime', 'operationWaitingTime'],
  average: ['avgReplyTime', 'operationAvgReplyTime'],
  resolution: ['resolutionTime', 'operationResolutionTime'],
} as const satisfies Readonly<Record<Measure, readonly [TimingKey, TimingKey]>>;

/** The timing of a measure, over all hours or in business hours only. */
export function timingKey(measure: Measure, inHours: boolean): TimingKey {
  return KEYS[measure][inHours ? 1 : 0];
}

/** What a timing measures, and whether in business hours only. */
export function measureOf(key: TimingKey): { readonly measure: Measure; readonly inHours: boolean } {
  const measure = MEASURES.find((one) => KEYS[one].some((own) => own === key)) ?? 'first';
  return { measure, inHours: KEYS[measure][1] === key };
}

/** The name of a timing: the measure's and the hours'. */
export function measureName(key: TimingKey): readonly [measure: TextKey, hours: TextKey] {
  const { measure, inHours } = measureOf(key);
  return [`profile:timing.${measure}`, inHours ? 'profile:timing.businessHours' : 'profile:timing.allHours'];
}
