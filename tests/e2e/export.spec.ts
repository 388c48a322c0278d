import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { readXlsx } from '../support/export/read-xlsx.ts';
import { readZip } from '../support/export/read-zip.ts';
import { type HostProcess, startHost } from '../support/host-process.ts';

// Journey 3.2, steps 6 to 8: a Swedish lead takes CSAT along in Korean and Swedish.
test.describe.configure({ mode: 'serial' });

let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-export-'));
  host = await startHost(data);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

test.use({ locale: 'sv' });

async function openDialog(page: Page): Promise<void> {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Exportera konversationer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Exportera' })).toBeVisible();
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('[C12] the dialog needs a reason, then writes the workbook that is saved', async ({ page }) => {
  await openDialog(page);
  const dialog = page.getByRole('dialog', { name: 'Exportera' });
  const start = dialog.getByRole('button', { name: 'Exportera', exact: true });
  await expect(start).toBeDisabled();
  await choose(page, 'Språk', '한국어');
  await choose(page, 'Andra språk', 'svenska');
  await choose(page, 'Dagar', 'Hela tiden');
  await dialog.getByLabel('Skäl').fill('Kvartalsgranskning');
  await start.click();
  const save = page.getByRole('button', { name: 'Spara filen' });
  await expect(save).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^handoff-\d{4}-\d\d-\d\d\.xlsx$/);
  const file = path.join(data, 'saved.xlsx');
  await download.saveAs(file);

  const sheets = readXlsx(file);
  expect(sheets.map(({ name }) => name)).toEqual([
    '대화 데이터 · Konversationer',
    '주기 · Omgångar',
    'CSAT 요약 · CSAT-översikt',
    '내보내기 정보 · Om exporten',
  ]);
  const keys = (sheets[0]?.rows[1] ?? []).map(String);
  const names = (sheets[0]?.rows[0] ?? []).map(String);
  expect(keys).toEqual(
    expect.arrayContaining(['profile.csat', 'profile.csatComment', 'waitingTime', 'csat.scale']),
  );
  expect(names[keys.indexOf('waitingTime')]).toBe('첫 응대 시간 / Tid till första svar');
  const unset = sheets[0]?.rows.find((row) => row[keys.indexOf('priority.unset')] === true);
  expect(unset?.[keys.indexOf('priority')]).toBe('보통 / Medel');
  for (const row of sheets[0]?.rows.slice(2) ?? []) {
    const score = row[keys.indexOf('profile.csat')];
    const scale = row[keys.indexOf('csat.scale')];
    if (score === null) continue;
    if (scale === 2) expect([1, 5]).toContain(score);
    if (scale === 3) expect([1, 3, 5]).toContain(score);
    if (scale === 5) expect([1, 2, 3, 4, 5]).toContain(score);
  }
  const about = new Map(
    sheets
      .at(-1)
      ?.rows.slice(2)
      .map((row) => [String(row[0]), row]),
  );
  expect(about.get('rows.userChats')?.[3]).toBe((sheets[0]?.rows.length ?? 0) - 2);
  expect(about.get('reason')?.[2]).toBe('Kvartalsgranskning');
  for (const [name, content] of readZip(file)) expect(content.includes('<f>'), name).toBe(false);
});

test('the audit log of the workspace holds who, when, why, how much and the digest', async () => {
  const opened = openDatabase(dataDirPaths(data).workspace, { synchronous: 'FULL', readonly: true });
  if (!opened.ok) throw new Error(opened.error.type);
  const line = (): unknown =>
    opened.value.get(
      "SELECT actor, detail FROM audit WHERE action = 'export.made' ORDER BY rowid DESC LIMIT ?",
      1,
    );
  await expect.poll(line).toBeTruthy();
  const { detail } = line() as { detail: string };
  opened.value.close();
  expect(JSON.parse(detail)).toMatchObject({
    reason: 'Kvartalsgranskning',
    languages: ['ko', 'sv'],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a finished export stays until another one is wanted; axe finds nothing in the dialog', async ({
  page,
}) => {
  await openDialog(page);
  const { violations } = await new AxeBuilder({ page })
    .include('[role="dialog"]')
    .options({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.getByLabel('Tidszon').fill('Mars/Olympus');
  await expect(page.getByText('Tidszonen finns inte.')).toBeVisible();
  await expect(
    page.getByRole('dialog').getByRole('button', { name: 'Exportera', exact: true }),
  ).toBeDisabled();
});

test('an admin asks for no reason any more, in the settings', async ({ page }) => {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  // The engine says when it is so.
  await page.getByLabel('Kräv ett skäl').click();
  await expect(page.getByLabel('Kräv ett skäl')).not.toBeChecked();
  await page.getByRole('button', { name: 'Exportera…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exportera' });
  await expect(dialog.getByLabel('Skäl (valfritt)')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Exportera', exact: true })).toBeEnabled();
});
