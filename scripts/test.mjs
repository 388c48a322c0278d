// npm test: installs, provides Chromium, runs everything. Plain JavaScript for Node 20 (see entry/toolbox.mjs).
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesktop, buildWeb } from './entry/build.mjs';
import { provideChromium } from './entry/chromium.mjs';
import { ensureInstalled, node24, ROOT, run, say, tool } from './entry/toolbox.mjs';

const HELP = `npm test

Installs what is missing, then: npm run check, the tests without a browser, both builds, the tests in Chromium.
The last line counts the tests; the exit code is 0 when everything passed.

Parts of it: npm run check · npm run test:unit -- PATTERN · npm run test:e2e -- PATTERN · npm run test:electron
`;

const REPORTS = join(ROOT, 'out/test');
const total = { passed: 0, failed: 0, skipped: 0 };

function add(passed, failed, skipped) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Adds a report's numbers. A runner that failed without naming a failed test counts as one failure. */
function count(name, file, code, read) {
  const before = total.failed;
  if (existsSync(file)) read(JSON.parse(readFileSync(file, 'utf8')));
  else say(`${name} ended without a report.`);
  if (code !== 0 && total.failed === before) total.failed += 1;
}

/** A stage that is no test by itself: it counts only when it fails. */
function stage(name, worked) {
  if (worked) return true;
  say(`Failed: ${name}.`);
  total.failed += 1;
  return false;
}

async function unit(node) {
  const file = join(REPORTS, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(node, [tool('vitest'), 'run', '--passWithNoTests=false', ...reporters]);
  count('vitest', file, code, (report) => {
    add(report.numPassedTests, report.numFailedTests, report.numPendingTests + report.numTodoTests);
  });
}

async function browser(node) {
  const file = join(REPORTS, 'playwright.json');
  const code = await run(node, [tool('@playwright/test', 'playwright'), 'test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  count('playwright', file, code, ({ stats }) => {
    add(stats.expected, stats.unexpected + stats.flaky, stats.skipped);
  });
}

async function main() {
  ensureInstalled();
  const node = node24();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  stage('npm run check', (await run(node, [join(ROOT, 'scripts/check.ts')])) === 0);
  // The builds come first: tests of the packed app and of the policy read them.
  const built = stage('the build for the browser', await buildWeb());
  stage('the build for the desktop', await buildDesktop());
  await unit(node);
  if (provideChromium(node)) {
    if (built) await browser(node);
  } else {
    say('The tests in a browser were skipped: there is no Chromium, and none could be installed.');
    if (process.env.CI === 'true') total.failed += 1;
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

if (process.argv.includes('--help')) process.stdout.write(HELP);
else await main();
