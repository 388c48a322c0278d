import AxeBuilder from '@axe-core/playwright';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost } from '../support/host-process.ts';

// What a lead arranges for everybody: whose days count, the language names fall back to, when the AI's conversations close by
// themselves, and what counts as its sales.
test.describe.configure({ mode: 'serial' });
test.use({ locale: 'sv-SE', timezoneId: 'Europe/Stockholm' });

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let data = '';
let desk = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-account-'));
  desk = path.join(data, 'desk');
  host = await startHost(desk);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

async function openSection(page: Page, name: string): Promise<void> {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.keyboard.press('Control+,');
  await page
    .getByRole('navigation', { name: 'Inställningar' })
    .getByRole('button', { name, exact: true })
    .click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
}

test('[O2] [F2] the account’s zone and language, and the overview counts in that zone at once', async ({
  page,
}) => {
  await openSection(page, 'Konto');
  await page.getByRole('button', { name: /^Tidszon/ }).click();
  await page.getByRole('combobox', { name: /^Tidszon/ }).fill('Seoul');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Tidszon: Asia/Seoul' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Arbetsytans språk' }).click();
  await page.getByRole('option', { name: '한국어' }).click();
  await expect(page.getByRole('combobox', { name: 'Arbetsytans språk' })).toHaveText('한국어');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByText('båda dagarna inräknade, i tidszonen Asia/Seoul')).toBeVisible();
});

test('[O5] idle windows by source: what is no number of hours is said and kept, a source’s own gives way to none', async ({
  page,
}) => {
  await openSection(page, 'AI-agenten');
  const every = page.getByRole('textbox', { name: 'Timmar av inaktivitet: Alla källor' });
  await every.fill('0');
  await every.press('Enter');
  await expect(page.getByText(/^Hela timmar från 1 till/)).toBeVisible();
  await expect(every).toHaveAttribute('aria-invalid', 'true');
  await every.fill('72');
  await every.press('Enter');
  await expect(page.getByText(/^Hela timmar från 1 till/)).toBeHidden();
  await page.getByRole('textbox', { name: 'Namn på en källa' }).fill('zendesk');
  await page.keyboard.press('Enter');
  const own = page.getByRole('textbox', { name: 'Timmar av inaktivitet: zendesk' });
  await expect(own).toHaveAttribute('placeholder', '72');
  await own.fill('24');
  await own.press('Enter');
  await expect(page.getByText('Inställningen har ändrats').first()).toBeVisible();
  await page.reload();
  await openSection(page, 'AI-agenten');
  await expect(page.getByRole('textbox', { name: 'Timmar av inaktivitet: zendesk' })).toHaveValue('24');
  await expect(page.getByRole('textbox', { name: 'Timmar av inaktivitet: Alla källor' })).toHaveValue('72');
  expect((await new AxeBuilder({ page }).withTags(WCAG).analyze()).violations).toEqual([]);
});

test('[S5] replies after closing: a switch that says what it changes and from when, taken back in place', async ({
  page,
}) => {
  await openSection(page, 'AI-agenten');
  const blocks = page.getByRole('checkbox', { name: 'Ett svar i en stängd konversation startar en ny' });
  await expect(blocks).not.toBeChecked();
  await expect(page.getByText(/En ändring gäller meddelanden som tas emot från och med nu/)).toBeVisible();
  await blocks.focus();
  await page.keyboard.press('Space');
  await expect(blocks).toBeChecked();
  await page.getByRole('button', { name: /^Ångra/ }).click();
  await expect(blocks).not.toBeChecked();
  await blocks.click();
  await expect(blocks).toBeChecked();
});

test('[O4] [A1] attribution by channel: web chat stands as it is, SMS gets a touch and a window', async ({
  page,
}) => {
  await openSection(page, 'AI-agenten');
  await expect(page.getByText('24 timmar efter ett klick på en rekommenderad produkt')).toBeVisible();
  const sms = page.getByRole('group', { name: 'SMS' });
  await expect(sms).toContainText('Ingen försäljning');
  await sms.getByRole('checkbox', { name: 'Klick' }).click();
  const window = page.getByRole('textbox', { name: 'Timmar till beställningen: SMS' });
  await window.fill('120');
  await window.press('Enter');
  await expect(window).toHaveValue('120');
  await expect(sms.getByRole('checkbox', { name: 'Klick' })).toBeChecked();
});

test('[O5] [A1] [S5] what was set on the screen is what a settings file says', async () => {
  await host.stop();
  const kept = await runHandoff('settings', 'export', '--data', desk);
  expect(JSON.parse(kept.output)).toMatchObject({
    zone: 'Asia/Seoul',
    language: 'ko',
    idleHours: { hours: 72, bySource: { zendesk: 24 } },
    blockRepliesAfterClosing: true,
    attribution: { sms: { touches: ['clicked'], windowHours: 120 } },
  });
});
