import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, test } from '@playwright/test';

/** The real Electron on the built app: run by `npm run test:electron`, which says where it is missing. */
const ROOT = join(import.meta.dirname, '../..');
let app: ElectronApplication;
let data: string;

test.beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'handoff-electron-'));
  app = await _electron.launch({ args: [ROOT, '--data', data] });
});
test.afterEach(async () => {
  await app.close();
  rmSync(data, { recursive: true, force: true });
});

test('the window opens on our own scheme, sandboxed, and shows the list', async () => {
  const page = await app.firstWindow();
  expect(page.url()).toMatch(/^handoff-app:\/\/desk\//);
  await expect(page.getByRole('grid').first()).toBeVisible();
  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    origin: location.origin,
  }));
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', origin: 'handoff-app://desk' });
});

test('the policy stops a script, an eval, a request and a new window', async () => {
  const page = await app.firstWindow();
  await expect(page.getByRole('grid').first()).toBeVisible();
  const blocked = await page.evaluate(async () => {
    const run = (work: () => unknown): string => {
      try {
        work();
        return 'ran';
      } catch {
        return 'blocked';
      }
    };
    return {
      eval: run(() => Reflect.construct(Function, ['return 1'])),
      fetch: await fetch('https://example.com/').then(
        () => 'ran',
        () => 'blocked',
      ),
      window: window.open('https://example.invalid/') === null ? 'blocked' : 'ran',
    };
  });
  expect(blocked).toEqual({ eval: 'blocked', fetch: 'blocked', window: 'blocked' });
  expect(app.windows()).toHaveLength(1);
});

test('the engine that is killed comes back, and the page goes on', async () => {
  const page = await app.firstWindow();
  await expect(page.getByRole('grid').first()).toBeVisible();
  const killed = await app.evaluate(({ app: shell }) => {
    const engine = shell.getAppMetrics().find((metric) => metric.name === 'Handoff engine');
    if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
    return engine !== undefined;
  });
  expect(killed).toBe(true);
  await page.reload();
  await expect(page.getByRole('grid').first()).toBeVisible();
});

test('a link opens its conversation in the same window', async () => {
  const page = await app.firstWindow();
  await expect(page.getByRole('grid').first()).toBeVisible();
  await app.evaluate(({ app: shell }) =>
    shell.emit('second-instance', {}, ['handoff', 'handoff://c/any'], '', null),
  );
  await expect.poll(() => page.url()).toBe('handoff-app://desk/#/c/any');
  expect(app.windows()).toHaveLength(1);
});

test('what the app keeps is below its data folder', async () => {
  const page = await app.firstWindow();
  await expect(page.getByRole('grid').first()).toBeVisible();
  expect(readdirSync(data)).toContain('app');
});
