import type { BusinessHours } from '../hours/business-hours.ts';
import type { Cycle } from '../model.ts';
import type { TimingPolicy } from './policy.ts';
import { clockMessages, type Mark, type ReplySpan, replySpans, type TimedMessage } from './reply-spans.ts';

/** The six timings (C3), in the order in which they are shown. */
export const TIMING_KEYS = [
  'waitingTime',
  'avgReplyTime',
  'resolutionTime',
  'operationWaitingTime',
  'operationAvgReplyTime',
  'operationResolutionTime',
] as const;
export type TimingKey = (typeof TIMING_KEYS)[number];

/** Why there is no value (T0). */
export type NullReason = 'notYet' | 'noReply' | 'outsideHours' | 'noSchedule';

/** A timing: integer milliseconds, or null with the reason; null is never 0 (T0). */
export type TimingValue =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: NullReason };

export type Timings = Readonly<Record<TimingKey, TimingValue>>;

/** A stretch of time that is counted, with what started and what stopped the clock. */
export interface Span {
  readonly start: Mark;
  readonly stop: Mark;
}

/** The spans of one cycle that its values are made of (T10). */
export interface CycleSpans {
  /** At most one. */
  readonly waiting: readonly Span[];
  readonly replies: readonly Span[];
  /** At most one. */
  readonly resolution: readonly Span[];
}

/** One cycle's values and the spans they were computed from: the only function's answer (T10). */
export interface CycleTimings {
  readonly cycle: Cycle;
  readonly timings: Timings;
  readonly spans: CycleSpans;
  /** False while the messages at hand do not lead to the cycle's row: some have not arrived here yet. */
  readonly agrees: boolean;
}

/** The rules a timing is computed under: a policy (T13) and the business hours (T5). */
export interface TimingRules {
  readonly policy: TimingPolicy;
  readonly hours: BusinessHours;
}

const NOT_YET: TimingValue = { value: null, reason: 'notYet' };

/** The timings of a conversation that no human has had: nothing has happened yet (T0). */
export const NO_TIMINGS: Timings = {
  waitingTime: NOT_YET,
  avgReplyTime: NOT_YET,
  resolutionTime: NOT_YET,
  operationWaitingTime: NOT_YET,
  operationAvgReplyTime: NOT_YET,
  operationResolutionTime: NOT_YET,
};

/** The cycle's spans under a policy, out of its row and its reply intervals (T1–T3). */
export function cycleSpans(cycle: Cycle, replies: readonly ReplySpan[], policy: TimingPolicy): CycleSpans {
  const { openedAt, closedAt } = cycle;
  const opening: Mark = { type: 'opening', at: openedAt, messageId: null };
  const [first] = replies;
  const waiting = first && {
    start: policy.waitingFrom === 'opening' ? opening : first.first,
    stop: first.reply,
  };
  const closing: Mark | null = closedAt === null ? null : { type: 'closing', at: closedAt, messageId: null };
  return {
    waiting: waiting === undefined ? [] : [waiting],
    replies: replies.map((span) => ({ start: span[policy.burst], stop: span.reply })),
    resolution: closing === null ? [] : [{ start: opening, stop: closing }],
  };
}

/** What one span adds to an operation value: its open time in milliseconds, or null when it does not count (T4). */
export function openTimeOf(span: Span, isReply: boolean, { policy, hours }: TimingRules): number | null {
  const { at: from } = span.start;
  const { at: to } = span.stop;
  const open = hours.openBetween(from, to);
  if (isReply && policy.operationReplies === 'answeredInHours') return hours.isOpen(to) ? open : null;
  if (open > 0 || policy.outside === 'zero') return open;
  // A span of no length lies in hours when its moment does.
  return from === to && hours.isOpen(from) ? 0 : null;
}

function mean(total: number, count: number): number {
  return Math.round(total / count);
}

function wallValue(spans: readonly Span[], missing: NullReason): TimingValue {
  if (spans.length === 0) return { value: null, reason: missing };
  const total = spans.reduce((sum, { start, stop }) => sum + (stop.at - start.at), 0);
  return { value: mean(total, spans.length), reason: null };
}

/** Whether a schedule was in force somewhere in any of the spans. */
function hadSchedule(spans: readonly Span[], hours: BusinessHours): boolean {
  return spans.some(({ start, stop }) => hours.versionsIn(start.at, stop.at).length > 0);
}

function openValue(
  spans: readonly Span[],
  isReply: boolean,
  missing: NullReason,
  rules: TimingRules,
): TimingValue {
  if (!rules.hours.hasSchedule) return { value: null, reason: 'noSchedule' };
  if (spans.length === 0) return { value: null, reason: missing };
  if (!hadSchedule(spans, rules.hours)) return { value: null, reason: 'noSchedule' };
  let total = 0;
  let count = 0;
  for (const span of spans) {
    const open = openTimeOf(span, isReply, rules);
    if (open === null) continue;
    total += open;
    count += 1;
  }
  return count === 0 ? { value: null, reason: 'outsideHours' } : { value: mean(total, count), reason: null };
}

/** The six values out of a cycle's spans (T1–T5); `isClosed` tells a reply that is missing from one that may still come. */
export function timingsOf(spans: CycleSpans, isClosed: boolean, rules: TimingRules): Timings {
  const missing: NullReason = isClosed ? 'noReply' : 'notYet';
  return {
    waitingTime: wallValue(spans.waiting, missing),
    avgReplyTime: wallValue(spans.replies, missing),
    resolutionTime: wallValue(spans.resolution, 'notYet'),
    operationWaitingTime: openValue(spans.waiting, false, missing, rules),
    operationAvgReplyTime: openValue(spans.replies, true, missing, rules),
    operationResolutionTime: openValue(spans.resolution, false, 'notYet', rules),
  };
}

/**
 * Every cycle's timings, earliest first, from the conversation's cycle rows and all of its messages, both in any order
 * (T1–T10). Screen, export and command line show what this returns; the last one is the current cycle's (T9).
 */
export function conversationTimings(
  cycles: readonly Cycle[],
  messages: readonly TimedMessage[],
  rules: TimingRules,
): readonly CycleTimings[] {
  const ordered = clockMessages(messages);
  return [...cycles]
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((cycle) => {
      const { spans: replies, agrees } = replySpans(cycle, ordered);
      const spans = cycleSpans(cycle, replies, rules.policy);
      return { cycle, spans, agrees, timings: timingsOf(spans, cycle.closedAt !== null, rules) };
    });
}

/** How long a span took by the clock on the wall, in milliseconds. */
export function lengthOf({ start, stop }: Span): number {
  return stop.at - start.at;
}
