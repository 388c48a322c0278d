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

/**
 * The sum behind a value (T10). What is shown of each part is rounded so that the parts shown add up to the total shown.
 */
export function sumOf({ spans, value }: TimingExplanation): Sum {
  let exact = 0;
  let shown = 0;
  let count = 0;
  const parts = spans.map(({ counted, counts }) => {
    if (!counts) return null;
    count += 1;
    exact += counted;
    const part = Math.floor(exact / SECOND) - shown;
    shown += part;
    return part;
  });
  return { parts, total: shown, count, value: value === null ? null : Math.floor(value / SECOND) };
}
