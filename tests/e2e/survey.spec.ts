import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type HostProcess, startHost } from '../support/host-process.ts';

// The customer's journey: a conversation is closed, its survey leaves when the undo window is over, the customer answers in
// Korean without any script, the number stands on the agent's screen.
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
  await expect(page.getByRole('log', { name: new RegExp(who) })).toContainText(/[가-힣]{3}/);
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
  await page.getByRole('textbox').fill('정말 친절했어요');
  await page.getByRole('button', { name: '답변 보내기' }).click();
  await expect(page.getByRole('heading', { name: /감사합니다/ })).toBeVisible();
  await expect(page.getByText('내 답변: 매우 만족')).toBeVisible();
  await page.getByRole('link', { name: '답변 변경하기' }).click();
  await expect(page.getByRole('radio', { name: '매우 만족' })).toBeChecked();
  await context.close();
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

test('[C8] [C10] [C11] [Q4] [Q6] a close, the form in Korean, an answer, the number on the screen', async ({
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
  await expect(page.getByText('The customer answered 5 of 5')).toBeVisible();
  await expect(page.getByRole('log').getByText('정말 친절했어요')).toBeVisible();
  expect([...(await looked(browser, link, 'light')), ...(await looked(browser, link, 'dark'))]).toEqual([]);
  await context.close();
});
