import { nextFloat, type Rng } from '../../base/rng.ts';
import type { Step } from './draft.ts';
import { languageFacts } from './locale-text.ts';
import type { Casting } from './plan.ts';

const MINUTES = 60_000;
const HOURS = 3_600_000;
const DAYS = 86_400_000;

/** How far back the sample goes. */
export const SAMPLE_SPAN = 28 * DAYS;

/** How likely a customer starts to write in each local hour of the day, from midnight. */
const HOUR_WEIGHTS: readonly number[] = [
  0.04, 0.01, 0.01, 0.01, 0.01, 0.02, 0.08, 0.25, 0.55, 0.8, 0.95, 0.95, 1, 0.85, 0.8, 0.85, 0.9, 0.85, 0.8,
  0.9, 1, 0.85, 0.5, 0.18,
];

interface AgeRange {
  readonly from: number;
  readonly to: number;
  /** Above 1: recent ones more often. */
  readonly skew: number;
}

/** How long ago the last thing in the conversation happened. */
function ageRange({ outcome, stage }: Casting): AgeRange {
  if (outcome === 'withAi') return { from: 0.3 * MINUTES, to: 20 * HOURS, skew: 4 };
  if (outcome === 'left') return { from: 2 * HOURS, to: 25 * DAYS, skew: 1 };
  if (outcome === 'resolved') return { from: 20 * MINUTES, to: 27 * DAYS, skew: 1.1 };
  if (stage?.state === 'closed') return { from: HOURS, to: 24 * DAYS, skew: 1.1 };
  if (stage?.state === 'snoozed') return { from: 3 * HOURS, to: 5 * DAYS, skew: 1.5 };
  if (stage?.cut === 'unanswered') return { from: 2 * MINUTES, to: 34 * HOURS, skew: 2.6 };
  return { from: 4 * MINUTES, to: 4 * DAYS, skew: 2.4 };
}

/** The local hour of a moment in a language's zone. */
export function localHour(at: number, casting: Pick<Casting, 'language'>): number {
  return new Date(at + languageFacts(casting.language).zoneHours * HOURS).getUTCHours();
}

const TRIES = 400;

/**
 * When the conversation began, in epoch milliseconds: so that its last step lies before `now`, nothing is older
 * than the span, and the customer wrote at a likely hour. The least unlikely of many tries where none fits well.
 */
export function placeStart(steps: readonly Step[], casting: Casting, now: number, rng: Rng): number {
  const length = steps.reduce((sum, { gap }) => sum + gap, 0);
  const range = ageRange(casting);
  let best = { start: now - range.from - length, weight: -1 };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const age = range.from + (range.to - range.from) * nextFloat(rng) ** range.skew;
    const start = Math.floor(now - age - length);
    if (start < now - SAMPLE_SPAN) continue;
    const weight = HOUR_WEIGHTS[localHour(start, casting)] ?? 0;
    if (nextFloat(rng) < weight) return start;
    if (weight > best.weight) best = { start, weight };
  }
  return Math.floor(best.start);
}
