import type { ExplainedSpan, TimingExplanation } from '../../domain/timings/explain.ts';
import type { Mark } from '../../domain/timings/reply-spans.ts';
import { TIMING_KEYS, type TimingKey, type Timings } from '../../domain/timings/timings.ts';
import type { CycleTimingsView, ThreadTimings } from '../../protocol/rpc/timings.ts';
import { isoTime } from './list-json.ts';

/** The six values in milliseconds or null, by key. */
export function shownTimings(timings: Timings): Record<TimingKey, number | null> {
  return {
    waitingTime: timings.waitingTime.value,
    avgReplyTime: timings.avgReplyTime.value,
    resolutionTime: timings.resolutionTime.value,
    operationWaitingTime: timings.operationWaitingTime.value,
    operationAvgReplyTime: timings.operationAvgReplyTime.value,
    operationResolutionTime: timings.operationResolutionTime.value,
  };
}

function shownMark({ type, messageId }: Mark) {
  return { type, messageId };
}

function shownSpan(span: ExplainedSpan) {
  return {
    from: isoTime(span.from),
    to: isoTime(span.to),
    startedBy: shownMark(span.start),
    stoppedBy: shownMark(span.stop),
    counted: span.counted,
    counts: span.counts,
    ...(span.inHours === null
      ? {}
      : {
          inHours: span.inHours,
          open: span.open.map((open) => ({ from: isoTime(open.from), to: isoTime(open.to) })),
        }),
  };
}

function shownValue({ value, reason, schedules, spans, isOperation }: TimingExplanation) {
  return {
    value,
    reason,
    ...(isOperation ? { schedules } : {}),
    spans: spans.map(shownSpan),
  };
}

function shownCycle({ cycle, explain, agrees }: CycleTimingsView) {
  return {
    ordinal: cycle.ordinal,
    complete: agrees,
    ...Object.fromEntries(explain.map((one) => [one.key, shownValue(one)])),
  };
}

/** Why each value is what it is (T10): policy, and for every cycle its six values with spans and the schedules used. */
export function shownExplanation(timings: ThreadTimings) {
  return { policy: timings.policy, cycles: timings.cycles.map(shownCycle) };
}

/** One line a value that there is, for people. */
export function timingLines(timings: Timings): readonly string[] {
  return TIMING_KEYS.flatMap((key) => {
    const { value, reason } = timings[key];
    return [`${key}: ${value === null ? `- (${reason})` : `${value} ms`}`];
  });
}
