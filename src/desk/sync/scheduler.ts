import type { Millis } from '../../base/time.ts';

/** Timers, handed in: the machine's in a host, a hand-driven one in tests. */
export interface Scheduler {
  /** Calls `work` once, after `delay`. The returned function takes it back. */
  after(delay: Millis, work: () => void): () => void;
  /** Calls `work` once as soon as other work had its turn. The returned function takes it back. */
  soon(work: () => void): () => void;
}

/** Lets everything else that waits have its turn. */
export function breathe(scheduler: Scheduler): Promise<void> {
  return new Promise((resolve) => {
    scheduler.soon(resolve);
  });
}
