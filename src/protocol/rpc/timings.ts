import type { EpochMillis } from '../../base/time.ts';
import type { Stretch } from '../../domain/hours/business-hours.ts';
import type { Cycle } from '../../domain/model.ts';
import type { TimingExplanation } from '../../domain/timings/explain.ts';
import type { TimingPolicyName } from '../../domain/timings/policy.ts';
import type { Timings } from '../../domain/timings/timings.ts';

/** One cycle's timings with what explains them (T10). */
export interface CycleTimingsView {
  readonly cycle: Cycle;
  readonly timings: Timings;
  /** One for each of the six values, in their order. */
  readonly explain: readonly TimingExplanation[];
  /** False while not all of the cycle's messages have arrived on this desk. */
  readonly agrees: boolean;
  /** The end of what is shown of the cycle: its closing, else when this was asked. */
  readonly until: EpochMillis;
  /** The parts in hours from the opening to `until`; null where no schedule is in force anywhere in it. */
  readonly open: readonly Stretch[] | null;
}

/** A conversation's timings: the current cycle's (T9) and every cycle's, earliest first. */
export interface ThreadTimings {
  readonly policy: { readonly name: TimingPolicyName; readonly version: number };
  /** Of the current cycle; all `notYet` where there is none. */
  readonly timings: Timings;
  readonly cycles: readonly CycleTimingsView[];
}
