import { addCounts, noCounts } from '../support/simulation/counts.ts';
import { FilePool } from '../support/simulation/files.ts';
import { simulate } from '../support/simulation/simulate.ts';
const pool = new FilePool();
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 10);
const t = performance.now();
let fails = 0;
const sum = noCounts();
for (let seed = from; seed < from + n; seed += 1) {
  const r = await simulate(seed, { pool, ...(n === 1 ? { trace: (l: string) => console.log(l) } : {}) });
  addCounts(sum, r.counts);
  if (r.failure) { fails += 1; if (fails < 12) console.log(r.failure.seed, r.failure.step, r.failure.message.slice(0, 700)); }
}
console.log(n / ((performance.now() - t) / 1000), 'schedules/s', fails);
console.log(JSON.stringify(sum));
