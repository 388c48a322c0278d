import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { type HostProcess, runHandoff, startHost } from '../support/host-process.ts';
import { type ShellEngine, startShellEngine } from '../support/shell/shell-engine.ts';

// What the desktop app's window shows where there is no desk to show: its engine's process as it is, on real files.
let root = '';
let data = '';
let engine: ShellEngine | null = null;
let host: HostProcess | null = null;

test.beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-start-'));
  data = path.join(root, 'data');
});

test.afterEach(async () => {
  await engine?.close();
  await host?.kill();
  engine = null;
  host = null;
  rmSync(root, { recursive: true, force: true });
});

/** Makes a data directory with the sample in it, closed again. */
async function makeData(): Promise<void> {
  const made = await startHost(data);
  await made.stop();
}

function setVersion(file: string, version: number): void {
  const opened = openDatabase(file, { synchronous: 'FULL' });
  if (!opened.ok) throw new Error(opened.error.type);
  opened.value.exec(`PRAGMA user_version = ${version}`);
  opened.value.close();
}

function versionOf(file: string): number {
  const opened = openDatabase(file, { synchronous: 'FULL' });
  if (!opened.ok) throw new Error(opened.error.type);
  const version = opened.value.pluck<number>('PRAGMA user_version');
  opened.value.close();
  return version ?? 0;
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('[Y15] data from a newer build: a screen that says so, no write, and the way on once it is put right', async ({
  page,
}) => {
  await makeData();
  const { workspace } = dataDirPaths(data);
  const known = versionOf(workspace);
  setVersion(workspace, 990);
  const before = readFileSync(workspace);
  engine = await startShellEngine(data);
  await page.goto(engine.address);
  await expect(page.getByRole('main')).toContainText('Your data is from a newer Handoff');
  await expect(page.getByText(workspace, { exact: true })).toBeVisible();
  await expect(page.getByText('Code fromTheFuture')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await isAccessible(page);
  await page.keyboard.press('Enter');
  // The button rests until the try has ended.
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await expect(page.getByRole('main')).toContainText('Nothing was changed');
  expect(readFileSync(workspace).equals(before)).toBe(true);

  setVersion(workspace, known);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row').first()).toBeVisible();
  expect(engine.told).toEqual(['failed', ...engine.told.slice(1).map(() => 'unread')]);
});

test('[Y15] a second engine on the same data: the window says who has it, and opens once they are gone', async ({
  page,
}) => {
  host = await startHost(data);
  engine = await startShellEngine(data);
  await page.goto(engine.address);
  await expect(page.getByRole('main')).toContainText('Handoff is already open with this data', {
    timeout: 3_000,
  });
  await expect(page.getByRole('main')).toContainText(`Process ${host.process.pid} works with it.`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText(`Process ${host.process.pid}`);
  await host.stop();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row').first()).toBeVisible();
});

test('[Y15] files that a running engine cannot open again: the page in the browser says so, and goes on once they are right', async ({
  page,
}) => {
  host = await startHost(data);
  const draft = `${dataDirPaths(data).workspace}.new`;
  await page.goto(host.address);
  await expect(page.getByRole('row').first()).toBeVisible();
  // Where the new sample is to be made stands something else.
  mkdirSync(draft);
  await page.getByRole('button', { name: /^Connection:/ }).click();
  await page.getByRole('button', { name: 'Reset the sample' }).click();
  await expect(page.getByRole('main')).toContainText('Handoff cannot open its files');
  await expect(page.getByText(draft, { exact: true })).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await isAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await expect(page.getByText('Code cannotOpen')).toBeVisible();

  rmdirSync(draft);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row').first()).toBeVisible();
});

test('[Y15] a second engine in a terminal ends with its own exit code and names the first', async () => {
  host = await startHost(data);
  const second = await runHandoff('start', '--no-open', '--port', '0', '--data', data);
  expect(second.code).toBe(3);
  expect(second.errors).toContain(`in use by another Handoff (process ${host.process.pid}, since `);
  expect(second.output).toBe('');
});

for (const [locale, title] of [
  ['ko-KR', '더 새로운 버전의 Handoff에서 저장한 데이터입니다'],
  ['sv-SE', 'Dina data kommer från en nyare Handoff'],
  ['pt-BR', 'Seus dados são de um Handoff mais novo'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test('[Y15] the screen speaks the reader’s language', async ({ page }) => {
      await makeData();
      setVersion(dataDirPaths(data).workspace, 990);
      engine = await startShellEngine(data);
      await page.goto(engine.address);
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
    });
  });
}
