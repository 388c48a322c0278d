// npm run test:electron: the desktop app in the real Electron, where it is there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesktop } from './entry/build.mjs';
import { electronBinary } from './entry/electron.mjs';
import { ensureInstalled, node24, ROOT, run, say, tool } from './entry/toolbox.mjs';

ensureInstalled();
if (electronBinary() === undefined) {
  say(
    'Skipped: node_modules/electron holds no program. Fetch it with `npx install-electron`, then run this again.',
  );
} else if (!existsSync(join(ROOT, 'tests/electron'))) {
  say('Skipped: there is no tests/electron.');
} else if (await buildDesktop()) {
  process.exitCode = await run(node24(), [
    tool('@playwright/test', 'playwright'),
    'test',
    '-c',
    'playwright.electron.config.ts',
  ]);
} else {
  process.exitCode = 1;
}
