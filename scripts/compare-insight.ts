import { isDeepStrictEqual } from 'node:util';
import { compareSeed } from '../tests/support/insight/compare.ts';

// Compares overview and sales with a reading of the raw events one by one: npm run insight:compare [HISTORIES] [SEED].
const WORLD = 100;
const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 1);
let figures = 0;
let wrong = 0;
for (let seed = first; seed < first + count / WORLD; seed += 1) {
  for (const { product, slow } of await compareSeed(seed, WORLD)) {
    figures += 1;
    if (isDeepStrictEqual(product, slow)) continue;
    wrong += 1;
    if (wrong <= 3) process.stdout.write(`seed ${seed}\n${JSON.stringify({ product, slow }, null, 1)}\n`);
  }
}
process.stdout.write(`${count} histories, ${figures} answers, ${wrong} differ\n`);
process.exitCode = wrong === 0 ? 0 : 1;
