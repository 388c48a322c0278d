import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, ROOT, run, say, tool } from './toolbox.mjs';

const SHARED = [
  'src/base',
  'src/domain',
  'src/mutations',
  'src/protocol',
  'src/i18n',
  'locales',
  'package-lock.json',
];
const WEB = ['renderer', 'vite.renderer.config.ts', ...SHARED];
const DESKTOP = ['src', 'electron', 'renderer', 'electron.vite.config.ts', ...SHARED];

/** A hash over names and contents of the sources. */
function fingerprint(sources) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    const entries = path.includes('.') ? null : readdirSync(full, { withFileTypes: true });
    if (entries === null) hash.update(`${path}\0`).update(readFileSync(full));
    else for (const entry of entries) addEntry(path, entry);
  };
  const addEntry = (folder, entry) => {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
    else for (const inner of readdirSync(join(ROOT, path), { withFileTypes: true })) addEntry(path, inner);
  };
  for (const source of sources) add(source);
  return hash.digest('hex');
}

/** Builds unless the last build was made of the same sources. Answers whether there is a build now. */
async function buildOnce(name, sources, build) {
  const stamp = join(ROOT, 'out', `${name}.stamp`);
  const now = fingerprint(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return true;
  say(`Building (${name}) …`);
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  if (!(await build())) return false;
  writeFileSync(stamp, now);
  return true;
}

/** The renderer for a browser, in out/web. Built aside and moved, so that a running host never meets half of it. */
export function buildWeb() {
  return buildOnce('web', WEB, async () => {
    const aside = join(ROOT, 'out', `web-${process.pid}`);
    const args = ['build', '-c', 'vite.renderer.config.ts', '--outDir', aside, '--logLevel', 'warn'];
    const code = await run(node24(), [tool('vite'), ...args], { stdout: process.stderr });
    if (code === 0) {
      rmSync(join(ROOT, 'out/web'), { recursive: true, force: true });
      renameSync(aside, join(ROOT, 'out/web'));
    }
    rmSync(aside, { recursive: true, force: true });
    return code === 0;
  });
}

/** Main, engine, preload and renderer for Electron, in out/. */
export function buildDesktop() {
  return buildOnce('desktop', DESKTOP, async () => {
    const args = ['build', '--logLevel', 'warn'];
    return (await run(node24(), [tool('electron-vite'), ...args], { stdout: process.stderr })) === 0;
  });
}
