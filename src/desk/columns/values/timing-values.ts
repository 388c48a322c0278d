import type { EpochMillis } from '../../../base/time.ts';
import type { BusinessHours } from '../../../domain/hours/business-hours.ts';
import type { TimingKey, TimingRules } from '../../../domain/timings/timings.ts';
import { SPAN_WIDTH } from './cycles.ts';

/** Moments of current cycles by row number (`CycleColumns`); NaN is unset. */
export interface CycleMoments {
  readonly opened: Float64Array;
  readonly clock: Float64Array;
  readonly firstReply: Float64Array;
  readonly closed: Float64Array;
  readonly total: Float64Array;
  readonly replies: Uint32Array;
  /** The reply intervals of a row, `SPAN_WIDTH` numbers each. */
  readonly spansOf: (n: number) => Float64Array;
}

/** From how many replies on a key needs the intervals one by one; infinity when the cycle's sums are enough. */
export function spansNeeded(key: TimingKey, { policy }: TimingRules): number {
  const isLast = policy.burst === 'last';
  if (key === 'avgReplyTime') return isLast ? 1 : Number.POSITIVE_INFINITY;
  if (key !== 'operationAvgReplyTime') return Number.POSITIVE_INFINITY;
  return isLast ? 1 : 2;
}

/** Open time of a span as `openTimeOf` counts it (T4): milliseconds, or NaN when the span does not count. */
function openTime(from: number, to: number, isReply: boolean, { policy, hours }: TimingRules): number {
  const [start, stop] = [from as EpochMillis, to as EpochMillis];
  const open = hours.openBetween(start, stop);
  if (isReply && policy.operationReplies === 'answeredInHours') return hours.isOpen(stop) ? open : Number.NaN;
  if (open > 0 || policy.outside === 'zero') return open;
  return from === to && hours.isOpen(start) ? 0 : Number.NaN;
}

function hadSchedule(hours: BusinessHours, from: number, to: number): boolean {
  return hours.versionsIn(from as EpochMillis, to as EpochMillis).length > 0;
}

/** One span's operation value; NaN: null, whatever the reason (T0). */
function openSpan(from: number, to: number, isReply: boolean, rules: TimingRules): number {
  const open = openTime(from, to, isReply, rules);
  // A span without any open time may lie before the first schedule: then it has no value under any policy (T5).
  return open === 0 && !hadSchedule(rules.hours, from, to) ? Number.NaN : open;
}

/** The mean over intervals, in hours or by the clock on the wall; NaN where none counts. */
function meanOf(spans: Float64Array, isInHours: boolean, rules: TimingRules): number {
  const begin = rules.policy.burst === 'first' ? 0 : 1;
  let [total, count] = [0, 0];
  for (let at = 0; at < spans.length; at += SPAN_WIDTH) {
    const from = spans[at + begin] ?? 0;
    const to = spans[at + SPAN_WIDTH - 1] ?? 0;
    const length = isInHours ? openTime(from, to, true, rules) : to - from;
    if (Number.isNaN(length)) continue;
    total += length;
    count += 1;
  }
  // Where any was open there was a schedule; asked for only where nothing was: it takes longer than all the rest.
  const isKnown = !isInHours || total > 0 || hadScheduleIn(spans, begin, rules.hours);
  return count === 0 || !isKnown ? Number.NaN : Math.round(total / count);
}

function hadScheduleIn(spans: Float64Array, begin: number, hours: BusinessHours): boolean {
  for (let at = 0; at < spans.length; at += SPAN_WIDTH) {
    if (hadSchedule(hours, spans[at + begin] ?? 0, spans[at + SPAN_WIDTH - 1] ?? 0)) return true;
  }
  return false;
}

/** Writes one timing of rows `from` up to `to` (exclusive): integer milliseconds, NaN where it is null (T0–T5, T13). */
export function fillTiming(
  key: TimingKey,
  cycles: CycleMoments,
  rules: TimingRules,
  into: Float64Array,
  [from, to]: readonly [number, number],
): void {
  const { opened, clock, firstReply, closed, total, replies } = cycles;
  const { policy, hours } = rules;
  const start = policy.waitingFrom === 'opening' ? opened : clock;
  const isInHours = key.startsWith('operation');
  if (isInHours && !hours.hasSchedule) {
    into.fill(Number.NaN, from, to);
    return;
  }
  const isReply = key === 'avgReplyTime' || key === 'operationAvgReplyTime';
  const isResolution = key === 'resolutionTime' || key === 'operationResolutionTime';
  const least = spansNeeded(key, rules);
  const begins = isResolution ? opened : isReply ? clock : start;
  const ends = isResolution ? closed : firstReply;
  const limit = Math.min(to, replies.length);
  for (let n = from; n < limit; n += 1) {
    const [begin, end] = [begins[n] ?? Number.NaN, ends[n] ?? Number.NaN];
    if (Number.isNaN(end)) into[n] = Number.NaN;
    else if (isReply && (replies[n] ?? 0) >= least) into[n] = meanOf(cycles.spansOf(n), isInHours, rules);
    else if (isInHours) into[n] = openSpan(begin, end, isReply, rules);
    else into[n] = isReply ? Math.round((total[n] ?? 0) / (replies[n] ?? 1)) : end - begin;
  }
  if (limit < to) into.fill(Number.NaN, Math.max(limit, from), to);
}
