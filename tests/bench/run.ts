import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import { benchContext, type Figure } from './harness.ts';
import { describeMachine } from './machine.ts';

const DEFAULT_SEED = 20_260_901;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_NOT_MEASURED = 3;

const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    list: { type: 'boolean', default: false },
  },
});

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const wanted = args.only?.split(',').map((id) => id.trim().toUpperCase());
const unknown = wanted?.filter((id) => !BENCHES.some((bench) => bench.id === id)) ?? [];
if (args.list || unknown.length > 0) {
  for (const bench of BENCHES) print(`${bench.id.padEnd(4)} ${bench.title}`);
  if (unknown.length > 0) {
    print(`There is no ${unknown.join(', ')}.`);
    process.exit(EXIT_USAGE);
  }
  process.exit(0);
}

const machine = describeMachine();
print(
  `${machine.cpu} × ${machine.cores}, ${machine.memoryGiB} GiB, ${machine.system}, load ${machine.load[0]?.toFixed(2)}`,
);
print(
  `Node ${machine.node}, SQLite ${machine.sqlite}, better-sqlite3 ${machine.driver}, commit ${machine.commit}`,
);
if (args.quick) print('A small run: everything is exercised, no bar is judged.');

const seed = Number(args.seed);
const results: { id: string; title: string; figures: readonly Figure[] }[] = [];
for (const bench of BENCHES.filter((candidate) => wanted?.includes(candidate.id) ?? true)) {
  print(`${bench.id} ${bench.title}`);
  const figures = await bench.run(benchContext(args.quick, seed, print));
  results.push({ id: bench.id, title: bench.title, figures });
}

const folder = path.join(import.meta.dirname, '../../bench-results');
mkdirSync(folder, { recursive: true });
const startedAt = new Date().toISOString();
const file = path.join(folder, `${startedAt.replaceAll(/[:.]/g, '-')}.json`);
const context = { startedAt, quick: args.quick, seed, machine, loadAfter: describeMachine().load };
writeFileSync(file, `${JSON.stringify({ ...context, results }, null, 1)}\n`);
print(`Raw samples: ${path.relative(process.cwd(), file)}`);

const verdicts = results.flatMap((result) => result.figures.map((figure) => figure.verdict));
if (verdicts.includes('failed')) process.exitCode = EXIT_FAILED;
else if (verdicts.includes('notMeasured')) process.exitCode = EXIT_NOT_MEASURED;
