import type { Scheduler } from '../desk/sync/scheduler.ts';

/** The machine's timers. Neither keeps a process alive by itself. */
export const systemScheduler: Scheduler = {
  after: (delay, work) => {
    const timer = setTimeout(work, delay);
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon: (work) => {
    const immediate = setImmediate(work);
    return () => clearImmediate(immediate);
  },
};
