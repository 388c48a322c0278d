import type { EpochMillis } from '../../base/time.ts';
import type { Stretch } from '../hours/business-hours.ts';
import type { TimingPolicyName } from './policy.ts';
import type { Mark } from './reply-spans.ts';
import {
  type CycleTimings,
  lengthOf,
  openTimeOf,
  type Span,
  TIMING_KEYS,
  type TimingKey,
  type TimingRules,
  type TimingValue,
} from './timings.ts';

/** One span of an explanation (T10). */
export interface ExplainedSpan {
  readonly from: EpochMillis;
  readonly to: EpochMillis;
  readonly start: Mark;
  readonly stop: Mark;
  /** Milliseconds it adds; 0 when it does not count. */
  readonly counted: number;
  /** False for a span that an operation value leaves out: it is not in the average's count either (T4). */
  readonly counts: boolean;
  /** How much of it lies in hours; null for values by the wall clock, which do not ask. */
  readonly inHours: 'all' | 'part' | 'none' | null;
  /** The parts in hours; empty for values by the wall clock. */
  readonly open: readonly Stretch[];
}

/** A version of the business hours that a value used, by the day it is valid from. */
export interface UsedSchedule {
  readonly validFrom: string;
  readonly zone: string;
}

/** Why a value is what it is: the sum of `counted` over what `counts`, by the number of those (T10). */
export type TimingExplanation = TimingValue & {
  readonly key: TimingKey;
  /** Whether it counts business hours only. */
  readonly isOperation: boolean;
  readonly policy: { readonly name: TimingPolicyName; readonly version: number };
  readonly schedules: readonly UsedSchedule[];
  readonly spans: readonly ExplainedSpan[];
};

const SPANS_OF = {
  waitingTime: 'waiting',
  avgReplyTime: 'replies',
  resolutionTime: 'resolution',
  operationWaitingTime: 'waiting',
  operationAvgReplyTime: 'replies',
  operationResolutionTime: 'resolution',
} as const satisfies Record<TimingKey, keyof CycleTimings['spans']>;

function wallSpan(span: Span): ExplainedSpan {
  const { start, stop } = span;
  return {
    from: start.at,
    to: stop.at,
    start,
    stop,
    counted: lengthOf(span),
    counts: true,
    inHours: null,
    open: [],
  };
}

function shareOf(open: number, span: Span, counts: boolean): 'all' | 'part' | 'none' {
  if (open === 0 && !(counts && lengthOf(span) === 0)) return 'none';
  return open === lengthOf(span) ? 'all' : 'part';
}

function operationSpan(span: Span, isReply: boolean, rules: TimingRules): ExplainedSpan {
  const counted = openTimeOf(span, isReply, rules);
  const { start, stop } = span;
  return {
    ...wallSpan(span),
    counted: counted ?? 0,
    counts: counted !== null,
    inHours: shareOf(rules.hours.openBetween(start.at, stop.at), span, counted !== null),
    open: rules.hours.stretches(start.at, stop.at),
  };
}

/** The versions of the hours that the spans used, each once. */
function schedulesOf(spans: readonly Span[], { hours }: TimingRules): readonly UsedSchedule[] {
  const used = new Map<string, UsedSchedule>();
  for (const { start, stop } of spans)
    for (const { validFrom, zone } of hours.versionsIn(start.at, stop.at))
      used.set(validFrom, { validFrom, zone });
  return [...used.values()];
}

/** Explains one value of a cycle, from the very spans it was computed of (T10). */
export function explainTiming(
  { spans, timings }: Pick<CycleTimings, 'spans' | 'timings'>,
  key: TimingKey,
  rules: TimingRules,
): TimingExplanation {
  const own = spans[SPANS_OF[key]];
  const isOperation = key.startsWith('operation');
  const hasSchedule = isOperation && timings[key].reason !== 'noSchedule';
  return {
    ...timings[key],
    key,
    isOperation,
    policy: { name: rules.policy.name, version: rules.policy.version },
    schedules: hasSchedule ? schedulesOf(own, rules) : [],
    spans: isOperation
      ? hasSchedule
        ? own.map((span) => operationSpan(span, key === 'operationAvgReplyTime', rules))
        : []
      : own.map(wallSpan),
  };
}

/** Explains all six values of a cycle (T10). */
export function explainCycle(cycle: CycleTimings, rules: TimingRules): readonly TimingExplanation[] {
  return TIMING_KEYS.map((key) => explainTiming(cycle, key, rules));
}
