import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nextInt, type Rng, seededRng } from '../../src/base/rng.ts';
import { type Ledger, parseLedger } from './ledger.ts';
import { type Bench, recordScenario } from './points.ts';
import type { Scenario } from './scenarios.ts';
import type { Operation } from './shim.ts';
import { type Problems, verify } from './verify.ts';

/** What a power cut leaves of writes that were not flushed: nothing, some of them, or some and the last one torn. */
export const CUTS = ['dropped', 'some', 'torn'] as const;
export type Cut = (typeof CUTS)[number];

export interface Image {
  readonly scenario: string;
  /** Operations before the cut. */
  readonly after: number;
  readonly cut: Cut;
  readonly problems: Problems;
}

/** A file as the disk has it, and what only the machine's memory has. */
interface Disk {
  durable: Buffer | null;
  /** Its name is in the flushed directory. */
  isNamed: boolean;
  waiting: Operation[];
}

const SECTOR = 512;

/**
 * Cuts the power after many prefixes of a scenario's operations, and opens what would be on the disk. Without `hasSyncs`
 * the disk ignores every flush: a control that must lose something, or these images prove nothing.
 */
export async function powerLoss(
  bench: Bench,
  scenario: Scenario,
  images: number,
  take: (image: Image) => void,
  hasSyncs = true,
): Promise<void> {
  const { operations, problems } = await recordScenario(bench, scenario, true);
  if (problems.length > 0) take({ scenario: scenario.name, after: 0, cut: 'dropped', problems });
  const template = path.join(bench.root, `template-${scenario.from}`);
  const rng = seededRng(97);
  for (let index = 0; index < images; index += 1) {
    const after = Math.floor(((index + 1) * operations.length) / images);
    const cut = CUTS[index % CUTS.length] ?? 'dropped';
    const dir = path.join(bench.root, 'image');
    rmSync(dir, { recursive: true, force: true });
    cpSync(template, dir, { recursive: true });
    const before = operations.slice(0, after);
    writeImage(dir, hasSyncs ? before : before.filter(({ kind }) => kind !== 'sync'), cut, rng);
    const ledger = said(operations, after);
    take({ scenario: scenario.name, after, cut, problems: await verify(scenario, dir, ledger) });
  }
}

/** What was acknowledged before the cut; what was tried, also after it, may be there. */
function said(operations: readonly Operation[], after: number): Ledger {
  const lines = (part: readonly Operation[]): Ledger =>
    parseLedger(
      Buffer.concat(
        part.flatMap(({ kind, data }) => (kind === 'said' && data !== null ? [data] : [])),
      ).toString('utf8'),
    );
  const later = lines(operations.slice(after)).filter(
    (line) => line.state === 'try' && line.what === 'draft',
  );
  return [...lines(operations.slice(0, after)), ...later];
}

function writeImage(dir: string, operations: readonly Operation[], cut: Cut, rng: Rng): void {
  const disks = new Map<string, Disk>();
  const diskOf = (file: string): Disk => {
    const known = disks.get(file);
    if (known !== undefined) return known;
    const full = path.join(dir, file);
    const durable = existsSync(full) ? readFileSync(full) : null;
    const disk: Disk = { durable, isNamed: durable !== null, waiting: [] };
    disks.set(file, disk);
    return disk;
  };
  for (const operation of operations) {
    // The index file is memory; SQLite builds it anew.
    if (operation.file.endsWith('-shm') || operation.kind === 'said') continue;
    apply(operation, diskOf, disks);
  }
  for (const [file, disk] of disks) {
    const full = path.join(dir, file);
    const content = disk.isNamed || cut !== 'dropped' ? survivors(disk, cut, rng) : null;
    rmSync(full, { force: true });
    if (content === null) continue;
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
  }
}

function apply(operation: Operation, diskOf: (file: string) => Disk, disks: Map<string, Disk>): void {
  const { kind, file } = operation;
  if (kind === 'sync') {
    const disk = disks.get(file);
    if (disk === undefined) {
      for (const [name, other] of disks)
        if (path.dirname(name) === (file === '' ? '.' : file)) other.isNamed = true;
      return;
    }
    disk.durable = replay(disk.durable, disk.waiting);
    disk.waiting = [];
    return;
  }
  const disk = diskOf(file);
  if (kind === 'unlink') {
    disk.durable = null;
    disk.waiting = [];
    disk.isNamed = false;
  } else if (kind === 'write' || kind === 'truncate') {
    disk.waiting.push(operation);
  }
}

function replay(start: Buffer | null, operations: readonly Operation[]): Buffer | null {
  let bytes = start;
  for (const { kind, offset, data } of operations) {
    const end = kind === 'truncate' ? offset : Math.max(bytes?.length ?? 0, offset + (data?.length ?? 0));
    const next = Buffer.alloc(end);
    bytes?.copy(next, 0, 0, Math.min(bytes.length, end));
    data?.copy(next, offset);
    bytes = next;
  }
  return bytes;
}

function survivors(disk: Disk, cut: Cut, rng: Rng): Buffer | null {
  if (cut === 'dropped') return disk.durable;
  const kept = disk.waiting.filter(() => nextInt(rng, 0, 1) === 1);
  const last = kept.at(-1);
  if (cut === 'torn' && last?.data !== null && last !== undefined && last.length > SECTOR) {
    const whole = SECTOR * nextInt(rng, 1, Math.max(1, Math.floor(last.length / SECTOR) - 1));
    kept.splice(-1, 1, { ...last, data: last.data.subarray(0, whole), length: whole });
  }
  return replay(disk.durable, kept);
}
