import type { CsatAnswer, CsatScaleResult } from '../../../../src/protocol/rpc/insight.ts';
import type { Drill } from '../../../../src/protocol/rpc/drill.ts';

type CsatDrill = Extract<Drill, { of: 'csat' }>;

/** The least and the most a scale can give (Q1); null where it is not known. */
export function scaleEnds(scale: CsatScaleResult['scale']): readonly [number, number] | null {
  return scale === 'unknown' ? null : [1, 5];
}

/** Some days of a trend taken together, so that a long range stays readable. */
export interface TrendStep {
  readonly from: string;
  readonly to: string;
  readonly answered: number;
  /** Mean score on the scale; null without answers. */
  readonly average: number | null;
}

const LONGEST_BY_DAY = 45;
const WEEK = 7;

/** How many days one step of a trend takes: single ones while they fit, then weeks, then months of 30 days. */
export function daysInStep(days: number): number {
  if (days <= LONGEST_BY_DAY) return 1;
  return days <= LONGEST_BY_DAY * WEEK ? WEEK : 30;
}

/** A scale's mean over time (Q2: of this scale alone). */
export function trendSteps(days: readonly string[], trend: CsatScaleResult['trend']): readonly TrendStep[] {
  const size = daysInStep(days.length);
  const steps: TrendStep[] = [];
  for (let start = 0; start < days.length; start += size) {
    const from = days[start];
    const to = days[Math.min(days.length, start + size) - 1];
    if (from === undefined || to === undefined) continue;
    const part = trend.slice(start, start + size);
    const answered = part.reduce((sum, day) => sum + day.answered, 0);
    const sum = part.reduce((total, day) => total + day.sum, 0);
    steps.push({ from, to, answered, average: answered === 0 ? null : sum / answered });
  }
  return steps;
}

/** The surveys of a range behind a figure. */
export function csatDrill(
  answer: Pick<CsatAnswer, 'range'>,
  cut: Omit<CsatDrill, 'of' | 'from' | 'to' | 'zone'>,
): CsatDrill {
  const { from, to, zone } = answer.range;
  return { of: 'csat', from, to, zone, ...cut };
}

/** A mean on its own scale, two digits at most: 4.25. */
export function averageNumber(average: number): number {
  return Math.round(average * 100) / 100;
}
