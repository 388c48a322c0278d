import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import { DEFAULT_POLICY, type HistoryEvent } from '../../../../src/domain/events.ts';
import { compareEvents, foldHistory } from '../../../../src/domain/fold.ts';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { type HoursVersion, type TimeRange, WEEKDAYS } from '../../../../src/domain/hours/schedule.ts';
import { EMPTY_SNAPSHOT } from '../../../../src/domain/rows.ts';
import { step } from '../../../../src/domain/step.ts';
import { explainCycle, type TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import { CHANNEL_TALK_POLICY, HANDOFF_POLICY } from '../../../../src/domain/timings/policy.ts';
import { conversationTimings, type CycleTimings } from '../../../../src/domain/timings/timings.ts';
import {
  advanceTimings,
  EMPTY_TIMINGS,
  type TimingState,
  timingsOfState,
} from '../../../../src/domain/timings/tracker.ts';
import { postedId, randomHistory, SEED } from '../../../support/domain/random-history.ts';
import { office, plainValues, rulesOf } from '../../../support/timings/rules.ts';

const clock = fc
  .integer({ min: 0, max: 1_439 })
  .map(
    (minutes) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
  );
const range = fc
  .tuple(clock, fc.oneof(clock, fc.constant('24:00')))
  .filter(([from, to]) => from !== to) as fc.Arbitrary<TimeRange>;
const date = fc
  .integer({ min: Date.UTC(2026, 7, 20) / 86_400_000, max: Date.UTC(2026, 8, 10) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const version: fc.Arbitrary<HoursVersion> = fc.record({
  validFrom: date,
  zone: fc.constantFrom('UTC', 'Europe/Stockholm', 'America/New_York', 'Asia/Seoul', 'Asia/Kathmandu'),
  week: fc.dictionary(fc.constantFrom(...WEEKDAYS), fc.array(range, { maxLength: 3 })),
  holidays: fc.array(date, { maxLength: 2 }),
});
const schedule = fc.uniqueArray(version, { maxLength: 3, selector: (one) => one.validFrom });
const moment = fc
  .integer({ min: Date.UTC(2026, 7, 15), max: Date.UTC(2026, 8, 15) })
  .map((at) => epochMillis(at));
const ZERO = epochMillis(0);
const policy = fc.constantFrom(HANDOFF_POLICY, CHANNEL_TALK_POLICY);

/** The history in folding order, each event and each message once. */
function inOrder(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const seen = new Set<string>();
  return [...events].sort(compareEvents).filter((event) => {
    const id = postedId(event) ?? event.id;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

/** The same history with no two events in one moment. */
function apart(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return inOrder(events).map((event, index) => ({ ...event, at: epochMillis(event.at + index) }));
}

function valuesAndSpans(cycles: readonly CycleTimings[]) {
  return cycles.map((one) => ({
    ordinal: one.cycle.ordinal,
    values: plainValues(one),
    replies: one.spans.replies.map(({ start, stop }) => [start.at, stop.at]),
    waiting: one.spans.waiting.map(({ start, stop }) => [start.at, stop.at]),
    resolution: one.spans.resolution.map(({ start, stop }) => [start.at, stop.at]),
  }));
}

describe('business hours', () => {
  test('[T4][T5] what lies in hours is never longer than the span, and never negative', () => {
    fc.assert(
      fc.property(schedule, moment, moment, (settings, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const open = new BusinessHours(settings).openBetween(from, to);
        expect(open).toBeGreaterThanOrEqual(0);
        expect(open).toBeLessThanOrEqual(to - from);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('[T4][T5] a span split anywhere adds up to the whole', () => {
    fc.assert(
      fc.property(schedule, fc.array(moment, { minLength: 2, maxLength: 6 }), (settings, moments) => {
        const hours = new BusinessHours(settings);
        const cuts = [...moments].sort((a, b) => a - b);
        const parts = cuts.slice(1).map((to, index) => hours.openBetween(cuts[index] ?? to, to));
        const [from, to] = [cuts[0] ?? ZERO, cuts.at(-1) ?? ZERO];
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(hours.openBetween(from, to));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('[T5][T10] the open stretches add up to the open time, apart, in order and within the span', () => {
    fc.assert(
      fc.property(schedule, moment, moment, (settings, one, other) => {
        const hours = new BusinessHours(settings);
        const [from, to] = one < other ? [one, other] : [other, one];
        const found = hours.stretches(from, to);
        expect(found.reduce((sum, open) => sum + (open.to - open.from), 0)).toBe(hours.openBetween(from, to));
        const edges = [from, ...found.flatMap((open) => [open.from, open.to]), to];
        expect([...edges].sort((a, b) => a - b)).toEqual(edges);
        for (const open of found) {
          expect(hours.isOpen(open.from)).toBe(true);
          if (open.to < to) expect(hours.isOpen(open.to)).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[T5] working time ahead is where that much open time has passed', () => {
    fc.assert(
      fc.property(
        schedule,
        moment,
        fc.integer({ min: 1, max: 100 * 3_600_000 }),
        (settings, from, length) => {
          const hours = new BusinessHours(settings);
          const then = hours.after(from, length);
          if (then !== null) expect(hours.openBetween(from, then)).toBe(length);
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});

/** A value must be the sum of what counts by the number of those, or absent where nothing counts. */
function expectSum(explained: TimingExplanation): void {
  const counting = explained.spans.filter((span) => span.counts);
  const total = counting.reduce((sum, span) => sum + span.counted, 0);
  expect(explained.value).toBe(counting.length === 0 ? null : Math.round(total / counting.length));
  for (const span of explained.spans) {
    const open = span.open.reduce((sum, part) => sum + (part.to - part.from), 0);
    expect(span.counted).toBe(span.counts ? (explained.isOperation ? open : span.to - span.from) : 0);
  }
}

describe('timings of any history', () => {
  test('[T0][T1][T2][T3] agree with the cycle’s row: first reply, number of replies, their total', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY);
        for (const { cycle, agrees, spans, timings } of conversationTimings(
          rows.cycles,
          rows.messages,
          rulesOf(),
        )) {
          expect(agrees).toBe(true);
          expect(spans.replies).toHaveLength(cycle.replyCount);
          expect(spans.replies.reduce((sum, { start, stop }) => sum + (stop.at - start.at), 0)).toBe(
            cycle.replyTotal,
          );
          const waited = cycle.firstReplyAt === null ? null : cycle.firstReplyAt - (cycle.clockStartAt ?? 0);
          expect(timings.waitingTime.value).toBe(waited);
          expect(timings.resolutionTime.value).toBe(
            cycle.closedAt === null ? null : cycle.closedAt - cycle.openedAt,
          );
        }
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('[T4][T10] in-hours values are never above the others, and explanations sum to their values', () => {
    fc.assert(
      fc.property(randomHistory, schedule, policy, (events, settings, rule) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY);
        const rules = rulesOf(settings, rule);
        for (const cycle of conversationTimings(rows.cycles, rows.messages, rules)) {
          const { waitingTime, operationWaitingTime, resolutionTime, operationResolutionTime } =
            cycle.timings;
          expect(operationWaitingTime.value ?? 0).toBeLessThanOrEqual(waitingTime.value ?? 0);
          expect(operationResolutionTime.value ?? 0).toBeLessThanOrEqual(resolutionTime.value ?? 0);
          for (const explained of explainCycle(cycle, rules)) {
            expectSum(explained);
            expect((explained.value === null) !== (explained.reason === null)).toBe(true);
          }
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('[T4] where every moment is open, in-hours values are the others', () => {
    const always = office({
      zone: 'UTC',
      week: Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00']]])),
    });
    fc.assert(
      fc.property(randomHistory, policy, (events, rule) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY);
        for (const cycle of conversationTimings(rows.cycles, rows.messages, rulesOf([always], rule))) {
          const { timings } = cycle;
          expect(timings.operationWaitingTime).toEqual(timings.waitingTime);
          expect(timings.operationAvgReplyTime).toEqual(timings.avgReplyTime);
          expect(timings.operationResolutionTime).toEqual(timings.resolutionTime);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[T11] kept up event by event they equal those from scratch, after every event', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const rules = rulesOf([office({ zone: 'UTC' })]);
        let state: TimingState = EMPTY_TIMINGS;
        let snapshot = EMPTY_SNAPSHOT;
        const ordered = inOrder(events);
        ordered.forEach((event, index) => {
          const result = step(snapshot, event, DEFAULT_POLICY);
          snapshot = result.snapshot;
          state = advanceTimings(state, result.changes);
          const { rows } = foldHistory(ordered.slice(0, index + 1), DEFAULT_POLICY);
          const scratch = conversationTimings(rows.cycles, rows.messages, rules);
          expect(valuesAndSpans(timingsOfState(state, rules))).toEqual(valuesAndSpans(scratch));
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[T11][T13] so do those of either policy where no two events share a moment', () => {
    fc.assert(
      fc.property(randomHistory, schedule, policy, (events, settings, rule) => {
        const rules = rulesOf(settings, rule);
        let state: TimingState = EMPTY_TIMINGS;
        let snapshot = EMPTY_SNAPSHOT;
        for (const event of apart(events)) {
          const result = step(snapshot, event, DEFAULT_POLICY);
          snapshot = result.snapshot;
          state = advanceTimings(state, result.changes);
        }
        const { rows } = foldHistory(apart(events), DEFAULT_POLICY);
        const scratch = conversationTimings(rows.cycles, rows.messages, rules);
        expect(valuesAndSpans(timingsOfState(state, rules))).toEqual(valuesAndSpans(scratch));
        const marks = (cycles: readonly CycleTimings[]) => cycles.map((one) => one.spans.replies);
        expect(marks(timingsOfState(state, rules))).toEqual(marks(scratch));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[T8] the order in which rows are handed over means nothing', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY);
        const rules = rulesOf([office({ zone: 'UTC' })]);
        const turned = conversationTimings(rows.cycles.toReversed(), rows.messages.toReversed(), rules);
        expect(turned).toEqual(conversationTimings(rows.cycles, rows.messages, rules));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
