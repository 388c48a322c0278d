import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { chooseOption } from '../support/choose-option.ts';
import { hasLibreOffice, openWithLibreOffice } from '../support/export/libre-office.ts';
import { readXlsx } from '../support/export/read-xlsx.ts';
import { readZip } from '../support/export/read-zip.ts';
import { type HostProcess, startHost } from '../support/host-process.ts';

// The customer's journey: a conversation is closed, its survey leaves when the undo window is over, the customer answers in
// Korean without any script, the number stands on the agent's screen and on the lead's, and the workbook that is saved there
// holds the answer.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The undo window, and the sweep that comes once a minute after it. */
const LEAVES_WITHIN = 150_000;

let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-survey-'));
  host = await startHost(data);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

async function openSurveys(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Surveys', exact: true }).click();
}

/** A survey of our own for every closing, as soon as it may leave. */
async function makeSurvey(page: Page): Promise<void> {
  await openSurveys(page);
  await page.getByRole('button', { name: 'New survey' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The journey');
  await page.getByRole('combobox', { name: 'Send after' }).click();
  await page.getByRole('option', { name: '1 min' }).first().click();
  await expect(page.getByRole('region', { name: 'Preview' }).getByText('How did we do?')).toBeVisible();
  await page.getByRole('button', { name: 'Save and switch on' }).click();
  await expect(page.getByRole('checkbox', { name: 'Send “The journey”' })).toBeChecked();
  const up = page.getByRole('button', { name: 'Move “The journey” up' });
  const items = page.getByRole('list', { name: 'Surveys' }).getByRole('listitem');
  for (let place = 2; place >= 0; place -= 1) {
    await up.click();
    await expect(items.nth(place)).toContainText('The journey');
  }
  await expect(up).toBeDisabled();
}

/** Closes a Korean customer's conversation, and opens it again where the closed ones are. */
async function closeKorean(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Inbox/ }).click();
  const rows = page.getByRole('grid').getByRole('row');
  const row = rows.filter({ hasText: /[가-힣]{3}/ }).first();
  const [who = ''] = (await row.getByRole('gridcell').first().innerText()).split('\n');
  const said = await row.getByRole('gridcell').nth(1).innerText();
  await row.click();
  await expect(page.getByRole('heading', { name: who, level: 1 })).toBeVisible();
  await page.keyboard.press('e');
  await page
    .getByRole('button', { name: /^Closed/ })
    .first()
    .click();
  await expect(page.getByRole('grid', { name: 'Closed' })).toBeVisible();
  const closed = rows.filter({ hasText: said });
  await expect
    .poll(async () => {
      if ((await closed.count()) > 0) return true;
      await page.getByRole('grid').hover();
      await page.mouse.wheel(0, 400);
      return false;
    })
    .toBe(true);
  await closed.first().click();
}

async function linkOf(page: Page): Promise<string> {
  await expect(page.getByText(/The survey “The journey” goes out at/)).toBeVisible();
  const copy = page.getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeVisible({ timeout: LEAVES_WITHIN });
  await copy.click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/survey\//);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The form in Korean, answered without script: by keyboard, then changed. */
async function answer(browser: Browser, link: string): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 700 },
  });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: '상담은 어떠셨나요?' })).toBeVisible();
  const faces = page.getByRole('group', { name: /만족하셨나요/ }).getByRole('radio');
  await expect(faces).toHaveCount(5);
  await page.getByRole('radio', { name: '불만족', exact: true }).check({ force: true });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '매우 만족' })).toBeChecked();
  await page.getByRole('textbox').fill(WORDS);
  await page.getByRole('button', { name: '답변 보내기' }).click();
  await expect(page.getByRole('heading', { name: /감사합니다/ })).toBeVisible();
  await expect(page.getByText('내 답변: 매우 만족')).toBeVisible();
  await page.getByRole('link', { name: '답변 변경하기' }).click();
  await expect(page.getByRole('radio', { name: '매우 만족' })).toBeChecked();
  await context.close();
}

/** A comment that a careless spreadsheet would take for a formula. */
const WORDS = '=HYPERLINK("https://example.com";"+82-10") 정말 친절했어요';

/** The answer on the page of satisfaction; answers how many were sent and answered, as the page counts them. */
async function onTheLeadsScreen(page: Page): Promise<{ readonly answered: number; readonly sent: number }> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { name: 'Satisfaction' })).toBeVisible();
  const comment = page.getByRole('region', { name: 'Comments' }).getByRole('button', { name: WORDS });
  await expect(comment).toContainText('Score 5');
  const tile = page.getByRole('group', { name: 'Response rate' });
  const [, answered = '', sent = ''] = /(\d+) of (\d+)/.exec(await tile.innerText()) ?? [];
  await comment.click();
  await expect(page.getByRole('log').getByText(WORDS)).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  return { answered: Number(answered), sent: Number(sent) };
}

/** Saves what the page shows as a workbook in Korean and Swedish. */
async function saved(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('combobox', { name: 'Days' })).toHaveText(/Last 7 days/);
  await expect(dialog.getByText(/survey sent/)).toBeVisible();
  await chooseOption(dialog.getByRole('combobox', { name: 'Language', exact: true }), '한국어');
  await chooseOption(dialog.getByRole('combobox', { name: 'Second language', exact: true }), 'svenska');
  await dialog.getByLabel('Reason').fill('The journey');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const save = page.getByRole('button', { name: 'Save the file' });
  await expect(save).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const file = path.join(data, 'journey.xlsx');
  await download.saveAs(file);
  return file;
}

/** The rows of a sheet as objects, by the keys of its second row. */
function rowsOf<T>(
  sheet: { readonly rows: readonly (readonly T[])[] } | undefined,
): readonly Record<string, T>[] {
  const keys = (sheet?.rows[1] ?? []).map(String);
  return (sheet?.rows.slice(2) ?? []).map((row) =>
    Object.fromEntries(row.map((cell, at) => [keys[at] ?? '', cell])),
  );
}

async function looked(browser: Browser, link: string, scheme: 'light' | 'dark'): Promise<readonly string[]> {
  const context = await browser.newContext({ colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const found: string[] = [];
  for (const url of [`${link}?change`, link, `${link}?later`, `${link}x`]) {
    await page.goto(url);
    const { violations } = await new AxeBuilder({ page }).withTags([...RULES]).analyze();
    found.push(...violations.map(({ id, nodes }) => `${scheme} ${id}: ${nodes[0]?.failureSummary ?? ''}`));
  }
  await context.close();
  return found;
}

test('[C9] [C10] [C11] [C12] [Q4] [Q6] a close, the form in Korean, an answer, the number on the lead’s screen, the workbook', async ({
  browser,
}) => {
  test.setTimeout(LEAVES_WITHIN + 120_000);
  const context = await browser.newContext({
    locale: 'en',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await makeSurvey(page);
  await closeKorean(page);
  const link = await linkOf(page);
  await answer(browser, link);
  await expect(page.getByText('The customer answered 5 of 5').last()).toBeVisible();
  await expect(page.getByRole('log').getByText(WORDS)).toBeVisible();
  expect([...(await looked(browser, link, 'light')), ...(await looked(browser, link, 'dark'))]).toEqual([]);

  const shown = await onTheLeadsScreen(page);
  const file = await saved(page);
  const [chats, , , about] = readXlsx(file);
  expect(chats?.name).toBe('대화 데이터 · Konversationer');
  const answered = rowsOf(chats).find((row) => row['profile.csatComment'] === WORDS);
  expect(answered).toMatchObject({ 'profile.csat': 5, 'csat.scale': 5, 'csat.language': 'ko' });
  for (const [name, content] of readZip(file)) expect(content.includes('<f>'), name).toBe(false);
  const headers = chats?.rows[0] ?? [];
  expect(headers[(chats?.rows[1] ?? []).indexOf('profile.csat')]).toBe(
    '고객 만족도(CSAT) / Kundnöjdhet (CSAT)',
  );
  const facts = new Map(rowsOf(about).map((row) => [row['key'], row['number']]));
  expect(shown.answered).toBeGreaterThan(0);
  expect({ answered: facts.get('csat.answered'), sent: facts.get('csat.sent') }).toEqual(shown);
  if (hasLibreOffice) {
    const [sheet] = openWithLibreOffice(file);
    const row = rowsOf(sheet).find((one) => one['profile.csatComment'] === WORDS);
    expect(row).toMatchObject({ 'profile.csat': 5, 'csat.scale': 5 });
  }
  await context.close();
});
