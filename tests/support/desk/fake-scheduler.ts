import { type ManualClock, millis, type Millis } from '../../../src/base/time.ts';
import type { Scheduler } from '../../../src/desk/sync/scheduler.ts';

/** Timers driven by hand: nothing fires until the clock is advanced through `advance`. */
export interface FakeScheduler extends Scheduler {
  /** Moves the clock on, firing what falls due on the way, in order, and lets everything settle after each. */
  advance(length: number): Promise<void>;
  /** Lengths of the timers that wait, shortest first. */
  waiting(): readonly Millis[];
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function fakeScheduler(clock: ManualClock): FakeScheduler {
  let timers: { readonly due: number; readonly work: () => void }[] = [];
  const next = (until: number) =>
    timers.filter((timer) => timer.due <= until).sort((left, right) => left.due - right.due)[0];
  return {
    after: (delay, work) => {
      const timer = { due: clock.now() + delay, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    soon: (work) => {
      let cancelled = false;
      queueMicrotask(() => {
        if (!cancelled) work();
      });
      return () => {
        cancelled = true;
      };
    },
    advance: async (length) => {
      const until = clock.now() + length;
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        const fired = timer;
        timers = timers.filter((other) => other !== fired);
        clock.set(Math.max(clock.now(), fired.due));
        fired.work();
        await settle();
      }
      clock.set(until);
      await settle();
    },
    waiting: () => timers.map((timer) => millis(timer.due - clock.now())).sort((a, b) => a - b),
  };
}
