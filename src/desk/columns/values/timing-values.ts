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
  /** Where a row's reply intervals stand in `pool`: how many, then `SPAN_WIDTH` numbers each; 0: not read yet. */
  readonly spanAt: Uint32Array;
  readonly pool: Float64Array;
  /** Reads the intervals of a row into the pool, which may be another one afterwards. */
  readonly readSpans: (n: number) => void;
}

/** From how many replies on a key needs the intervals one by one; infinity when the cycle's sums are enough. */
export function spansNeeded(key: TimingKey, { policy }: TimingRules): number {
  const isLast = policy.burst === 'last';
  if (key === 'avgReplyTime') return isLast ? 1 : Number.POSITIVE_INFINITY;
  if (key !== 'operationAvgReplyTime') return Number.POSITIVE_INFINITY;
  return isLast ? 1 : 2;
}

/** Open time of a span as `openTimeOf` counts it (T4): milliseconds, or NaN when the span does not count. */
function openTime(from: number, to: number, isReply: boolean, rules: TimingRules): number {
  const { policy, hours } = rules;
  const open = hours.openBetween(from as EpochMillis, to as EpochMillis);
  if (isReply && policy.operationReplies === 'answeredInHours') {
    return hours.isOpen(to as EpochMillis) ? open : Number.NaN;
  }
  if (open > 0 || policy.outside === 'zero') return open;
  return from === to && hours.isOpen(from as EpochMillis) ? 0 : Number.NaN;
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

/** The mean over the intervals at a place of the pool, in hours or by the clock on the wall; NaN where none counts. */
function meanOf(pool: Float64Array, place: number, isInHours: boolean, rules: TimingRules): number {
  const begin = rules.policy.burst === 'first' ? 0 : 1;
  const end = place + 1 + (pool[place] ?? 0) * SPAN_WIDTH;
  let total = 0;
  let count = 0;
  for (let at = place + 1; at < end; at += SPAN_WIDTH) {
    const from = pool[at + begin] ?? 0;
    const to = pool[at + SPAN_WIDTH - 1] ?? 0;
    const length = isInHours ? openTime(from, to, true, rules) : to - from;
    if (Number.isNaN(length)) continue;
    total += length;
    count += 1;
  }
  if (count === 0) return Number.NaN;
  // Where any was open there was a schedule; asked for only where nothing was: it takes longer than all the rest.
  if (isInHours && total === 0 && !hadScheduleIn(pool, place + 1, end, rules.hours)) return Number.NaN;
  return Math.round(total / count);
}

function hadScheduleIn(pool: Float64Array, from: number, end: number, hours: BusinessHours): boolean {
  for (let at = from; at < end; at += SPAN_WIDTH) {
    if (hadSchedule(hours, pool[at] ?? 0, pool[at + SPAN_WIDTH - 1] ?? 0)) return true;
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
  const { opened, clock, firstReply, closed, total, replies, spanAt } = cycles;
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
    const begin = begins[n] ?? Number.NaN;
    const end = ends[n] ?? Number.NaN;
    if (Number.isNaN(end)) into[n] = Number.NaN;
    else if (isReply && (replies[n] ?? 0) >= least) {
      if (spanAt[n] === 0) cycles.readSpans(n);
      into[n] = meanOf(cycles.pool, spanAt[n] ?? 0, isInHours, rules);
    } else if (isInHours) into[n] = openSpan(begin, end, isReply, rules);
    else into[n] = isReply ? Math.round((total[n] ?? 0) / (replies[n] ?? 1)) : end - begin;
  }
  if (limit < to) into.fill(Number.NaN, Math.max(limit, from), to);
}
