import { writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { addCounts, type Counts, noCounts } from '../support/simulation/counts.ts';
import { FilePool } from '../support/simulation/files.ts';
import { PLANTED } from '../support/simulation/planted.ts';
import { FAULTS } from '../support/simulation/schedule.ts';
import { type Failure, shrink, simulate } from '../support/simulation/simulate.ts';

const HELP = `npm run sim -- [--seeds N] [--from S] [--workers W] [--real N]   play schedules and check every invariant
npm run sim -- --seed S [--trace] [--files]                     one seed again, step by step, on real files
npm run sim -- --planted [--seeds N]                            find each planted bug within N seeds (2,000)`;

/** Of the seeds, this many are played on real SQLite files: the first ones. */
const REAL = 200;

interface Job {
  readonly from: number;
  readonly count: number;
  readonly stride: number;
  /** Seeds below it are played on real files. */
  readonly realBelow: number;
  readonly planted: number | null;
}
interface Done {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  readonly played: number;
}

/** Plays every `stride`-th seed; stops at the first failure where a bug is planted. */
async function play({ from, count, stride, realBelow, planted }: Job): Promise<Done> {
  const pool = new FilePool();
  const counts = noCounts();
  const failures: Failure[] = [];
  const plant = planted === null ? undefined : PLANTED[planted];
  let played = 0;
  for (let seed = from; seed < from + count; seed += stride) {
    const realFiles = seed < realBelow;
    const result = await simulate(seed, { pool, realFiles, ...(plant === undefined ? {} : { plant }) });
    played += 1;
    addCounts(counts, result.counts);
    if (result.failure !== null) failures.push(result.failure);
    if (failures.length > 0 && plant !== undefined) break;
    if (failures.length >= 20) break;
  }
  return { counts, failures, played };
}

function inWorker(job: Job): Promise<Done> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: job });
    worker.once('message', (done: Done) => resolve(done));
    worker.once('error', reject);
  });
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function all(job: Job, workers: number): Promise<Done> {
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      inWorker({ ...job, from: job.from + index, count: job.count - index, stride: workers }),
    ),
  );
  const counts = noCounts();
  for (const part of parts) addCounts(counts, part.counts);
  const failures = parts.flatMap((part) => part.failures).sort((a, b) => a.seed - b.seed);
  return { counts, failures, played: parts.reduce((sum, part) => sum + part.played, 0) };
}

function summary({ counts, failures, played }: Done, seconds: number, realBelow: number): boolean {
  const { faults, ...numbers } = counts;
  say(`${played} schedules in ${seconds.toFixed(1)} s: ${(played / seconds).toFixed(1)} schedules/s`);
  for (const [name, value] of Object.entries(numbers)) say(`  ${name.padEnd(18)} ${value}`);
  say('share of schedules in which each fault happened:');
  const rare = FAULTS.filter((fault) => (faults[fault] ?? 0) < played * 0.05);
  say(
    `  ${FAULTS.map((fault) => `${fault} ${Math.round((100 * (faults[fault] ?? 0)) / played)} %`).join(' · ')}`,
  );
  const none = Object.entries(numbers).filter(([, value]) => value === 0);
  if (played >= 200 && rare.length > 0) say(`too rare (under 5 %): ${rare.join(', ')}`);
  if (played >= 200 && none.length > 0) say(`never: ${none.map(([name]) => name).join(', ')}`);
  for (const { seed, step, message } of failures)
    say(
      `FAILED seed ${seed} after step ${step}: ${message.slice(0, 600)}\n  again: npm run sim -- --seed ${seed} --trace${seed < realBelow ? ' --files' : ''}`,
    );
  say(failures.length === 0 ? 'no violation' : `${failures.length} schedules broke an invariant`);
  return failures.length === 0 && (played < 200 || (rare.length === 0 && none.length === 0));
}

async function one(seed: number, isTraced: boolean, realFiles: boolean): Promise<boolean> {
  const pool = new FilePool();
  const { failure } = await simulate(seed, { pool, realFiles, ...(isTraced ? { trace: say } : {}) });
  if (failure === null) {
    say(`seed ${seed}: no violation`);
    return true;
  }
  say(`FAILED seed ${seed} after step ${failure.step}: ${failure.message}`);
  const steps = await shrink(failure, { pool, realFiles });
  say(`a schedule of ${steps.length} steps that breaks the same rule:`);
  for (const { kind, desk, a, b, c } of steps) say(`  ${kind} desk ${desk} ${a} ${b} ${c}`);
  return false;
}

async function planted(seeds: number, from: number, workers: number): Promise<boolean> {
  let killed = 0;
  for (const [index, { name }] of PLANTED.entries()) {
    const done = await all({ from, count: seeds, stride: 1, realBelow: 0, planted: index }, workers);
    const [first] = done.failures;
    if (first !== undefined) killed += 1;
    say(
      first === undefined
        ? `SURVIVED ${done.played} seeds: ${name}`
        : `killed by seed ${first.seed} (${first.message.slice(0, 90).replaceAll('\n', ' ')}): ${name}`,
    );
  }
  say(`${killed} of ${PLANTED.length} planted bugs killed`);
  return killed >= 0.95 * PLANTED.length && PLANTED.length >= 15;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      real: { type: 'string', default: String(REAL) },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      trace: { type: 'boolean', default: false },
      files: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return true;
  }
  const from = Number(values.from);
  const workers = Number(values.workers);
  if (values.seed !== undefined) return one(Number(values.seed), values.trace, values.files);
  if (values.planted) return planted(Number(values.seeds ?? '2000'), from, workers);
  const started = performance.now();
  const count = Number(values.seeds ?? '1000');
  const realBelow = from + Math.min(Number(values.real), Math.floor(count / 5));
  const done = await all({ from, count, stride: 1, realBelow, planted: null }, workers);
  return summary(done, (performance.now() - started) / 1_000, realBelow);
}

if (isMainThread) {
  if (!(await main())) process.exitCode = 1;
} else {
  const done = await play(workerData as Job);
  parentPort?.postMessage(done);
}
