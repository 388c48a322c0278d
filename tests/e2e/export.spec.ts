import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { type Database, openDatabase } from '../../src/sqlite/database.ts';
import { chooseOption } from '../support/choose-option.ts';
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

function withReplica<T>(read: (db: Database) => T): T {
  const file = path.join(dataDirPaths(data).desk, 'replica.db');
  const opened = openDatabase(file, { synchronous: 'NORMAL', readonly: true });
  if (!opened.ok) throw new Error(opened.error.type);
  try {
    return read(opened.value);
  } finally {
    opened.value.close();
  }
}

async function openDialog(page: Page): Promise<void> {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Exportera konversationer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Exportera' })).toBeVisible();
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await chooseOption(page.getByRole('combobox', { name, exact: true }), option);
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

/** Sets a condition on a field of the list: by keyboard to the field, then what must hold. */
async function filterBy(page: Page, field: string, fill: (form: Locator) => Promise<void>): Promise<void> {
  await page.keyboard.press('f');
  await page.keyboard.type(field);
  await page.getByRole('option', { name: field, exact: true }).waitFor();
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: field });
  await fill(form);
  await form.getByRole('button', { name: 'Använd' }).click();
  await expect(form).toBeHidden();
}

test('[C12] [Q1] [C5] scores of at most 3 with a comment, from the list into a workbook in Korean and Swedish', async ({
  page,
}) => {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.locator('[data-pane="sidebar"]').getByRole('button', { name: /^Alla/ }).click();
  await expect(page.getByRole('grid', { name: /^Alla/ })).toBeVisible();
  await filterBy(page, 'Kundnöjdhet (CSAT)', (form) => form.getByRole('textbox', { name: 'Till' }).fill('3'));
  await filterBy(page, 'CSAT-kommentar', async (form) => {
    await chooseOption(form.getByRole('combobox', { name: 'Villkor' }), 'är ifyllt');
  });
  await expect(page.getByText('Kundnöjdhet (CSAT): högst 3')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Exportera konversationer');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Exportera' });
  const another = page.getByRole('button', { name: 'En export till' });
  if (await another.isVisible()) await another.click();
  await expect(dialog.getByRole('combobox', { name: 'Konversationer' })).toHaveText(/den öppna listan/);
  await expect(dialog.getByRole('combobox', { name: 'Dagar' })).toHaveText(/Hela tiden/);
  await choose(page, 'Språk', '한국어');
  await choose(page, 'Andra språk', 'svenska');
  await dialog.getByLabel('Skäl').fill('Låga betyg');
  await dialog.getByRole('button', { name: 'Exportera', exact: true }).click();
  const save = page.getByRole('button', { name: 'Spara filen' });
  await expect(save).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const file = path.join(data, 'low.xlsx');
  await download.saveAs(file);

  const sheets = readXlsx(file);
  const keys = (sheets[0]?.rows[1] ?? []).map(String);
  const rows = sheets[0]?.rows.slice(2) ?? [];
  const column = (key: string) => rows.map((row) => row[keys.indexOf(key)] ?? null);
  const inDatabase = withReplica((db) =>
    db.all<{ id: string; score: number; comment: string }>(
      `SELECT conversation_id AS id, number AS score, (SELECT text FROM field_value c
         WHERE c.conversation_id = s.conversation_id AND c.field = 'profile.csatComment') AS comment
       FROM field_value s WHERE field = 'profile.csat' AND number <= 3 AND comment IS NOT NULL LIMIT ?`,
      10_000,
    ),
  );
  expect(inDatabase.length).toBeGreaterThan(2);
  const byId = (a: readonly unknown[], b: readonly unknown[]): number =>
    String(a[0]) < String(b[0]) ? -1 : 1;
  const written = column('id').map((id, at) => [
    id,
    column('profile.csat')[at],
    column('profile.csatComment')[at],
  ]);
  expect(written.sort(byId)).toEqual(
    inDatabase.map(({ id, score, comment }) => [id, score, comment]).sort(byId),
  );
  // Dates as the first language writes them, as numbers that a spreadsheet can count with; words in their composed form.
  const styles = readZip(file).get('xl/styles.xml')?.toString('utf8') ?? '';
  expect(styles).toContain('formatCode="yyyy. m. d. hh:mm:ss"');
  expect(sheets[0]?.kinds()[2]?.[keys.indexOf('csat.answeredAt')]).toBe('moment');
  expect(sheets[0]?.kinds()[2]?.[keys.indexOf('waitingTime')]).toBe('length');
  expect(String(column('waitingTime.text').find((text) => text !== null))).toMatch(/^\d+h \d+m \d+s$/);
  expect(sheets[0]?.xml).toBe(sheets[0]?.xml.normalize('NFC'));
  const facts = new Map(
    sheets
      .at(-1)
      ?.rows.slice(2)
      .map((row) => [String(row[0]), row]),
  );
  expect(facts.get('rows.userChats')?.[3]).toBe(inDatabase.length);
  expect(facts.get('filters')?.[2]).toContain('profile.csat');
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
