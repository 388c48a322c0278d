import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment, ROOT, say, tool } from './toolbox.mjs';

const PROBE = "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))";

function isThere(node) {
  if (existsSync('/usr/bin/chromium') || existsSync('/usr/bin/chromium-browser')) return true;
  const probe = spawnSync(node, ['--input-type=module', '--eval', PROBE], { cwd: ROOT, encoding: 'utf8' });
  return probe.status === 0 && existsSync(probe.stdout.trim());
}

function attempt(file, args, extra = {}) {
  const stdio = ['ignore', process.stderr, process.stderr];
  return spawnSync(file, args, { cwd: ROOT, env: environment(extra), stdio }).status === 0;
}

/**
 * Sees to a Chromium: one that is there; Debian's, with fonts for Korean, when this runs as root; else the one that
 * Playwright downloads. Answers whether there is one now.
 */
export function provideChromium(node) {
  if (isThere(node)) return true;
  say('Installing Chromium (once) …');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    const packages = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
    if (attempt('apt-get', ['update', '-q'], quiet) && attempt('apt-get', packages, quiet) && isThere(node))
      return true;
  }
  return attempt(node, [tool('@playwright/test', 'playwright'), 'install', 'chromium']) && isThere(node);
}
