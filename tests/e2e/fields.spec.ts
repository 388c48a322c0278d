import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';

// One workspace served for three desks: a lead defines a field and names it in Korean, an agent fills it without a link,
// a colleague who reads Korean sees it under its Korean name.
const AT = '2026-10-05T09:00:00Z';
const EVENTS = [
  {
    id: 'f-1',
    at: AT,
    conversationId: 'f',
    type: 'conversation.started',
    channel: 'web_chat',
    profile: { id: 'u-1', name: 'Maja Tallmark' },
  },
  {
    id: 'f-2',
    at: AT,
    conversationId: 'f',
    type: 'message.posted',
    messageId: 'f-m1',
    author: { kind: 'customer' },
    text: 'Both tent poles broke on the first night.',
  },
  { id: 'f-3', at: AT, conversationId: 'f', type: 'conversation.escalated', reason: 'asks for a person' },
];

let root = '';
const running: HostProcess[] = [];

test.beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-fields-'));
});

test.afterEach(async () => {
  await Promise.all(running.splice(0).map((host) => host.stop()));
  rmSync(root, { recursive: true, force: true });
});

/** A workspace with one open conversation, and the token files of its people. */
async function workspaceWith(people: Readonly<Record<string, string>>): Promise<string> {
  const data = path.join(root, 'workspace');
  const file = path.join(root, 'events.ndjson');
  writeFileSync(file, EVENTS.map((event) => JSON.stringify(event)).join('\n'));
  expect((await runHandoff('import', file, '--data', data)).code).toBe(0);
  for (const [name, role] of Object.entries(people)) {
    const added = await runHandoff('agents', 'add', name, '--role', role, '--data', data);
    expect(added.code, added.errors).toBe(0);
    writeFileSync(path.join(root, `${name}.token`), added.output);
  }
  const served = await startServe(data);
  running.push(served);
  return served.address;
}

/** Opens a person's desk in a browser of their own language. */
async function deskOf(browser: Browser, name: string, workspace: string, locale: string): Promise<Page> {
  const token = path.join(root, `${name}.token`);
  const host = await startHost(path.join(root, name), ['--workspace', workspace, '--token-file', token]);
  running.push(host);
  const page = await (await browser.newContext({ locale })).newPage();
  await page.goto(host.address);
  await expect(page.getByRole('row', { name: /Maja Tallmark/ })).toBeVisible();
  return page;
}

/** The profile beside the one conversation. */
async function profileOf(page: Page): Promise<Locator> {
  await page.getByRole('row', { name: /Maja Tallmark/ }).click();
  const profile = page.locator('[data-pane="profile"]');
  await expect(profile).toBeVisible();
  return profile;
}

async function toggleOffline(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Work offline');
  await page.keyboard.press('Enter');
}

async function addTopics(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Fields', exact: true }).click();
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByLabel('Name in English').fill('Topics');
  await page.getByRole('combobox', { name: 'Type, which never changes' }).click();
  await page.getByRole('option', { name: 'List' }).click();
  await expect(page.getByLabel('Key, for the source and exports; it never changes')).toHaveValue(
    'profile.topics',
  );
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('profile.topics')).toBeVisible();
}

test('[C7] [F1] [F2] a List field with a Korean name, filled offline, is seen on a second desk', async ({
  browser,
}) => {
  const workspace = await workspaceWith({ Lea: 'lead', Ada: 'agent', Jun: 'agent' });
  const lead = await deskOf(browser, 'Lea', workspace, 'en-US');
  await addTopics(lead);
  await lead.getByRole('tab', { name: 'Names by language' }).click();
  const korean = lead.getByRole('textbox', { name: 'Topics in 한국어' });
  await korean.fill('문의 주제');
  await korean.press('Enter');

  const ada = await deskOf(browser, 'Ada', workspace, 'en-US');
  const jun = await deskOf(browser, 'Jun', workspace, 'ko-KR');
  const filled = await profileOf(ada);
  const seen = await profileOf(jun);
  await expect(seen.getByText('문의 주제')).toBeVisible();

  await toggleOffline(ada);
  await expect(ada.getByText('Working offline')).toBeVisible();
  await filled.getByRole('button', { name: 'Add to Topics' }).click();
  // One after the other: the field is empty again once an item is picked.
  for (const topic of ['Tent poles', 'Warranty']) {
    await ada.keyboard.type(topic);
    await ada.keyboard.press('Enter');
    await expect(filled.getByText(topic, { exact: true })).toBeVisible();
  }
  await ada.keyboard.press('Escape');
  await expect(ada.getByRole('listbox')).toHaveCount(0);
  await expect(seen.getByText('Tent poles', { exact: true })).toBeHidden();

  await toggleOffline(ada);
  await expect(seen.getByText('Tent poles', { exact: true })).toBeVisible();
  await expect(seen.getByText('Warranty', { exact: true })).toBeVisible();
});

test('[F3] [C8] a lead archives a ready-made field, and deletes another with its count said first', async ({
  browser,
}) => {
  const workspace = await workspaceWith({ Lea: 'lead' });
  const lead = await deskOf(browser, 'Lea', workspace, 'en-US');
  await addTopics(lead);
  const profile = await (async () => {
    await lead
      .getByRole('button', { name: /^Inbox/ })
      .first()
      .click();
    return profileOf(lead);
  })();
  await profile.getByRole('button', { name: 'Add to Topics' }).click();
  await lead.keyboard.type('Tent poles');
  await lead.keyboard.press('Enter');
  await lead.keyboard.press('Escape');
  await expect(profile.getByText('Tent poles')).toBeVisible();

  await lead.keyboard.press('Control+,');
  await lead.getByRole('button', { name: 'Fields', exact: true }).click();
  await lead.getByRole('button', { name: 'Actions for CSAT comment' }).click();
  await lead.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(lead.getByRole('region', { name: 'Archived' }).getByText('profile.csatComment')).toBeVisible();

  await lead.getByRole('button', { name: 'Actions for Topics' }).click();
  await lead.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = lead.getByRole('dialog', { name: 'Delete Topics?' });
  await expect(dialog).toContainText('1 conversation on this computer has a value in it.');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(dialog).toBeHidden();
  await expect(lead.getByText('profile.topics')).toBeHidden();

  await lead
    .getByRole('button', { name: /^Inbox/ })
    .first()
    .click();
  await expect((await profileOf(lead)).getByText('Tent poles')).toBeHidden();
});
