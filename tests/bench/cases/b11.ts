import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { readXlsx } from '../../support/export/read-xlsx.ts';
import { type Bench, type BenchContext, digestOf, type Figure, type Side } from '../harness.ts';
import { benchRows, TABLE } from '../export/rows.ts';
import { median } from '../stats.ts';

const ROWS = 100_000;
/** Rows of a pair beside XlsxWriter: a tenth, since it takes some twenty seconds for all of them; once they are all written. */
const XLSXWRITER_ROWS = 10_000;
const MANY_ROWS = 1_200_000;
const MOST_MIB = 300;
const PAIRS = 9;
const DAY = 86_400_000;
/** Set to measure 1.2 million rows as well: some minutes. */
const MANY = 'BENCH_MANY_ROWS';

interface Ran {
  readonly ms: number;
  readonly peakKiB: number;
  readonly file: string;
}

/** Bundles a writer, as the product ships it: running TypeScript directly costs 20 MB of its own. */
async function bundled(name: string, folder: string): Promise<string> {
  await build({
    root: path.join(import.meta.dirname, '../export'),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, `../export/${name}.ts`),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return path.join(folder, `${name}.mjs`);
}

function run(command: string, words: readonly string[], file: string): Ran {
  const ran = spawnSync(command, words, { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${command} ${words[0]}: ${ran.stderr}`);
  return { ...(JSON.parse(ran.stdout) as Omit<Ran, 'file'>), file };
}

/** What the rows of a workbook come to: texts as they are, numbers to a millisecond of a day. Kept by the file's own bytes. */
function cellsDigest(known: Map<string, string>, file: string): string {
  const bytes = createHash('sha256').update(readFileSync(file)).digest('hex');
  const found = known.get(bytes);
  if (found !== undefined) return found;
  const digest = digestOf(ourCells(file));
  known.set(bytes, digest);
  return digest;
}

function ourCells(file: string): unknown {
  const hash = createHash('sha256');
  for (const sheet of readXlsx(file))
    for (const row of sheet.rows.slice(2))
      hash.update(
        `${JSON.stringify(row.map((cell) => (typeof cell === 'number' ? Math.round(cell * DAY) : cell)))}\n`,
      );
  return hash.digest('hex');
}

function memory(ours: readonly number[], beside: readonly number[], quick: boolean): Figure {
  const value = median(ours) / median(beside);
  return {
    name: 'peak memory beside hucre',
    verdict: quick ? 'notJudged' : value <= 1.1 ? 'passed' : 'failed',
    bar: '≤ 1.1×',
    value: `${value.toFixed(3)}×; ours ${Math.round(median(ours) / 1024)} MiB, beside ${Math.round(median(beside) / 1024)} MiB`,
    raw: { ours, beside },
  };
}

function rowsFile(folder: string, rows: number): string {
  const file = path.join(folder, 'rows.jsonl');
  const lines = [JSON.stringify({ name: TABLE.name, columns: TABLE.columns })];
  for (const cells of benchRows(rows)) lines.push(JSON.stringify(cells));
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

type Words = (file: string) => readonly string[];

/** A writer in a process of its own; `kept` takes the peak of each run. */
function writerSide(
  known: Map<string, string>,
  [command, file, words]: readonly [command: string, file: string, words: Words],
  kept: number[] = [],
): Side<Ran> {
  return {
    run: () => {
      const ran = run(command, words(file), file);
      kept.push(ran.peakKiB);
      return ran;
    },
    digest: (ran) => cellsDigest(known, ran.file),
    millis: ({ ms }) => ms,
  };
}

function script(name: string, rows: number) {
  return [process.execPath, `${name}.xlsx`, (file: string) => [name, file, String(rows)]] as const;
}

/** A Python that has XlsxWriter; null where none has. */
function pythonWithXlsxWriter(): string | null {
  const candidates = [process.env['PYTHON'], 'python3', '/usr/bin/python3', 'python'];
  const has = (python: string): boolean => spawnSync(python, ['-c', 'import xlsxwriter']).status === 0;
  return candidates.find((python): python is string => python !== undefined && has(python)) ?? null;
}

interface Bundles {
  readonly folder: string;
  readonly own: string;
  readonly known: Map<string, string>;
}

/** Nine pairs of a part of the rows, then all of them once: the time of both, and the memory of writers that stream. */
async function besideXlsxWriter(
  bench: BenchContext,
  python: string,
  { folder, own, known }: Bundles,
): Promise<readonly Figure[]> {
  const [part, all] = bench.quick ? [500, 2_000] : [XLSXWRITER_ROWS, ROWS];
  const file = path.join(folder, 'python.xlsx');
  const source = rowsFile(folder, part);
  const theirs = (rows: string, ...mode: readonly string[]): Words => {
    const program = path.join(import.meta.dirname, '../export/constant_memory.py');
    return (out) => [program, out, rows, ...mode];
  };
  const ratio = await bench.ratio({
    name: 'time beside XlsxWriter (constant memory)',
    ours: writerSide(known, script(own, part)),
    beside: writerSide(known, [python, file, theirs(source)]),
    bar: { kind: 'time', limit: 1 },
    pairs: PAIRS,
    sample: `${part.toLocaleString('en')} rows × 30 columns, each writer in a process of its own`,
  });
  const whole = rowsFile(folder, all);
  const [ours, timed] = [run(...words(script(own, all))), run(python, theirs(whole)(file), file)];
  if (cellsDigest(known, ours.file) !== cellsDigest(known, file)) throw new Error('the cells differ');
  const streamed = run(python, theirs(whole, 'stream')(file), file);
  const name = `${all.toLocaleString('en')} rows once beside XlsxWriter`;
  const value = `${(ours.ms / timed.ms).toFixed(3)}× of its time, ${Math.round(ours.peakKiB / 1024)} beside ${Math.round(streamed.peakKiB / 1024)} MiB`;
  bench.note(`${name}: ${value}`);
  const raw = { ms: [ours.ms, timed.ms], peakKiB: [ours.peakKiB, streamed.peakKiB] };
  return [ratio, { name, verdict: 'notJudged', bar: 'shown', value, raw }];
}

function words([command, file, of]: readonly [string, string, Words]): [string, readonly string[], string] {
  return [command, of(file), file];
}

async function figures(bench: BenchContext, folder: string): Promise<readonly Figure[]> {
  const rows = bench.quick ? 2_000 : ROWS;
  const known = new Map<string, string>();
  const peaks: Record<'ours' | 'hucre', number[]> = { ours: [], hucre: [] };
  const own = await bundled('ours', folder);
  const other = await bundled('hucre', folder);
  const ratio = await bench.ratio({
    name: 'time beside hucre (streaming)',
    ours: writerSide(known, script(own, rows), peaks.ours),
    beside: writerSide(known, script(other, rows), peaks.hucre),
    bar: { kind: 'time', limit: 1 },
    pairs: PAIRS,
    sample: `${rows.toLocaleString('en')} rows × 30 columns, each writer in a process of its own`,
  });
  const ofMemory = memory(peaks.ours, peaks.hucre, bench.quick);
  bench.note(`${ofMemory.verdict} ${ofMemory.name} (${ofMemory.bar}): ${ofMemory.value}`);
  const results: Figure[] = [ratio, ofMemory];
  const python = pythonWithXlsxWriter();
  if (python === null) bench.note('no Python here has XlsxWriter (python3-xlsxwriter): not compared');
  else results.push(...(await besideXlsxWriter(bench, python, { folder, own, known })));
  if (process.env[MANY] !== undefined) results.push(manyRows(bench, own, folder));
  return results;
}

function manyRows(bench: BenchContext, own: string, folder: string): Figure {
  const file = path.join(folder, 'many.xlsx');
  const { ms, peakKiB } = run(process.execPath, [own, file, String(MANY_ROWS)], file);
  const mib = Math.round(peakKiB / 1024);
  const figure: Figure = {
    name: `${MANY_ROWS.toLocaleString('en')} rows`,
    verdict: mib < MOST_MIB ? 'passed' : 'failed',
    bar: `< ${MOST_MIB} MiB`,
    value: `${mib} MiB at most, ${Math.round(ms / 1_000)} s`,
    raw: { peakKiB: [peakKiB], ms: [ms] },
  };
  bench.note(`${figure.verdict} ${figure.name} (${figure.bar}): ${figure.value}`);
  return figure;
}

/** B11: writing a workbook, beside the fastest streaming writer in JavaScript and beside XlsxWriter. */
export const b11: Bench = {
  id: 'B11',
  title: 'a workbook of 100,000 rows × 30 columns in four languages',
  run: async (bench) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handoff-b11-'));
    try {
      return await figures(bench, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
