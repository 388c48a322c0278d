import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type EntryHouse, entryHouse } from './entry-house.ts';

let house: EntryHouse | undefined;

async function build(installed: string | null): Promise<EntryHouse> {
  house = await entryHouse(installed);
  return house;
}

afterEach(async () => {
  await house?.remove();
  house = undefined;
});

describe('npm run handoff', () => {
  test('hands stdout and the exit code of the command through, and nothing else', async () => {
    const { run } = await build('4.6.7');
    expect(await run('handoff.mjs', ['json'])).toEqual({ code: 3, out: '[]\n', err: '' });
  });

  test('hands the arguments through', async () => {
    const { run } = await build('4.6.7');
    expect((await run('handoff.mjs', ['show', '--data', 'a b'])).out).toBe('show --data a b\n');
  });

  test('does not install when node_modules holds what the lock names; a missing optional package is no reason', async () => {
    const { run, npmCalls, write } = await build('4.6.7');
    await write('node_modules/.package-lock.json', '{"packages":{"node_modules/zod":{"version":"4.6.7"}}}');
    await run('handoff.mjs', ['json']);
    expect(await npmCalls()).toBe('');
  });

  test.each([
    ['there is no node_modules', null],
    ['node_modules holds another version than the lock', '4.6.6'],
  ])('installs from the lock, silently on stdout, when %s', async (_what, installed) => {
    const { run, npmCalls } = await build(installed);
    const { out, err, code } = await run('handoff.mjs', ['json']);
    expect(await npmCalls()).toMatch(/^ci .*--strict-allow-scripts.*\n$/);
    expect({ out, code }).toEqual({ out: '[]\n', code: 3 });
    expect(err).toContain('Installing dependencies');
    expect(err).not.toContain('npm says something');
  });

  test('shows what npm said when the installation fails, and does not start', async () => {
    const { run } = await build(null);
    const { code, out, err } = await run('handoff.mjs', ['json'], { NPM_STUB: 'fails' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('npm says something');
    expect(err).toContain('npm ci did not work (exit code 1)');
  });

  test('the command ends when the process that started it is killed', async () => {
    const { root } = await build('4.6.7');
    const parent = spawn(process.execPath, [join(root, 'scripts/handoff.mjs'), 'stay'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    await new Promise<void>((stays) => {
      parent.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        stays();
      });
    });
    // The pipe closes when the last process that holds it has ended.
    const ended = new Promise((closed) => parent.stdout.on('close', closed));
    parent.kill('SIGKILL');
    await ended;
    expect(out).toBe('stays\nclosed in order\n');
  });
});

describe('npm start', () => {
  const WITHOUT_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' };
  const VITE = `import { mkdirSync, writeFileSync } from 'node:fs';
const folder = process.argv[process.argv.indexOf('--outDir') + 1];
mkdirSync(folder, { recursive: true });
writeFileSync(folder + '/index.html', 'built');
`;

  async function withVite(script = VITE): Promise<EntryHouse> {
    const built = await build('4.6.7');
    await built.write('node_modules/vite/package.json', '{"type":"module","bin":{"vite":"vite.js"}}');
    await built.write('node_modules/vite/vite.js', script);
    await built.write('renderer/desk/main.tsx', 'first');
    return built;
  }

  test('--help answers without installing or building', async () => {
    const { run, npmCalls } = await build(null);
    const { code, out } = await run('start.mjs', ['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--host browser');
    expect(await npmCalls()).toBe('');
  });

  test('builds the page, then serves it, every option handed on', async () => {
    const { run } = await withVite();
    const { out, err } = await run('start.mjs', ['--port', '0', '--no-open'], WITHOUT_DISPLAY);
    expect(err).toContain('Building (web)');
    expect(out).toBe('start --host browser --port 0 --no-open\n');
  });

  test('builds again only when a source has changed', async () => {
    const { run, write } = await withVite();
    const start = () => run('start.mjs', ['--host', 'browser']);
    await start();
    expect((await start()).err).toBe('');
    await write('renderer/desk/main.tsx', 'second');
    expect((await start()).err).toContain('Building (web)');
  });

  test('a build that fails is said and nothing is started', async () => {
    const { run } = await withVite('process.exit(1);\n');
    const { code, out, err } = await run('start.mjs', ['--host', 'browser']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('The build failed');
  });
});

describe('npm test', () => {
  interface Numbers {
    readonly unit: readonly [passed: number, failed: number, skipped: number] | null;
    readonly browser: readonly [passed: number, failed: number, skipped: number];
    readonly check?: number;
  }

  /** A house whose runners write reports with these numbers. */
  async function withRunners({ unit, browser, check = 0 }: Numbers): Promise<EntryHouse> {
    const built = await build('4.6.7');
    const bin = (name: string, command: string, script: string) =>
      Promise.all([
        built.write(
          `node_modules/${name}/package.json`,
          JSON.stringify({ type: 'module', bin: { [command]: 'run.js' } }),
        ),
        built.write(`node_modules/${name}/run.js`, script),
      ]);
    const report = (file: string, body: object, failed: number) =>
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${file}, ${JSON.stringify(JSON.stringify(body))});\nprocess.exit(${failed > 0 ? 1 : 0});\n`;
    const [up, uf, us] = unit ?? [0, 0, 0];
    const unitReport = { numPassedTests: up, numFailedTests: uf, numPendingTests: us, numTodoTests: 0 };
    const unitFile = "process.argv.find((arg) => arg.startsWith('--outputFile')).split('=')[1]";
    await bin('vitest', 'vitest', unit === null ? 'process.exit(1);\n' : report(unitFile, unitReport, uf));
    const stats = { expected: browser[0], unexpected: browser[1], flaky: 0, skipped: browser[2] };
    await bin(
      '@playwright/test',
      'playwright',
      report('process.env.PLAYWRIGHT_JSON_OUTPUT_NAME', { stats }, browser[1]),
    );
    // Playwright's package also answers where its browser is; this file stands for one.
    await built.write(
      'node_modules/@playwright/test/package.json',
      JSON.stringify({ type: 'module', bin: { playwright: 'run.js' }, exports: './index.js' }),
    );
    await built.write(
      'node_modules/@playwright/test/index.js',
      'export const chromium = { executablePath: () => process.execPath };\n',
    );
    const makeWeb =
      "import { mkdirSync } from 'node:fs';\nmkdirSync(process.argv[process.argv.indexOf('--outDir') + 1], { recursive: true });\n";
    await bin('vite', 'vite', makeWeb);
    await bin('electron-vite', 'electron-vite', '');
    await built.write('scripts/check.ts', `process.exit(${check});\n`);
    return built;
  }

  const last = (text: string): string | undefined => text.trim().split('\n').at(-1);

  test('adds both runners up in its last line', async () => {
    const { run } = await withRunners({ unit: [5, 0, 1], browser: [2, 0, 0] });
    const { code, out } = await run('test.mjs', []);
    expect(last(out)).toBe('7 passed, 0 failed, 1 skipped');
    expect(code).toBe(0);
  });

  test('a failed test in either runner fails the whole', async () => {
    const { run } = await withRunners({ unit: [5, 1, 0], browser: [2, 2, 0] });
    const { code, out } = await run('test.mjs', []);
    expect(last(out)).toBe('7 passed, 3 failed, 0 skipped');
    expect(code).toBe(1);
  });

  test('a runner that dies without a report counts as a failure', async () => {
    const { run } = await withRunners({ unit: null, browser: [2, 0, 0] });
    const { code, out, err } = await run('test.mjs', []);
    expect(err).toContain('vitest ended without a report');
    expect(last(out)).toBe('2 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });

  test('a failed check counts as a failure, and the tests run all the same', async () => {
    const { run } = await withRunners({ unit: [5, 0, 0], browser: [2, 0, 0], check: 1 });
    const { code, out } = await run('test.mjs', []);
    expect(last(out)).toBe('7 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });
});
