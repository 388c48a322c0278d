import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { addCounts, type Counts, noCounts } from '../support/simulation/counts.ts';
import type { Failure } from '../support/simulation/simulate.ts';

/** Seeds that one worker plays before it asks for more. */
export interface Job {
  readonly from: number;
  readonly count: number;
  /** On real SQLite files. */
  readonly isReal: boolean;
  /** The place of a planted bug in the list. */
  readonly planted: number | null;
}

export interface Done {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  readonly played: number;
}

/** Few enough that all workers end together, many enough that asking costs nothing. */
const SLICE = 25;
/** Where the first failure ends it: nothing is played in vain behind it. */
const SHORT_SLICE = 5;

/** A schedule leaves six megabytes behind that are young, and keeps next to nothing: the fewer collections the better. */
const SEMI_SPACE_MB = 128;
/** A young generation is three of them. */
const YOUNG_MB = 3 * SEMI_SPACE_MB;

/** Workers that play schedules, from a run's start to its end. */
export class Crew {
  readonly #workers: readonly Worker[];

  constructor(size: number) {
    // From the start: it would grow with what survives, and nothing does.
    setFlagsFromString(`--min-semi-space-size=${SEMI_SPACE_MB}`);
    // What a rare step needs is kept from one schedule to the next, though collections come and go between.
    setFlagsFromString('--no-flush-bytecode');
    // A worker collects when little is alive.
    setFlagsFromString('--expose-gc');
    // Thousands of functions, none of them hot: made faster a little later, fewer are made in vain.
    setFlagsFromString('--invocation-count-for-maglev=1000');
    setFlagsFromString('--invocation-count-for-turbofan=10000');
    this.#workers = Array.from(
      { length: size },
      () =>
        new Worker(new URL('./worker.ts', import.meta.url), {
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        }),
    );
  }

  /** Plays all seeds of a job, in slices; where `stopsAtFailure`, no slice begins after one that failed. */
  async play(job: Job, stopsAtFailure = false): Promise<Done> {
    const counts = noCounts();
    const failures: Failure[] = [];
    let played = 0;
    let next = job.from;
    const end = job.from + job.count;
    const work = async (worker: Worker): Promise<void> => {
      while (next < end && !(stopsAtFailure && failures.length > 0)) {
        const from = next;
        next = Math.min(end, from + (stopsAtFailure ? SHORT_SLICE : SLICE));
        const done = await ask(worker, { ...job, from, count: next - from });
        addCounts(counts, done.counts);
        failures.push(...done.failures);
        played += done.played;
      }
    };
    await Promise.all(this.#workers.map(work));
    return { counts, failures: failures.sort((a, b) => a.seed - b.seed), played };
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function ask(worker: Worker, job: Job): Promise<Done> {
  return new Promise((resolve, reject) => {
    const answered = (done: Done): void => {
      worker.off('error', reject);
      resolve(done);
    };
    worker.once('message', answered);
    worker.once('error', reject);
    worker.postMessage(job);
  });
}
