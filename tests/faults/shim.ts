import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Ledger, parseLedger } from './ledger.ts';

export const FAULT_KINDS = ['kill', 'full', 'eio', 'short'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One operation of the process under test on a file of its directory. */
export interface Operation {
  readonly kind: string;
  /** From the directory. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** What was written; the new name of a rename. Only where data was recorded. */
  readonly data: Buffer | null;
}

/** Builds the shim into `folder`; null where there is no compiler or no LD_PRELOAD, with the reason. */
export function buildShim(folder: string): { readonly path: string } | { readonly missing: string } {
  if (process.platform !== 'linux') return { missing: `LD_PRELOAD is not known on ${process.platform}` };
  const target = path.join(folder, 'shim.so');
  const source = path.join(import.meta.dirname, 'shim.c');
  const built = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', target, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (built.error !== undefined) return { missing: 'there is no C compiler (cc)' };
  return built.status === 0 ? { path: target } : { missing: `cc failed: ${built.stderr}` };
}

export interface Ended {
  readonly ledger: Ledger;
  /** 0, another code, or the signal's name. */
  readonly exit: number | string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly scenario: string;
  readonly dir: string;
  /** The file of the process: bundled, or its source when null. */
  readonly child: string | null;
  /** Where Node keeps what it compiled. */
  readonly cache: string;
  readonly shim: string | null;
  readonly env?: Readonly<Record<string, string>>;
  /** Kills it from outside after this many milliseconds. */
  readonly killAfter?: number;
}

/** Runs a scenario in a process of its own and collects what it acknowledged. */
export function runChild(options: ChildOptions): Promise<Ended> {
  const { scenario, dir, cache, shim, env, killAfter } = options;
  const child = options.child ?? path.join(import.meta.dirname, 'child.ts');
  const started = spawn(process.execPath, [child, scenario, dir], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: cache,
      ...(shim === null ? {} : { LD_PRELOAD: shim, FAULT_DIR: dir }),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  const errors: Buffer[] = [];
  started.stdio[3]?.on('data', (chunk: Buffer) => said.push(chunk));
  started.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  const timer = killAfter === undefined ? null : setTimeout(() => started.kill('SIGKILL'), killAfter);
  return new Promise((resolve, reject) => {
    started.on('error', reject);
    started.on('close', (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      const ledger = parseLedger(Buffer.concat(said).toString('utf8'));
      resolve({ ledger, exit: signal ?? code ?? 'unknown', stderr: Buffer.concat(errors).toString('utf8') });
    });
  });
}

/** Reads what the shim recorded. */
export function readLog(file: string, dir: string, withData: boolean): readonly Operation[] {
  const bytes = readFileSync(file);
  const operations: Operation[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [kind = '', name = '', offset = '', length = ''] = bytes.toString('utf8', at, end).split('\t');
    at = end + 1;
    const size = Number(length);
    const data = withData && size > 0 ? bytes.subarray(at, at + size) : null;
    if (data !== null) at += size;
    operations.push({ kind, file: path.relative(dir, name), offset: Number(offset), length: size, data });
  }
  return operations;
}
