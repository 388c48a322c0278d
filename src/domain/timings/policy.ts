/** How the six timings are counted: a named, versioned set of choices (T13). */
export interface TimingPolicy {
  readonly name: 'handoff' | 'channel-talk';
  /** Goes up whenever one of the choices changes. */
  readonly version: number;
  /** Where `waitingTime` starts: at the clock's start (T1), or at the opening whoever opened. */
  readonly waitingFrom: 'clockStart' | 'opening';
  /** Which message of an unanswered burst a reply interval runs from (T2). */
  readonly burst: 'first' | 'last';
  /** What a span without any business hours is: left out, or a span of 0 (T4). */
  readonly outside: 'leftOut' | 'zero';
  /** Which reply intervals count in hours: those that overlap hours (T4), or those whose reply came within hours. */
  readonly operationReplies: 'overlapping' | 'answeredInHours';
}

/** Ours (T1–T5). */
export const HANDOFF_POLICY: TimingPolicy = {
  name: 'handoff',
  version: 1,
  waitingFrom: 'clockStart',
  burst: 'first',
  outside: 'leftOut',
  operationReplies: 'overlapping',
};

/** As Channel Talk documents its figures, so that imported ones can be compared (T13). */
export const CHANNEL_TALK_POLICY: TimingPolicy = {
  name: 'channel-talk',
  version: 1,
  waitingFrom: 'opening',
  burst: 'last',
  outside: 'zero',
  operationReplies: 'answeredInHours',
};

export const TIMING_POLICY_NAMES = ['handoff', 'channel-talk'] as const;
export type TimingPolicyName = (typeof TIMING_POLICY_NAMES)[number];

/** The policy of a name. */
export function timingPolicy(name: TimingPolicyName): TimingPolicy {
  return name === 'handoff' ? HANDOFF_POLICY : CHANNEL_TALK_POLICY;
}
