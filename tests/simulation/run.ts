import { writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { FAULTS } from '../support/simulation/schedule.ts';
import { Crew, type Done } from './crew.ts';

const HELP = `npm run sim -- [--seeds N] [--from S] [--workers W]     play schedules and check every invariant
npm run sim -- --seeds 200 --files                      the same on real SQLite files
npm run sim -- --seed S [--trace] [--files]             one seed again, step by step; a failure is shrunk
npm run sim -- --planted [--seeds N] [--only WORDS]     find each planted bug within N seeds (2,000)`;

/** Failures that are told one by one. */
const MOST_SHOWN = 20;

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

function summary({ counts, failures, played }: Done, seconds: number, isReal: boolean): boolean {
  const { faults, ...numbers } = counts;
  say(`${played} schedules in ${seconds.toFixed(1)} s: ${(played / seconds).toFixed(1)} schedules/s`);
  for (const [name, value] of Object.entries(numbers)) say(`  ${name.padEnd(18)} ${value}`);
  say('share of schedules in which each fault happened:');
  const rare = FAULTS.filter((fault) => (faults.get(fault) ?? 0) < played * 0.05);
  say(
    `  ${FAULTS.map((fault) => `${fault} ${Math.round((100 * (faults.get(fault) ?? 0)) / played)} %`).join(' · ')}`,
  );
  const none = Object.entries(numbers).filter(([, value]) => value === 0);
  if (played >= 200 && rare.length > 0) say(`too rare (under 5 %): ${rare.join(', ')}`);
  if (played >= 200 && none.length > 0) say(`never: ${none.map(([name]) => name).join(', ')}`);
  for (const { seed, step, message } of failures.slice(0, MOST_SHOWN))
    say(
      `FAILED seed ${seed} after step ${step}: ${message.slice(0, 600)}\n  again: npm run sim -- --seed ${seed} --trace${isReal ? ' --files' : ''}`,
    );
  say(failures.length === 0 ? 'no violation' : `${failures.length} schedules broke an invariant`);
  return failures.length === 0 && (played < 200 || (rare.length === 0 && none.length === 0));
}

async function one(seed: number, isTraced: boolean, realFiles: boolean): Promise<boolean> {
  const { FilePool } = await import('../support/simulation/files.ts');
  const { shrink, simulate } = await import('../support/simulation/simulate.ts');
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

async function planted(crew: Crew, from: number, count: number, words: string): Promise<boolean> {
  const { PLANTED } = await import('../support/simulation/planted.ts');
  const chosen = [...PLANTED.entries()].filter(([, { name }]) => name.includes(words));
  let killed = 0;
  for (const [index, { name }] of chosen) {
    const done = await crew.play({ from, count, isReal: false, planted: index }, true);
    const [first] = done.failures;
    if (first !== undefined) killed += 1;
    say(
      first === undefined
        ? `SURVIVED ${done.played} seeds: ${name}`
        : `killed by seed ${first.seed} (${first.message.slice(0, 90).replaceAll('\n', ' ')}): ${name}`,
    );
  }
  say(`${killed} of ${chosen.length} planted bugs killed`);
  return killed >= 0.95 * chosen.length && (words !== '' || chosen.length >= 15);
}

async function main(): Promise<boolean> {
  const started = performance.now();
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      only: { type: 'string', default: '' },
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
  if (values.seed !== undefined) return one(Number(values.seed), values.trace, values.files);
  const crew = new Crew(Number(values.workers));
  const from = Number(values.from);
  try {
    if (values.planted) return await planted(crew, from, Number(values.seeds ?? '2000'), values.only);
    const count = Number(values.seeds ?? '1000');
    const done = await crew.play({ from, count, isReal: values.files, planted: null });
    return summary(done, (performance.now() - started) / 1_000, values.files);
  } finally {
    await crew.end();
  }
}

if (!(await main())) process.exitCode = 1;
