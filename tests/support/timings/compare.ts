import { BusinessHours } from '../../../src/domain/hours/business-hours.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import { timingPolicy } from '../../../src/domain/timings/policy.ts';
import { conversationTimings } from '../../../src/domain/timings/timings.ts';
import { randomCase } from './random-cases.ts';
import { plainValues } from './rules.ts';
import { slowHours } from './slow-hours.ts';
import { slowCycles, slowTimings } from './slow-timings.ts';

/** The same case computed twice: by the product, and minute by minute. */
export interface Comparison {
  readonly product: readonly Record<string, number | string>[];
  readonly slow: readonly Record<string, number | string>[];
  /** Whether messages always led to the cycle's row. */
  readonly agrees: boolean;
}

/** Computes one seed's case by both. */
export function compareCase(seed: number): Comparison {
  const { events, hours, window, policy } = randomCase(seed);
  const { rows } = foldHistory(events, DEFAULT_POLICY);
  const rules = { policy: timingPolicy(policy), hours: new BusinessHours(hours) };
  const timed = conversationTimings(rows.cycles, rows.messages, rules);
  const minutes = slowHours(hours, window);
  const isOpen = (minute: number): boolean | null => minutes[minute - window.from] ?? null;
  const choices = { hasSchedule: hours.length > 0, isOurs: policy === 'handoff' };
  return {
    product: timed.map(plainValues),
    slow: slowCycles(events).map((cycle) => slowTimings(cycle, isOpen, choices)),
    agrees: timed.every((one) => one.agrees),
  };
}
