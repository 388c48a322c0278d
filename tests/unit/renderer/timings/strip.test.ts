import { describe, expect, test } from 'vitest';
import {
  closedParts,
  axisWords,
  runningSince,
  marksOf,
  stripOf,
} from '../../../../renderer/desk/features/timings/strip.ts';
import { openPartsOf, sumOf } from '../../../../renderer/desk/features/timings/sum.ts';
import { measureOf, timingKey } from '../../../../renderer/desk/features/timings/measure.ts';
import type { EpochMillis } from '../../../../src/base/time.ts';
import { explainCycle, type TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import { CHANNEL_TALK_POLICY } from '../../../../src/domain/timings/policy.ts';
import { TIMING_KEYS, type TimingKey, type TimingRules } from '../../../../src/domain/timings/timings.ts';
import type { CycleTimingsView } from '../../../../src/protocol/rpc/timings.ts';
import { minute, Story } from '../../../support/domain/history.ts';
import { at, HOUR, MINUTE, office, rulesOf, timingsOfStory } from '../../../support/timings/rules.ts';

const OFFICE = rulesOf([office()]);
/** Minutes of the story's clock until a moment. */
const when = (iso: string): number => (at(iso) - minute(0)) / MINUTE;

function viewOf(story: Story, rules: TimingRules = OFFICE): CycleTimingsView {
  const one = timingsOfStory(story, rules)[0];
  if (one === undefined) throw new Error('no cycle');
  const until = one.cycle.closedAt ?? (story.events.at(-1)?.at as EpochMillis);
  return {
    cycle: one.cycle,
    timings: one.timings,
    explain: explainCycle(one, rules),
    agrees: one.agrees,
    until,
    open: rules.hours.hasSchedule ? rules.hours.stretches(one.cycle.openedAt, until) : null,
  };
}

function explanationOf(view: CycleTimingsView, key: TimingKey): TimingExplanation {
  const found = view.explain.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}

/** Friday 16:30 in Stockholm to Monday 09:30: two hours of work. */
const weekend = (): Story =>
  new Story()
    .customer(when('2026-08-07T14:29:00Z'), { id: 'question' })
    .escalated(when('2026-08-07T14:30:00Z'))
    .agent(when('2026-08-10T07:30:00Z'), { id: 'answer' })
    .close(when('2026-08-10T08:00:00Z'));

describe('the strip of a weekend', () => {
  const view = viewOf(weekend());

  test('[T10] what moved the clock stands on it in order, with both ends of the cycle', () => {
    const strip = stripOf(view, explanationOf(view, 'operationWaitingTime'));
    expect(strip.marks.map(({ kind, role, messageId }) => [kind, role, messageId])).toEqual([
      ['opening', 'starts', null],
      ['agent', 'stops', 'answer'],
      ['closing', 'none', null],
    ]);
    expect(strip.marks[0]?.x).toBe(0);
    expect(strip.marks[2]?.x).toBeCloseTo(1);
  });

  test('[T4] only the parts in hours are counted on it, and the weekend is cut short', () => {
    const strip = stripOf(view, explanationOf(view, 'operationWaitingTime'));
    expect(strip.spans).toHaveLength(1);
    expect(strip.spans[0]?.counted).toHaveLength(2);
    expect(strip.closed).toHaveLength(1);
    expect(strip.breaks.map(({ length }) => length)).toEqual([63 * HOUR]);
    const [closed] = strip.closed;
    const [first, second] = strip.spans[0]?.counted ?? [];
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeCloseTo(closed?.x ?? -1);
    expect((closed?.x ?? 0) + (closed?.width ?? 0)).toBeCloseTo(second?.x ?? -1);
  });

  test('[T10] by the wall clock the whole span is counted', () => {
    const strip = stripOf(view, explanationOf(view, 'waitingTime'));
    const [span] = strip.spans;
    expect(span?.counted).toEqual([{ x: span?.x, width: span?.width }]);
  });

  test('[T0] without a schedule nothing is shaded, and a value without spans has none', () => {
    const bare = viewOf(weekend(), rulesOf());
    const strip = stripOf(bare, explanationOf(bare, 'operationWaitingTime'));
    expect(strip.closed).toEqual([]);
    expect(strip.spans).toEqual([]);
    expect(strip.marks.map(({ kind }) => kind)).toEqual(['opening', 'closing']);
  });
});

describe('marks', () => {
  test('[T2] a message that opened the cycle stands for the opening, once', () => {
    const story = new Story({ withAi: false }).customer(1, { id: 'q' }).agent(5, { id: 'a' });
    const view = viewOf(story);
    const marks = marksOf(view, explanationOf(view, 'avgReplyTime'));
    expect(marks.map(({ kind, messageId }) => [kind, messageId])).toEqual([
      ['customer', 'q'],
      ['agent', 'a'],
    ]);
  });

  test('[T3] the resolution runs from the opening to the closing', () => {
    const view = viewOf(weekend());
    const marks = marksOf(view, explanationOf(view, 'resolutionTime'));
    expect(marks.map(({ kind, role }) => [kind, role])).toEqual([
      ['opening', 'starts'],
      ['closing', 'stops'],
    ]);
  });
});

describe('a clock that still runs', () => {
  const since = (story: Story, key: TimingKey): number | null => runningSince(viewOf(story), key);
  const waiting = new Story().escalated(2).agent(5).customer(10);

  test('[T0] is told from where it runs, and is no span', () => {
    expect(since(new Story().escalated(2), 'waitingTime')).toBe(minute(2));
    expect(since(waiting, 'operationAvgReplyTime')).toBe(minute(10));
    expect(since(waiting, 'resolutionTime')).toBe(minute(2));
    const view = viewOf(waiting);
    const strip = stripOf(view, explanationOf(view, 'avgReplyTime'));
    expect(strip.running?.x).toBeCloseTo(strip.scale.place(minute(10)));
    expect(strip.spans).toHaveLength(1);
  });

  test('[T10] what started it stands on the strip', () => {
    const started = (story: Story, key: TimingKey) => {
      const view = viewOf(story);
      return marksOf(view, explanationOf(view, key))
        .filter(({ at: from }) => from === runningSince(view, key))
        .map(({ kind, role }) => [kind, role]);
    };
    expect(started(new Story().escalated(2), 'waitingTime')).toEqual([['opening', 'starts']]);
    expect(started(waiting, 'avgReplyTime')).toEqual([['customer', 'starts']]);
    expect(started(new Story({ withAi: false }).customer(3), 'waitingTime')).toEqual([
      ['customer', 'starts'],
    ]);
  });

  test('[T1] stands once it was answered, or the cycle was closed', () => {
    expect(since(waiting, 'waitingTime')).toBeNull();
    expect(since(new Story().escalated(2).agent(5), 'avgReplyTime')).toBeNull();
    expect(since(new Story().escalated(2).close(9), 'resolutionTime')).toBeNull();
  });
});

describe('what is not open', () => {
  const stretch = (from: number, to: number) => ({ from: minute(from), to: minute(to) });

  test('[T5] is what lies before, between and behind', () => {
    expect(closedParts(minute(0), minute(10), [stretch(1, 3), stretch(5, 8)])).toEqual([
      stretch(0, 1),
      stretch(3, 5),
      stretch(8, 10),
    ]);
  });

  test('[T5] is nothing where all is open, and all where nothing is', () => {
    expect(closedParts(minute(0), minute(10), [stretch(0, 10)])).toEqual([]);
    expect(closedParts(minute(0), minute(10), [])).toEqual([stretch(0, 10)]);
  });
});

const OPENING = { type: 'opening', at: minute(0), messageId: null } as const;
const SPAN = {
  from: minute(0),
  to: minute(1),
  start: OPENING,
  stop: OPENING,
  counts: true,
  inHours: null,
  open: [],
} as const;

describe('the sum behind a value', () => {
  test('[T10] the hours of one span that lies on both sides of a weekend add up to the value', () => {
    const view = viewOf(weekend());
    expect(openPartsOf(explanationOf(view, 'operationWaitingTime'))).toEqual([5_400, 1_800]);
    expect(openPartsOf(explanationOf(view, 'waitingTime'))).toEqual([]);
  });

  test('[T10] its parts add up to its total, to the second, whatever milliseconds they have', () => {
    const spans = [1_400, 1_400, 1_400].map((counted) => ({ counted, counts: true }));
    const sum = sumOf({ spans: spans.map((span) => ({ ...SPAN, ...span })), value: 1_400 });
    expect(sum).toEqual({ parts: [1, 1, 2], total: 4, count: 3, value: 1 });
  });

  test('[T4] a reply that is left out has no part in it', () => {
    const story = new Story()
      .escalated(when('2026-08-07T14:30:00Z'))
      .agent(when('2026-08-07T14:40:00Z'))
      .customer(when('2026-08-08T10:00:00Z'))
      .agent(when('2026-08-08T11:00:00Z'));
    const view = viewOf(story);
    expect(sumOf(explanationOf(view, 'operationAvgReplyTime'))).toEqual({
      parts: [600, null],
      total: 600,
      count: 1,
      value: 600,
    });
  });

  test('[T13] under another policy the same spans add up to its own value', () => {
    const rules = rulesOf([office()], CHANNEL_TALK_POLICY);
    const story = new Story().escalated(when('2026-08-08T10:00:00Z')).agent(when('2026-08-08T11:00:00Z'));
    const sum = sumOf(explanationOf(viewOf(story, rules), 'operationWaitingTime'));
    expect(sum).toMatchObject({ total: 0, value: 0 });
  });
});

describe('names of timings', () => {
  test('[C3] six timings are three measures over two kinds of hours', () => {
    expect(
      TIMING_KEYS.map((key) => {
        const { measure, inHours } = measureOf(key);
        return timingKey(measure, inHours);
      }),
    ).toEqual(TIMING_KEYS);
  });
});

describe('words beside the axis', () => {
  test('[T10] are left out where there is no room, or where they would say the same', () => {
    const marks = [0, 0.05, 0.5, 0.9].map((x, index) => ({ at: minute(index), x }));
    const words = axisWords(marks, 0.1, (_, other) => other !== minute(3));
    expect(words.map(({ x }) => x)).toEqual([0, 0.5]);
  });
});
