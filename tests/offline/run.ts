import process from 'node:process';
import { parseArgs } from 'node:util';
import { type JourneyResult, playJourney } from './journey.ts';

const HELP = `npm run offline:runs -- [--runs N] [--from S] [--lanes L]
A day on a train, N times by seed: real processes, real files, real HTTP through a proxy that swallows, cuts, tears and delays;
processes are killed within writes. Exit code 1 where anything was lost, doubled or changed without a word.`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  if (values.help) {
    say(HELP);
    return 0;
  }
  const [runs, from, lanes] = [Number(values.runs), Number(values.from), Number(values.lanes)];
  const started = performance.now();
  const results: JourneyResult[] = [];
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + runs) {
      const seed = next;
      next += 1;
      const result = await playJourney(seed);
      results.push(result);
      for (const problem of result.problems) say(`FAILED seed ${seed}: ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const sum = (of: (result: JourneyResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  say(
    `${results.length} runs in ${((performance.now() - started) / 1_000).toFixed(0)} s: ${sum(({ kills }) => kills)} kills, ${sum(({ flaps }) => flaps)} flaps of the link, ${failed} runs with something lost, doubled or silently changed`,
  );
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
