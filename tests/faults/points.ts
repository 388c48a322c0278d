import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { manualClock } from '../../src/base/time.ts';
import { OUTBOX_MIGRATIONS } from '../../src/desk/store/outbox-migrations.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { makeSample } from '../../src/host/prepare-data.ts';
import { DamagedRows } from '../../src/desk/digests/row-digests.ts';
import { distrust } from '../../src/desk/store/distrust.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { openMigrated } from '../../src/sqlite/migrations.ts';
import { makeHouse, START } from './house.ts';
import { SAMPLE_AT, SAMPLE_DIR, type Scenario } from './scenarios.ts';
import { FAULT_KINDS, type FaultKind, type Operation, readLog, runChild } from './shim.ts';
import { type Problems, verify } from './verify.ts';

/** The folders and tools of one run. */
export interface Bench {
  readonly root: string;
  readonly shim: string | null;
  /** The process under test in one file; absent: from its source. */
  readonly child?: string;
}

/** One place where a fault was put, and what came of it. */
export interface Point {
  readonly scenario: string;
  readonly at: number;
  readonly kind: FaultKind | 'random kill' | 'none';
  readonly operation: string;
  /** How the process ended, and what it had said until then. */
  readonly ended: string;
  readonly problems: Problems;
}

/** Makes the directories that scenarios start from, once. */
export async function makeTemplates(bench: Bench, needed: ReadonlySet<Scenario['from']>): Promise<void> {
  const house = path.join(bench.root, 'template-house');
  await makeHouse(house);
  const copy = (name: string): string => {
    const target = path.join(bench.root, `template-${name}`);
    cpSync(house, target, { recursive: true });
    return target;
  };
  rmSync(dataDirPaths(copy('noDesk')).desk, { recursive: true });
  rmSync(path.join(dataDirPaths(copy('noReplica')).desk, 'replica.db'));
  damageRow(path.join(dataDirPaths(copy('distrusted')).desk, 'replica.db'));
  const old = path.join(dataDirPaths(copy('oldReplica')).desk, 'replica.db');
  rmSync(old);
  const older = openMigrated(
    old,
    { synchronous: 'NORMAL' },
    REPLICA_MIGRATIONS.slice(0, 2),
    manualClock(START).now(),
  );
  if (older.ok) older.value.close();
  mkdirSync(path.join(bench.root, 'template-nothing'));
  if (OUTBOX_MIGRATIONS.length === 0 || !needed.has('sample')) return;
  const sample = dataDirPaths(path.join(bench.root, 'template-sample'));
  const made = await makeSample(sample, SAMPLE_DIR, () => undefined, SAMPLE_AT);
  if (!made.ok) throw new Error(made.error.type);
}

/** Changes a row past everything SQLite looks at, and marks the file as the desk does that finds it. */
function damageRow(file: string): void {
  const opened = openDatabase(file, { synchronous: 'NORMAL' });
  if (!opened.ok) throw new Error(opened.error.type);
  opened.value.exec(`UPDATE message SET text = 'flipped' WHERE id = 'message-c1-first'`);
  opened.value.close();
  distrust(file, new DamagedRows([{ table: 'message', key: ['message-c1-first'], isBase: false }]));
}

export function freshDir(bench: Bench, from: Scenario['from'] | 'waiting', name: string): string {
  const dir = path.join(bench.root, name);
  rmSync(dir, { recursive: true, force: true });
  cpSync(path.join(bench.root, `template-${from}`), dir, { recursive: true });
  return dir;
}

/** Runs a scenario unharmed and records its operations. */
export async function recordScenario(
  bench: Bench,
  scenario: Scenario,
  withData = false,
): Promise<{ readonly operations: readonly Operation[]; readonly problems: Problems; readonly dir: string }> {
  const dir = freshDir(bench, scenario.from, 'unharmed');
  const log = path.join(bench.root, 'operations');
  rmSync(log, { force: true });
  const env = { FAULT_LOG: log, ...(withData ? { FAULT_DATA: '1' } : {}) };
  const ended = await runChild({ ...child(bench, scenario, dir), env });
  const problems = ended.exit === 0 ? [] : [`ended with ${ended.exit}: ${ended.stderr.slice(-600)}`];
  const errors = ended.ledger.filter((line) => line.state === 'err').map((line) => JSON.stringify(line));
  const operations = readLog(log, dir, withData);
  problems.push(...errors, ...(await verify(scenario, dir, ended.ledger)));
  return { operations, problems, dir };
}

function child(bench: Bench, scenario: Scenario, dir: string) {
  const cache = path.join(bench.root, 'cache');
  return { scenario: scenario.name, dir, cache, child: bench.child ?? null, shim: bench.shim };
}

/**
 * Which operations are tried: every one, or (`thin`) without the index files, which SQLite builds again, without a
 * frame's header beside its page, and of a long run of writes to one file the first, the middle and the last.
 */
export function pointsOf(
  operations: readonly Operation[],
  thin: boolean,
  most = Infinity,
): readonly number[] {
  const numbers = operations.map((_, index) => index + 1);
  if (!thin) return numbers;
  const kept: number[] = [];
  let run: number[] = [];
  const flush = (): void => {
    const middle = run[Math.floor(run.length / 2)] ?? 0;
    kept.push(...(run.length <= 3 ? run : [run[0] ?? 0, middle, run.at(-1) ?? 0]));
    run = [];
  };
  for (const [index, one] of operations.entries()) {
    if (one.file.endsWith('-shm') || (one.length === 24 && one.file.endsWith('-wal'))) continue;
    const last = operations[(run.at(-1) ?? 0) - 1];
    if (one.kind !== 'write' || last?.file !== one.file) flush();
    if (one.kind === 'write') run.push(index + 1);
    else kept.push(index + 1);
  }
  flush();
  if (kept.length <= most * 2) return kept;
  // The end is where files are put in place; the beginning is where they are made.
  const step = (kept.length - most) / most;
  const spread = Array.from(
    { length: Math.floor(most / 2) },
    (_, index) => kept[Math.floor(index * 2 * step)] ?? 0,
  );
  return [...new Set([...kept.slice(0, 6), ...spread, ...kept.slice(-most)])].sort((a, b) => a - b);
}

/** A short write is only one of a write; SQLite goes on after it, so thinly it is tried at every third. */
export function kindsAt(
  operation: Operation | undefined,
  kinds: readonly FaultKind[],
  isThin: boolean,
  index: number,
): readonly FaultKind[] {
  const isShort = operation?.kind === 'write' && (!isThin || index % 3 === 0);
  return FAULT_KINDS.filter((kind) => kinds.includes(kind) && (kind !== 'short' || isShort));
}

export async function tryPoint(
  bench: Bench,
  scenario: Scenario,
  operation: Operation | undefined,
  at: number,
  kind: FaultKind,
  lane: string,
): Promise<Point> {
  const dir = freshDir(bench, scenario.from, `lane-${lane}`);
  const ended = await runChild({
    ...child(bench, scenario, dir),
    env: { FAULT_AT: String(at), FAULT_KIND: kind },
  });
  const acks = ended.ledger.filter((line) => line.state === 'ack' && line.what !== 'end').length;
  const errors = ended.ledger.filter((line) => line.state === 'err');
  const problems =
    kind !== 'kill' && ended.exit !== 0
      ? [`the process ended with ${ended.exit}: ${ended.stderr.slice(-400)}`]
      : [];
  problems.push(...(await verify(scenario, dir, ended.ledger)));
  const codes = [...new Set(errors.map((line) => line.code ?? ''))].join(', ').slice(0, 120);
  return {
    scenario: scenario.name,
    at,
    kind,
    operation: operation === undefined ? '' : `${operation.kind} ${operation.file}`,
    ended: `${ended.exit === 'SIGKILL' ? 'killed' : 'went on'}, ${acks} said${codes === '' ? '' : `, refused: ${codes}`}`,
    problems,
  };
}

/** Without a shim: the process is killed from outside, somewhere. */
export async function tryRandomKill(
  bench: Bench,
  scenario: Scenario,
  killAfter: number,
  lane: string,
): Promise<Point> {
  const dir = freshDir(bench, scenario.from, `lane-${lane}`);
  const ended = await runChild({ ...child(bench, scenario, dir), killAfter });
  const problems = await verify(scenario, dir, ended.ledger);
  const acks = ended.ledger.filter((line) => line.state === 'ack' && line.what !== 'end').length;
  const how = ended.exit === 'SIGKILL' ? `killed after ${killAfter} ms` : 'ended first';
  return {
    scenario: scenario.name,
    at: 0,
    kind: 'random kill',
    operation: '',
    ended: `${how}, ${acks} said`,
    problems,
  };
}
