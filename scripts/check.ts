import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from './checks/files.ts';
import { checkImports } from './checks/imports.ts';
import { checkLock } from './checks/lock.ts';
import { checkRatio } from './checks/ratio.ts';
import { checkRules } from './checks/rules.ts';
import { checkSize } from './checks/size.ts';
import { checkSource } from './checks/source.ts';
import { checkStyles } from './checks/styles.ts';

const HELP = `npm run check [-- --only NAME[,NAME]] [--root DIR]
Types of each world, import table, lint, size, format, and the project's own rules.`;

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}
type Step = readonly [name: string, run: (root: string) => Promise<Outcome>];

const WORLDS = ['pure', 'node', 'preload', 'renderer', 'tests'] as const;

function command(root: string, args: readonly string[]): Promise<Outcome> {
  const [tool = '', ...rest] = args;
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((done, failed) => {
    const child = spawn(tool, rest, {
      cwd: root,
      // Node 24 first, also where this was started by its path.
      env: { ...process.env, PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter) },
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', failed);
    child.on('close', (code) => done({ ok: code === 0, output: output.trim() }));
  });
}

/** A world whose folders hold no file yet is no fault (TS18003). */
async function types(root: string, world: string): Promise<Outcome> {
  const outcome = await command(root, ['tsc', '-p', `tsconfig.${world}.json`]);
  return outcome.output.startsWith('error TS18003') ? { ok: true, output: 'no files yet' } : outcome;
}

function own(check: (root: string) => Report) {
  return (root: string): Promise<Outcome> => {
    const { findings, notes } = check(root);
    const lines = findings.map(
      ({ path, line, message }) => `${path}${line > 0 ? `:${line}` : ''}: ${message}`,
    );
    return Promise.resolve({ ok: findings.length === 0, output: [...lines, notes.join('; ')].join('\n') });
  };
}

function locales(root: string): Promise<Outcome> {
  const script = ['ts', 'mjs']
    .map((ending) => `scripts/check-locales.${ending}`)
    .find((path) => existsSync(join(root, path)));
  if (script === undefined) return Promise.resolve({ ok: true, output: 'no scripts/check-locales yet' });
  return command(root, ['node', script]);
}

const STEPS: readonly Step[] = [
  ...WORLDS.map((world): Step => [`types:${world}`, (root) => types(root, world)]),
  ['imports', own(checkImports)],
  ['lint', (root) => command(root, ['oxlint', '--type-aware', '--deny-warnings', '--format', 'unix'])],
  ['source', own(checkSource)],
  ['styles', own(checkStyles)],
  ['size', own(checkSize)],
  ['format', (root) => command(root, ['biome', 'format', '--reporter=summary', '.'])],
  ['unused', (root) => command(root, ['knip', '--no-progress'])],
  ['lock', own(checkLock)],
  ['rules', own(checkRules)],
  ['ratio', own(checkRatio)],
  ['locales', locales],
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, root: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(`${HELP}\nNames: ${STEPS.map(([name]) => name).join(' ')}`);
    return 0;
  }
  const root = resolve(values.root ?? join(import.meta.dirname, '..'));
  const only = values.only?.split(',') ?? [];
  const steps = STEPS.filter(([name]) => only.length === 0 || only.some((wanted) => name.startsWith(wanted)));
  if (steps.length === 0) throw new Error(`no check is called ${only.join(', ')}`);
  const failed: string[] = [];
  for (const [name, run] of steps) {
    const { ok, output } = await run(root);
    const lines = output.split('\n').filter((line) => line !== '');
    if (ok) {
      console.log(`ok    ${name.padEnd(16)} ${lines.at(-1) ?? ''}`);
    } else {
      failed.push(name);
      console.log(`FAIL  ${name}\n${lines.map((line) => `      ${line}`).join('\n')}`);
    }
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
