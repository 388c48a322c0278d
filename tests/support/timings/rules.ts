import { type EpochMillis, epochMillis } from '../../../src/base/time.ts';
import { BusinessHours } from '../../../src/domain/hours/business-hours.ts';
import type { HoursSettings, HoursVersion, TimeRange, Weekday } from '../../../src/domain/hours/schedule.ts';
import { explainCycle, type TimingExplanation } from '../../../src/domain/timings/explain.ts';
import { HANDOFF_POLICY, type TimingPolicy } from '../../../src/domain/timings/policy.ts';
import {
  conversationTimings,
  type CycleTimings,
  TIMING_KEYS,
  type TimingKey,
  type TimingRules,
} from '../../../src/domain/timings/timings.ts';
import type { Story } from '../domain/history.ts';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

const OFFICE_DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** The same intervals on each of some days. */
export function weekOf(ranges: readonly TimeRange[], days = OFFICE_DAYS): HoursVersion['week'] {
  return Object.fromEntries(days.map((day) => [day, ranges]));
}

/** Monday to Friday, 09:00 to 18:00, in a zone; anything else is given. */
export function office(over: Partial<HoursVersion> = {}): HoursVersion {
  return {
    validFrom: '2000-01-01',
    zone: 'Europe/Stockholm',
    week: weekOf([['09:00', '18:00']]),
    holidays: [],
    ...over,
  };
}

/** A moment by its ISO text. */
export function at(iso: string): EpochMillis {
  const parsed = Date.parse(iso);
  if (Number.isNaN(parsed)) throw new Error(`no moment: ${iso}`);
  return epochMillis(parsed);
}

export function rulesOf(hours: HoursSettings = [], policy: TimingPolicy = HANDOFF_POLICY): TimingRules {
  return { policy, hours: new BusinessHours(hours) };
}

/** The timings of a story's every cycle. */
export function timingsOfStory(story: Story, rules: TimingRules = rulesOf()): readonly CycleTimings[] {
  const { rows } = story.fold();
  return conversationTimings(rows.cycles, rows.messages, rules);
}

/** One cycle's six values, each a number or the reason why there is none. */
export function values(
  story: Story,
  rules: TimingRules = rulesOf(),
  ordinal = 1,
): Record<TimingKey, number | string> {
  const found = timingsOfStory(story, rules).find((one) => one.cycle.ordinal === ordinal);
  if (found === undefined) throw new Error(`no cycle ${ordinal}`);
  return plainValues(found);
}

export function plainValues({ timings }: Pick<CycleTimings, 'timings'>): Record<TimingKey, number | string> {
  const plain: Partial<Record<TimingKey, number | string>> = {};
  for (const key of TIMING_KEYS) plain[key] = timings[key].value ?? timings[key].reason ?? 'nothing';
  return plain as Record<TimingKey, number | string>;
}

/** The explanation of one value of one cycle. */
export function explanation(
  story: Story,
  key: TimingKey,
  rules: TimingRules = rulesOf(),
  ordinal = 1,
): TimingExplanation {
  const cycle = timingsOfStory(story, rules).find((one) => one.cycle.ordinal === ordinal);
  const found = cycle && explainCycle(cycle, rules).find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key} in cycle ${ordinal}`);
  return found;
}
