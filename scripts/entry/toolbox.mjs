// Shared by the entry points. Plain JavaScript for Node 20, before anything is installed: no packages, no TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MODULES = join(ROOT, 'node_modules');

/** Says something to the person, never on stdout: that belongs to the command. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Whether node_modules holds exactly what the lock names. Compared by content: a checkout changes times. */
function isInstalled() {
  const record = join(MODULES, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  const wanted = readJson(join(ROOT, 'package-lock.json')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || (installed[path] ? installed[path].version === entry.version : entry.optional === true),
  );
}

/** Runs `npm ci` when node_modules is missing or does not match the lock. `quiet`: npm's output only when it fails. */
export function ensureInstalled({ quiet = false } = {}) {
  if (isInstalled()) return;
  say('Installing dependencies (the first time, and after an update) …');
  const npm = process.env.npm_execpath;
  const viaNode = npm !== undefined && /\.[cm]?js$/.test(npm);
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--strict-allow-scripts',
    '--loglevel=error',
  ];
  const result = spawnSync(viaNode ? process.execPath : 'npm', viaNode ? [npm, ...args] : args, {
    cwd: ROOT,
    shell: !viaNode && process.platform === 'win32',
    stdio: ['ignore', quiet ? 'pipe' : process.stderr, quiet ? 'pipe' : process.stderr],
  });
  if (result.status === 0) return;
  if (quiet) say(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  say(
    `npm ci did not work (${result.error?.message ?? `exit code ${result.status}`}). Is the network there?`,
  );
  process.exit(1);
}

/** The path of a Node 24: the installed one, else this one when it is new enough. Ends the process without either. */
export function node24() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(MODULES, `node-${system}-${process.arch}`, 'bin', file);
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  say(`Handoff needs Node 24, and there is no ready one for ${process.platform}-${process.arch}.`);
  say(`This is Node ${process.versions.node}. Install Node 24 or newer (https://nodejs.org) and try again.`);
  process.exit(1);
}

/** The script behind a package's command, to be run by `node24()`: the same on every system, without a shell. */
export function tool(packageName, command = packageName) {
  const folder = join(MODULES, packageName);
  const { bin } = readJson(join(folder, 'package.json'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** The environment with Node 24 and the tools first on the path. */
export function environment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: [join(MODULES, '.bin'), process.env.PATH].join(separator), ...extra };
}

/** Runs a program to its end, its output on this one's; resolves to the exit code. */
export function run(file, args, { stdout = 'inherit', env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: environment(env),
      stdio: ['ignore', stdout, 'inherit'],
    });
    child.on('error', (error) => {
      say(`${file}: ${error.message}`);
      done(1);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

/**
 * Hands over to a program: same input, output and directory, signals passed on, its exit code becomes ours. The
 * channel between the two lets a Node program end when this one is killed (see with-parent.mjs).
 */
export function become(file, args, { channel = true } = {}) {
  const stdio = channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
  const child = spawn(file, args, { env: environment(), stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`${file}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.exit(signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 137);
  });
}

/** Becomes `src/host/main.ts` under Node 24. */
export function becomeHost(args) {
  const hook = new URL('./with-parent.mjs', import.meta.url).href;
  become(node24(), ['--import', hook, join(ROOT, 'src/host/main.ts'), ...args]);
}
