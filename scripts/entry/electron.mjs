import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, ROOT, say } from './toolbox.mjs';

const FOLDER = join(ROOT, 'node_modules/electron');
/** Long enough for a slow line, short enough to fall back to the browser. */
const DOWNLOAD_LIMIT_MS = 180_000;

/** The path of Electron's program, or undefined where it was never fetched. */
export function electronBinary() {
  const record = join(FOLDER, 'path.txt');
  if (!existsSync(record)) return undefined;
  const file = join(FOLDER, 'dist', readFileSync(record, 'utf8'));
  return existsSync(file) ? file : undefined;
}

/**
 * Fetches Electron's program (its package checks the checksums). It is not an install script, so that an installation
 * without network to GitHub, or without a display, does without it.
 */
export function fetchElectron() {
  say('Fetching Electron (once) …');
  const result = spawnSync(node24(), [join(FOLDER, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: DOWNLOAD_LIMIT_MS,
  });
  if (result.status !== 0) say('Electron could not be fetched; Handoff opens in the browser instead.');
  return electronBinary();
}
