import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { airlineFile, hasAirlineData } from '../support/airline.ts';
import { runHandoff, startHost } from '../support/host-process.ts';

// The main job on real input, by keyboard: found by a word, read, taken, answered, tagged, prioritised, closed, taken back,
// and all of it there again after the process was killed.
const REPLY = 'I have asked the airline for an exception and will write to you today.';

let data = '';

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-journey-'));
  if (hasAirlineData) expect((await runHandoff('import', airlineFile, '--data', data)).code).toBe(0);
});

test.afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});

async function openInbox(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('grid', { name: 'Inbox' }).getByRole('row').first()).toBeVisible();
}

async function findByWord(page: Page, word: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  const hit = page.locator('mark', { hasText: new RegExp(word, 'i') }).first();
  await expect(hit).toBeVisible();
  // The first Enter goes to the hits, the second opens the one that is marked.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
}

test('[D2] a hand-off is found, read, taken, answered, tagged, prioritised, closed, taken back, and survives kill -9', async ({
  page,
}) => {
  test.skip(!hasAirlineData, 'the airline data is absent');
  const first = await startHost(data);
  await openInbox(page, first.address);
  await expect(page.getByRole('button', { name: 'Inbox, 48 conversations' })).toBeVisible();

  await findByWord(page, 'concession');
  const thread = page.locator('[data-pane="thread"]');
  const card = thread.getByRole('region', { name: 'Hand-off' });
  await expect(card).toContainText('basic economy reservation (ID: SI5UKW)');
  await expect(card).toContainText('small concession');

  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await expect(page.getByText('You took the conversation')).toBeVisible();

  await page.keyboard.press('r');
  await page.keyboard.type(REPLY);
  await page.keyboard.press('Control+Enter');
  await expect(thread.getByText(REPLY)).toBeVisible();
  await expect(thread.getByText('Delivered').first()).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.getByRole('combobox', { name: 'Tags' }).fill('goodwill-case');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Tag added')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Tags' })).toBeHidden();
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  await expect(page.getByText('Priority changed')).toBeVisible();

  await page.keyboard.press('e');
  await expect(page.getByText('Conversation closed')).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText('Undone')).toBeVisible();

  await first.kill();
  const second = await startHost(data);
  await openInbox(page, second.address);
  await expect(page.getByRole('button', { name: 'Inbox, 48 conversations' })).toBeVisible();
  await page.getByRole('button', { name: 'Mine, 1 conversation' }).click();
  const row = page.getByRole('row', { name: /Amelia Rossi/ }).filter({ hasText: 'goodwill-case' });
  await row.click();
  await expect(thread.getByText(REPLY)).toBeVisible();
  await expect(row.getByRole('img', { name: 'High' })).toBeVisible();
  await second.stop();

  const shown = JSON.parse((await runHandoff('show', 'air-18-1', '--json', '--data', data)).output) as Record<
    string,
    unknown
  >;
  expect(shown).toMatchObject({ state: 'open', priority: 'high' });
  expect(JSON.stringify(shown['messages'])).toContain(REPLY);
  expect(shown['cycles']).toHaveLength(1);
});
