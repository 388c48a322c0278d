import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost } from '../support/host-process.ts';

// One conversation that was handed over on a Friday afternoon and answered on Monday morning, in a workspace with hours.
const EVENTS = [
  {
    id: 'e1',
    at: '2026-03-06T15:20:00Z',
    type: 'conversation.started',
    conversationId: 'weekend',
    channel: 'web_chat',
    page: 'https://shop.example/products/wind-jacket?from=mail',
    language: 'en',
    profile: { id: 'u1', name: 'Ada Example', email: 'ada@example.com' },
  },
  {
    id: 'e2',
    at: '2026-03-06T15:25:00Z',
    type: 'message.posted',
    conversationId: 'weekend',
    messageId: 'm1',
    author: { kind: 'customer' },
    text: 'Is the jacket waterproof?',
  },
  {
    id: 'e3',
    at: '2026-03-06T15:30:00Z',
    type: 'conversation.escalated',
    conversationId: 'weekend',
    method: 'live',
    reasonCode: 'knowledge_gap',
    reason: 'Not in the product data',
  },
  {
    id: 'e4',
    at: '2026-03-09T08:30:00Z',
    type: 'message.posted',
    conversationId: 'weekend',
    messageId: 'm2',
    author: { kind: 'agent', id: 'a-7' },
    text: 'It is, up to 10,000 mm.',
  },
];
const DAY = [['09:00', '18:00']];
const HOURS = {
  hours: [
    {
      validFrom: '2026-01-01',
      zone: 'Europe/Stockholm',
      week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY },
      holidays: [],
    },
  ],
};

let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-profile-'));
  const file = (name: string, text: string): string => {
    const place = path.join(data, name);
    writeFileSync(place, text);
    return place;
  };
  const events = file('events.ndjson', EVENTS.map((event) => JSON.stringify(event)).join('\n'));
  expect((await runHandoff('import', events, '--data', path.join(data, 'desk'))).code).toBe(0);
  const hours = file('hours.json', JSON.stringify(HOURS));
  expect((await runHandoff('settings', 'import', hours, '--data', path.join(data, 'desk'))).code).toBe(0);
  host = await startHost(path.join(data, 'desk'));
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

async function openWeekend(page: Page): Promise<Locator> {
  await page.goto(host.address);
  await page.getByRole('row', { name: /Ada Example/ }).click();
  const profile = page.getByRole('region', { name: 'Profile' });
  await expect(profile.getByRole('heading', { name: 'Conversation', exact: true })).toBeVisible();
  return profile;
}

test('[C6] [F4] an agent hides the priority, and finds and shows it again in one step', async ({ page }) => {
  const profile = await openWeekend(page);
  const priority = profile.getByRole('button', { name: /^Priority:/ });
  await expect(priority).toBeVisible();

  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Visible fields' }).click();
  await page.getByRole('searchbox', { name: 'Find a field, hidden ones too' }).fill('prio');
  await page.getByRole('checkbox', { name: 'Show Priority for me' }).uncheck();
  await expect(page.getByText('your choice')).toBeVisible();

  await page.getByRole('button', { name: /^Inbox/ }).click();
  await expect(profile.getByText('1 hidden field')).toBeVisible();
  await expect(priority).toBeHidden();

  await profile.getByRole('button', { name: 'Find a field' }).click();
  await page.keyboard.type('prio');
  await expect(page.getByRole('option', { name: /Priority/ })).toContainText('Hidden');
  await page.keyboard.press('Enter');
  await expect(priority).toBeVisible();
  await expect(priority).toBeFocused();
  await expect(profile.getByText('1 hidden field')).toBeHidden();
});

test('[T10] [C3] the strip explains a first response across a weekend, by keyboard', async ({ page }) => {
  const profile = await openWeekend(page);
  const number = profile.getByRole('button', { name: /First response, Business hours/ });
  await expect(number).toHaveText('2 h');
  await expect(profile.getByRole('button', { name: /First response, All hours/ })).toHaveText('2 d 17 h');

  await page.keyboard.press('w');
  const strip = page.getByRole('region', { name: 'Why this number?' });
  await expect(strip).toBeVisible();
  await expect(strip).toContainText('65 h');
  await strip.getByRole('tab', { name: 'Business hours' }).click();
  // Friday 16:30 to 18:00, and Monday 09:00 to 09:30.
  await expect(strip).toContainText('1 h 30 min + 30 min = 2 h');
  await expect(strip).toContainText('Policy Handoff, version 1');
  await expect(strip).toContainText('Business hours from Jan 1, 2026, Europe/Stockholm');

  await strip.getByRole('button', { name: /^Opened.*starts the clock/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(strip.getByRole('button', { name: /^Agent's reply.*stops the clock/ })).toBeFocused();
  await expect(strip).toContainText('It is, up to 10,000 mm.');

  await strip.getByRole('button', { name: 'Show as a table' }).click();
  await expect(strip.getByRole('table')).toContainText('65 h');
  await page.keyboard.press('Escape');
  await expect(strip).toBeHidden();
});

test('[T5] the business hours answer what Friday 16:30 and one working hour is', async ({ page }) => {
  await page.goto(host.address);
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Business hours' }).click();
  const start = page.getByRole('textbox', { name: 'From', exact: true });
  await start.fill('2026-03-06 17:30');
  await start.press('Enter');
  await expect(page.getByText(/\+ 1 working hour =/)).toContainText('Monday, Mar 9, 2026, 9:30 AM');
  await page.getByRole('textbox', { name: 'Friday, interval 1: closes' }).fill('25:00');
  await expect(page.getByText('Write a time like 09:00.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Write a time like 09:00.')).toBeHidden();
});

const SECTIONS = ['Visible fields', 'Fields', 'Business hours', 'Timing rules'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function axeFindings(page: Page, screen: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${screen}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`the strip and the settings of fields and hours keep to WCAG 2.2 AA: ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openWeekend(page);
    await page.keyboard.press('w');
    const strip = page.getByRole('region', { name: 'Why this number?' });
    await strip.getByRole('tab', { name: 'Business hours' }).click();
    const found = await axeFindings(page, 'strip');
    await strip.getByRole('button', { name: 'Show as a table' }).click();
    found.push(...(await axeFindings(page, 'table')));
    await page.keyboard.press('Control+,');
    for (const section of SECTIONS) {
      await page.getByRole('button', { name: section, exact: true }).click();
      await expect(page.getByRole('heading', { name: section })).toBeVisible();
      found.push(...(await axeFindings(page, section)));
    }
    await page.getByRole('button', { name: 'Fields', exact: true }).click();
    await page.getByRole('tab', { name: 'Names by language' }).click();
    await page.getByRole('button', { name: 'Add a field' }).click();
    found.push(...(await axeFindings(page, 'names')));
    expect(found).toEqual([]);
  });
