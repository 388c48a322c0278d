import { compareCase } from '../tests/support/timings/compare.ts';

// Compares the timings with a second implementation that goes minute by minute: npm run timings:compare [COUNT] [SEED].
const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 1);
const reasons = new Map<string, number>();
let cycles = 0;
let wrong = 0;
for (let seed = first; seed < first + count; seed += 1) {
  const { product, slow, agrees } = compareCase(seed);
  if (JSON.stringify(product) !== JSON.stringify(slow) || !agrees) {
    wrong += 1;
    if (wrong <= 5)
      process.stdout.write(`seed ${seed}\n${JSON.stringify({ product, slow, agrees }, null, 1)}\n`);
  }
  cycles += product.length;
  for (const values of product)
    for (const value of Object.values(values)) {
      const kind = typeof value === 'number' ? 'a value' : value;
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    }
}
process.stdout.write(
  `${count} histories, ${cycles} cycles, ${wrong} differ; ${JSON.stringify([...reasons])}\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
