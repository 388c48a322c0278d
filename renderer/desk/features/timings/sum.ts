import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';

/** How a value comes about, in whole seconds that add up on the screen too. */
export interface Sum {
  /** Seconds of each span, in order; null for one that does not count. */
  readonly parts: readonly (number | null)[];
  readonly total: number;
  /** How many spans count; the value is the total divided by it. */
  readonly count: number;
  /** The value, in seconds; null without one. */
  readonly value: number | null;
}

const SECOND = 1_000;

/** Whole seconds of lengths in milliseconds, rounded so that what is shown adds up. */
function wholeSeconds(lengths: readonly number[]): readonly number[] {
  let exact = 0;
  let shown = 0;
  return lengths.map((length) => {
    exact += length;
    const part = Math.floor(exact / SECOND) - shown;
    shown += part;
    return part;
  });
}

const total = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

/** The sum behind a value (T10). */
export function sumOf({ spans, value }: Pick<TimingExplanation, 'spans' | 'value'>): Sum {
  const seconds = wholeSeconds(spans.map(({ counted, counts }) => (counts ? counted : 0)));
  return {
    parts: spans.map(({ counts }, at) => (counts ? (seconds[at] ?? 0) : null)),
    total: total(seconds),
    count: spans.filter(({ counts }) => counts).length,
    value: value === null ? null : Math.floor(value / SECOND),
  };
}

/** The parts in hours of the only span that counts, in seconds, where there are several; else none. */
export function openPartsOf({ spans }: Pick<TimingExplanation, 'spans'>): readonly number[] {
  const [only, another] = spans.filter(({ counts }) => counts);
  if (only === undefined || another !== undefined || only.open.length < 2) return [];
  return wholeSeconds(only.open.map(({ from, to }) => to - from));
}
