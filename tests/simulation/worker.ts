import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Done, Job } from './crew.ts';

// Half of a worker's start is the reading of TypeScript that has not changed since the last run.
enableCompileCache();
const { noCounts, addCounts } = await import('../support/simulation/counts.ts');
const { FilePool } = await import('../support/simulation/files.ts');
const { PLANTED } = await import('../support/simulation/planted.ts');
const { simulate } = await import('../support/simulation/simulate.ts');

/** More failures than this say nothing more. */
const MOST_FAILURES = 20;

/** Schedules from one collection to the next: fewer than those whose leavings fill the young generation. */
const COLLECTED_TOGETHER = 16;

const pool = new FilePool();
let uncollected = 0;

/** Between two schedules next to nothing is alive, and a collection next to free. */
function collectNowAndThen(): void {
  uncollected += 1;
  if (uncollected < COLLECTED_TOGETHER) return;
  uncollected = 0;
  globalThis.gc?.({ type: 'minor' });
}

/** Plays seeds one after the other; stops at the first failure where a bug is planted. */
async function play({ from, count, isReal, planted }: Job): Promise<Done> {
  const counts = noCounts();
  const failures: Done['failures'][number][] = [];
  const plant = planted === null ? undefined : PLANTED[planted];
  const most = plant === undefined ? MOST_FAILURES : 1;
  let played = 0;
  for (let seed = from; seed < from + count && failures.length < most; seed += 1) {
    const result = await simulate(seed, {
      pool,
      realFiles: isReal,
      ...(plant === undefined ? {} : { plant }),
    });
    played += 1;
    collectNowAndThen();
    addCounts(counts, result.counts);
    if (result.failure !== null) failures.push(result.failure);
  }
  return { counts, failures, played };
}

async function answer(job: Job): Promise<void> {
  parentPort?.postMessage(await play(job));
}

parentPort?.on('message', (job: Job) => {
  void answer(job);
});
