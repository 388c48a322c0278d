/** What happened in a schedule, for the summary: a simulator that never meets a conflict proves nothing. */
export interface Counts {
  steps: number;
  saved: number;
  conflicts: number;
  refusals: number;
  resets: number;
  held: number;
  restores: number;
  deskCrashes: number;
  workspaceCrashes: number;
  duplicates: number;
  recalls: number;
  undos: number;
  resends: number;
  staleIgnored: number;
  reoffered: number;
  /** Schedules in which each fault happened. */
  readonly faults: Map<string, number>;
}

export function noCounts(): Counts {
  return {
    steps: 0,
    saved: 0,
    conflicts: 0,
    refusals: 0,
    resets: 0,
    held: 0,
    restores: 0,
    deskCrashes: 0,
    workspaceCrashes: 0,
    duplicates: 0,
    recalls: 0,
    undos: 0,
    resends: 0,
    staleIgnored: 0,
    reoffered: 0,
    faults: new Map(),
  };
}

/** Adds the counts of one run to a sum. */
export function addCounts(sum: Counts, more: Counts): void {
  for (const key of Object.keys(more) as (keyof Counts)[]) {
    const value = more[key];
    if (typeof value === 'number' && key !== 'faults') sum[key] = Number(sum[key]) + value;
  }
  for (const [fault, times] of more.faults) sum.faults.set(fault, (sum.faults.get(fault) ?? 0) + times);
}
