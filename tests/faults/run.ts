import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { seededRng, nextInt } from '../../src/base/rng.ts';
import { bundleChild } from './bundle.ts';
import {
  type Bench,
  kindsAt,
  makeTemplates,
  type Point,
  pointsOf,
  recordScenario,
  tryPoint,
  tryRandomKill,
} from './points.ts';
import { type Damaged, damageAll } from './damage.ts';
import { type Image, powerLoss } from './power.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { buildShim, FAULT_KINDS, type FaultKind, type Operation } from './shim.ts';

const HELP = `npm run faults [-- OPTIONS]

Puts a fault into the durable operations of real files, opens them again with production code, and looks for everything
that had been acknowledged. Exit code 1 on any violation.

  --only NAME[,NAME]   scenarios whose name holds one of these
  --kinds KIND[,KIND]  ${FAULT_KINDS.join(', ')}
  --every              every single operation; else runs of page writes are thinned
  --parts PART[,PART]  points, damage, power; all when absent
  --random N           kill at N random moments a scenario instead (what is done where there is no compiler)
  --json FILE          every point as it comes, one line of JSON each
  --resume FILE        goes on with the points where the run that wrote FILE with --json was cut off
`;

/** Flipped bits a file, images a scenario, images of the control. */
const FLIPS = 120;
const IMAGES = 60;
const CONTROLS = 9;
const CUT_SCENARIOS: readonly string[] = [
  'mutate',
  'draft',
  'confirm',
  'refusal',
  'recall',
  'workspace push',
  'workspace ingest',
];

interface Job {
  readonly scenario: Scenario;
  readonly operation: Operation | undefined;
  readonly at: number;
  readonly kind: FaultKind;
}

function list(text: string | undefined): readonly string[] | null {
  return text === undefined ? null : text.split(',').map((part) => part.trim());
}

/** Two at a time; each lane has a directory of its own. */
async function inLanes<T>(jobs: readonly T[], work: (job: T, lane: string) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (name: string): Promise<void> => {
    for (let job = jobs[next]; job !== undefined; job = jobs[next]) {
      next += 1;
      await work(job, name);
    }
  };
  await Promise.all(['a', 'b'].map(lane));
}

function print(point: Point): void {
  const verdict = point.problems.length === 0 ? 'sound' : `VIOLATION ${point.problems.join('; ')}`;
  process.stdout.write(
    `${point.scenario} · ${point.at} ${point.operation} · ${point.kind} · ${point.ended} · ${verdict}\n`,
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      kinds: { type: 'string' },
      parts: { type: 'string' },
      every: { type: 'boolean', default: false },
      random: { type: 'string' },
      json: { type: 'string' },
      resume: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const started = performance.now();
  const root = mkdtempSync(path.join(tmpdir(), 'handoff-faults-'));
  const kinds = FAULT_KINDS.filter((kind) => list(values.kinds)?.includes(kind) ?? true);
  const only = list(values.only);
  const scenarios = SCENARIOS.filter((one) => only === null || only.some((part) => one.name.includes(part)));
  const has = (part: string): boolean => list(values.parts)?.includes(part) ?? true;
  const done = values.resume === undefined ? [] : readPoints(values.resume);
  const file = values.json ?? values.resume;
  if (file !== undefined && file !== values.resume) writeFileSync(file, '');
  const points: Point[] = [...done];
  const take = (point: Point): void => {
    points.push(point);
    print(point);
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(point)}\n`);
  };
  let bad = 0;
  const child = await bundleChild();
  try {
    const built = values.random === undefined ? buildShim(root) : { missing: 'random kills were asked for' };
    const bench: Bench = { root, shim: 'path' in built ? built.path : null, child: child.path };
    await makeTemplates(bench, new Set(has('points') ? scenarios.map((one) => one.from) : []));
    if (has('damage')) bad += await damagePart(bench);
    if (has('power') && bench.shim !== null) bad += await powerPart(bench);
    if (!has('points')) process.stdout.write('');
    else if ('missing' in built)
      await randomKills(bench, scenarios, Number(values.random ?? 20), built.missing, take);
    else await everyPoint(bench, scenarios, { kinds, every: values.every, done }, take);
  } finally {
    child.remove();
    rmSync(root, { recursive: true, force: true });
  }
  return summary(points, (performance.now() - started) / 1_000) + bad === 0 ? 0 : 1;
}

/** Damaged files; answers the violations. */
async function damagePart(bench: Bench): Promise<number> {
  const all: Damaged[] = [];
  await damageAll(bench, FLIPS, (one) => {
    all.push(one);
    const looked = one.took === null ? '' : ` in ${one.took.toFixed(0)} ms`;
    const time =
      one.watched === null ? looked : ` by the watch, ${(one.watched / 1_000).toFixed(1)} s after the start`;
    const verdict = one.problems.length === 0 ? 'sound' : `VIOLATION ${one.problems.join('; ')}`;
    process.stdout.write(`${one.file} · ${one.how} · ${one.verdict}${time} · ${one.detail} · ${verdict}\n`);
  });
  process.stdout.write('\n');
  for (const file of new Set(all.map((one) => one.file))) {
    const own = all.filter((one) => one.file === file);
    const verdicts = [...new Set(own.map((one) => one.verdict))].map(
      (verdict) => `${own.filter((one) => one.verdict === verdict).length} ${verdict}`,
    );
    const times = own.map((one) => one.took).filter((took) => took !== null);
    const watched = own.map((one) => one.watched).filter((after) => after !== null);
    const byWatch =
      watched.length === 0
        ? ''
        : `; ${watched.length} by the watch, ${(Math.max(...watched) / 1_000).toFixed(1)} s after the start at the latest`;
    process.stdout.write(
      `${file}: ${own.length} damaged: ${verdicts.join(', ')}; doctor found them in at most ${Math.max(0, ...times).toFixed(0)} ms${byWatch}\n`,
    );
  }
  return all.filter((one) => one.problems.length > 0).length;
}

/** Power cuts, and a control whose disk ignores every flush; answers the violations. */
async function powerPart(bench: Bench): Promise<number> {
  const images: Image[] = [];
  let lost = 0;
  for (const scenario of SCENARIOS.filter((one) => CUT_SCENARIOS.includes(one.name))) {
    await powerLoss(bench, scenario, IMAGES, (one) => {
      images.push(one);
      const verdict = one.problems.length === 0 ? 'sound' : `VIOLATION ${one.problems.join('; ')}`;
      process.stdout.write(`power cut · ${one.scenario} · after ${one.after} · ${one.cut} · ${verdict}\n`);
    });
    await powerLoss(bench, scenario, CONTROLS, (one) => (lost += one.problems.length > 0 ? 1 : 0), false);
  }
  const bad = images.filter((one) => one.problems.length > 0).length;
  process.stdout.write(
    `${images.length} power cuts: ${bad} violations; control without flushes: ${lost} of ${CONTROLS * CUT_SCENARIOS.length} lose something\n`,
  );
  return bad + (lost === 0 ? 1 : 0);
}

/** The points of a run that was cut off; a last line cut off with it is tried again. */
function readPoints(file: string): readonly Point[] {
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Point)
    .filter(({ kind }) => kind !== 'none');
}

function nameOf({ scenario, at, kind }: Pick<Point, 'scenario' | 'at' | 'kind'>): string {
  return `${scenario} ${at} ${kind}`;
}

interface Wanted {
  readonly kinds: readonly FaultKind[];
  readonly every: boolean;
  /** Points that an earlier run has tried. */
  readonly done: readonly Point[];
}

async function everyPoint(
  bench: Bench,
  scenarios: readonly Scenario[],
  { kinds, every, done }: Wanted,
  take: (point: Point) => void,
): Promise<void> {
  const tried = new Set(done.map(nameOf));
  const jobs: Job[] = [];
  for (const scenario of scenarios) {
    const { operations, problems } = await recordScenario(bench, scenario);
    const chosen = pointsOf(operations, !every, scenario.most);
    process.stdout.write(
      `${scenario.name}: ${scenario.about}; ${operations.length} operations, ${chosen.length} tried\n`,
    );
    if (problems.length > 0)
      take({ scenario: scenario.name, at: 0, kind: 'none', operation: '', ended: 'unharmed', problems });
    for (const [index, at] of chosen.entries()) {
      const operation = operations[at - 1];
      for (const kind of kindsAt(operation, kinds, !every, index))
        if (!tried.has(nameOf({ scenario: scenario.name, at, kind })))
          jobs.push({ scenario, operation, at, kind });
    }
  }
  await inLanes(jobs, async ({ scenario, operation, at, kind }, lane) =>
    take(await tryPoint(bench, scenario, operation, at, kind, lane)),
  );
}

async function randomKills(
  bench: Bench,
  scenarios: readonly Scenario[],
  count: number,
  reason: string,
  take: (point: Point) => void,
): Promise<void> {
  process.stdout.write(`Killing at random moments: ${reason}. Disk errors are not part of this run.\n`);
  const rng = seededRng(7);
  const jobs = scenarios.flatMap((scenario) =>
    Array.from({ length: count }, () => ({ scenario, after: nextInt(rng, 60, 900) })),
  );
  await inLanes(jobs, async ({ scenario, after }, lane) =>
    take(await tryRandomKill(bench, scenario, after, lane)),
  );
}

function summary(points: readonly Point[], seconds: number): number {
  const bad = points.filter((point) => point.problems.length > 0);
  process.stdout.write('\n');
  for (const name of new Set(points.map((point) => point.scenario))) {
    const own = points.filter((point) => point.scenario === name);
    const violated = own.filter((point) => point.problems.length > 0).length;
    process.stdout.write(`${name}: ${own.length} points, ${violated} violations\n`);
  }
  const has = (part: string): number =>
    bad.filter((point) => point.problems.some((problem) => problem.includes(part))).length;
  process.stdout.write(
    `${points.length} points in ${seconds.toFixed(0)} s: ${has('lost')} lost, ${has('times')} duplicated, ${bad.length} violations\n`,
  );
  return bad.length === 0 ? 0 : 1;
}

process.exitCode = await main();
