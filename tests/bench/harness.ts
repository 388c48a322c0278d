import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type Rng, seededRng } from '../../src/base/rng.ts';
import { median, medianInterval, quantile } from './stats.ts';

/** One of the two things that are compared. `prepare` and `cleanup` are not timed and run around every sample. */
export interface Side<T> {
  prepare?(): void | Promise<void>;
  run(): T | Promise<T>;
  /** What the run answered, so that both sides are known to have done the same: compared before time counts. */
  digest(value: T): string;
  /** The milliseconds that count, where the run measured itself (a process of its own); else the whole run's. */
  millis?(value: T): number;
  cleanup?(): void | Promise<void>;
}

/** An upper bound on a quantile (0–1) of our own milliseconds. */
export interface Limit {
  readonly quantile: number;
  readonly maxMs: number;
}

export interface RatioSpec<A, B> {
  readonly name: string;
  readonly ours: Side<A>;
  readonly beside: Side<B>;
  /**
   * `time`: ours / beside at most `limit`. `rate`: beside / ours (our rate over theirs) at least `limit`. Null: the two
   * do not do the same work; the ratio is shown, and only `limits` are judged.
   */
  readonly bar: { readonly kind: 'time' | 'rate'; readonly limit: number } | null;
  /** Bounds on our own milliseconds besides the ratio. */
  readonly limits?: readonly Limit[];
  readonly pairs?: number;
  /** What one sample holds, for the report: `100 pages`, `10,000 events`. */
  readonly sample?: string;
}

export interface AbsoluteSpec<T> {
  readonly name: string;
  readonly run: () => T;
  /** Our limits; judged only when `control`, the plain way to do the same, keeps the same limits (a quiet machine). */
  readonly limits: readonly Limit[];
  readonly control?: () => unknown;
  readonly samples?: number;
}

export type Verdict = 'passed' | 'failed' | 'notMeasured' | 'notJudged';

/** One line of the report, with everything it was made of. */
export interface Figure {
  readonly name: string;
  readonly verdict: Verdict;
  readonly bar: string;
  readonly value: string;
  readonly why?: string;
  readonly raw: Readonly<Record<string, readonly number[]>>;
}

export interface BenchContext {
  /** A small run: everything is exercised, no bar is judged. */
  readonly quick: boolean;
  readonly seed: number;
  ratio<A, B>(spec: RatioSpec<A, B>): Promise<Figure>;
  absolute<T>(spec: AbsoluteSpec<T>): Promise<Figure>;
  note(line: string): void;
}

/** A plug-in: `npm run bench -- --only B4` runs the one with that id. */
export interface Bench {
  readonly id: string;
  readonly title: string;
  run(bench: BenchContext): Promise<readonly Figure[]>;
}

export const MIN_PAIRS = 9;
const QUICK_PAIRS = 3;
const ATTEMPTS = 4;
const A_A_RANGE = [0.95, 1.05] as const;
const ABSOLUTE_SAMPLES = 300;

/** A short hash of any JSON value, for `Side.digest`. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

async function sample<T>(side: Side<T>): Promise<{ ms: number; digest: string }> {
  await side.prepare?.();
  try {
    const started = performance.now();
    const answer = side.run();
    const value = answer instanceof Promise ? await answer : answer;
    const whole = performance.now() - started;
    return { ms: side.millis?.(value) ?? whole, digest: side.digest(value) };
  } finally {
    await side.cleanup?.();
  }
}

interface Pairs {
  readonly ours: number[];
  readonly beside: number[];
  readonly again: number[];
}

/** One attempt: beside, ours, beside again, round after round, so that drift hits all three alike. */
async function interleave<A, B>(spec: RatioSpec<A, B>, pairs: number): Promise<Pairs | string> {
  const taken: Pairs = { ours: [], beside: [], again: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    const beside = await sample(spec.beside);
    const ours = await sample(spec.ours);
    const again = await sample(spec.beside);
    if (ours.digest !== beside.digest || again.digest !== beside.digest) {
      return `digests differ in pair ${pair + 1}: ours ${ours.digest}, beside ${beside.digest}, ${again.digest}`;
    }
    taken.beside.push(beside.ms);
    taken.ours.push(ours.ms);
    taken.again.push(again.ms);
  }
  return taken;
}

const ratios = (over: readonly number[], under: readonly number[]): number[] =>
  over.map((value, index) => value / (under[index] ?? Number.NaN));

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 3);
}

function judgeLimits(samples: readonly number[], limits: readonly Limit[]): boolean {
  return limits.every((limit) => quantile(samples, limit.quantile) <= limit.maxMs);
}

function showLimits(samples: readonly number[], limits: readonly Limit[]): string {
  return limits.map((l) => `p${l.quantile * 100} ${show(quantile(samples, l.quantile))} ms`).join(', ');
}

const limitsText = (limits: readonly Limit[]): string =>
  limits.map((limit) => `p${limit.quantile * 100} ≤ ${limit.maxMs} ms`).join(', ');

function ratioFigure<A, B>(spec: RatioSpec<A, B>, taken: Pairs, quick: boolean, rng: Rng): Figure {
  const kind = spec.bar?.kind ?? 'time';
  const limits = spec.limits ?? [];
  // The two runs beside ours, before and after it, are averaged: a slow drift cancels out.
  const beside = taken.beside.map((ms, index) => (ms + (taken.again[index] ?? ms)) / 2);
  const values = kind === 'time' ? ratios(taken.ours, beside) : ratios(beside, taken.ours);
  const control = median(ratios(taken.again, taken.beside));
  const value = median(values);
  const [low, high] = medianInterval(values, rng);
  const { bar } = spec;
  const isRatioGood = bar === null || (bar.kind === 'time' ? value <= bar.limit : value >= bar.limit);
  const good = isRatioGood && judgeLimits(taken.ours, limits);
  const quiet = control >= A_A_RANGE[0] && control <= A_A_RANGE[1];
  return {
    name: spec.name,
    verdict: quick ? 'notJudged' : quiet ? (good ? 'passed' : 'failed') : 'notMeasured',
    bar: [bar === null ? '' : `${kind === 'time' ? '≤' : '≥'} ${bar.limit}×`, limitsText(limits)]
      .filter(Boolean)
      .join(', '),
    value: [
      `${value.toFixed(3)}× [${low.toFixed(3)}, ${high.toFixed(3)}], A/A ${control.toFixed(3)}`,
      `ours ${show(median(taken.ours))} ms, beside ${show(median(beside))} ms`,
      showLimits(taken.ours, limits),
      spec.sample === undefined ? '' : `a sample is ${spec.sample}`,
    ]
      .filter(Boolean)
      .join('; '),
    ...(quick || quiet ? {} : { why: `the A/A pair lies outside ${A_A_RANGE.join('–')}: too noisy` }),
    raw: { ours: taken.ours, beside: taken.beside, besideAgain: taken.again },
  };
}

async function measureRatio<A, B>(spec: RatioSpec<A, B>, quick: boolean, rng: Rng): Promise<Figure> {
  const pairs = quick ? QUICK_PAIRS : Math.max(MIN_PAIRS, spec.pairs ?? MIN_PAIRS);
  let figure: Figure | null = null;
  // A first pair warms both sides and is thrown away.
  await interleave(spec, 1);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const taken = await interleave(spec, pairs);
    if (typeof taken === 'string') {
      return { name: spec.name, verdict: 'failed', bar: 'same result', value: '-', why: taken, raw: {} };
    }
    figure = ratioFigure(spec, taken, quick, rng);
    if (figure.verdict !== 'notMeasured') return figure;
  }
  if (figure === null) throw new Error('invariant broken: no attempt was made');
  return figure;
}

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** Our limits, with the plain way beside: when that one breaks them too, the machine is too noisy to tell. */
async function measureAbsolute<T>(spec: AbsoluteSpec<T>, quick: boolean): Promise<Figure> {
  const count = quick ? QUICK_PAIRS : (spec.samples ?? ABSOLUTE_SAMPLES);
  let ours: number[] = [];
  let control: number[] = [];
  let verdict: Verdict = 'notJudged';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    ours = [];
    control = [];
    spec.run();
    for (let index = 0; index < count; index += 1) {
      if (spec.control !== undefined) control.push(timed(spec.control));
      ours.push(timed(spec.run));
    }
    if (quick) break;
    verdict = judgeLimits(ours, spec.limits)
      ? 'passed'
      : control.length > 0 && !judgeLimits(control, spec.limits)
        ? 'notMeasured'
        : 'failed';
    if (verdict === 'passed') break;
  }
  const shown = [{ quantile: 0.5, maxMs: 0 }, ...spec.limits.filter((limit) => limit.quantile !== 0.5)];
  return {
    name: spec.name,
    verdict,
    bar: limitsText(spec.limits),
    value: [
      showLimits(ours, shown),
      control.length === 0 ? '' : `beside ${showLimits(control, shown)}`,
      `${count} samples`,
    ]
      .filter(Boolean)
      .join('; '),
    ...(verdict === 'notMeasured'
      ? { why: 'the plain way breaks the same limit here, in the same run' }
      : {}),
    raw: { ours, ...(control.length === 0 ? {} : { beside: control }) },
  };
}

/** What plug-ins measure with. */
export function benchContext(quick: boolean, seed: number, print: (line: string) => void): BenchContext {
  const rng = seededRng(seed);
  const report = (figure: Figure): Figure => {
    const mark = { passed: 'ok  ', failed: 'FAIL', notMeasured: 'not measured', notJudged: 'small run' };
    print(`  ${mark[figure.verdict]} ${figure.name} (${figure.bar}): ${figure.value}`);
    if (figure.why !== undefined) print(`       ${figure.why}`);
    return figure;
  };
  return {
    quick,
    seed,
    ratio: async (spec) => report(await measureRatio(spec, quick, rng)),
    absolute: async (spec) => report(await measureAbsolute(spec, quick)),
    note: (line) => print(`  ${line}`),
  };
}
