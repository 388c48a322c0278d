import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { chooseOption } from '../support/choose-option.ts';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';

// Journey 3.2, step 8: who has no right to export is told so, and an export that is stopped leaves nothing behind.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

/** Enough that the file takes seconds: the button is pressed while it is written. */
const CONVERSATIONS = 12_000;
const START = Date.UTC(2026, 8, 1);

let root = '';
let server: HostProcess;
const hosts: HostProcess[] = [];
const inRoot = (name: string): string => path.join(root, name);

function conversation(index: number): object[] {
  const id = `c${index}`;
  const event = (number: number, rest: object): object => ({
    id: `${id}-${number}`,
    at: new Date(START + index * 60_000 + number).toISOString(),
    conversationId: id,
    ...rest,
  });
  const says = (number: number, kind: string, text: string): object =>
    event(number, { type: 'message.posted', messageId: `${id}-m${number}`, author: { kind }, text });
  return [
    event(1, { type: 'conversation.started', channel: 'web_chat', profile: { id: `k${index}` } }),
    says(2, 'customer', `Question ${index}`),
    says(3, 'ai', `Answer ${index}`),
    event(4, { type: 'conversation.closed', by: 'customer' }),
  ];
}

/** A desk on the served workspace, open in a browser. */
async function deskOf(browser: Browser, name: 'agent' | 'lead'): Promise<Page> {
  const where = ['--workspace', server.address, '--token-file', inRoot(`${name}.token`)];
  const host = await startHost(inRoot(name), where);
  hosts.push(host);
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  await page.goto(host.address);
  await expect(page.getByRole('button', { name: /^Connection: Synced/ })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Export conversations');
  await page.keyboard.press('Enter');
  return page;
}

/** Every file below a folder, by its path. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

test.beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-rights-'));
  const events = Array.from({ length: CONVERSATIONS }, (_, index) => conversation(index)).flat();
  writeFileSync(inRoot('events.ndjson'), events.map((event) => JSON.stringify(event)).join('\n'));
  const imported = await runHandoff('import', inRoot('events.ndjson'), '--data', inRoot('workspace'));
  expect(imported.code, imported.errors).toBe(0);
  for (const role of ['agent', 'lead']) {
    const added = await runHandoff('agents', 'add', role, '--role', role, '--data', inRoot('workspace'));
    expect(added.code, added.errors).toBe(0);
    writeFileSync(inRoot(`${role}.token`), added.output);
  }
  server = await startServe(inRoot('workspace'));
});

test.afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

test('[C12] an agent is told who may export, and cannot', async ({ browser }) => {
  const page = await deskOf(browser, 'agent');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog).toContainText('Only team leads and administrators may export here.');
  await dialog.getByLabel('Reason').fill('I want it');
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
});

test('[C12] an export that is stopped says so and leaves no file, whole or in part', async ({ browser }) => {
  const page = await deskOf(browser, 'lead');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await chooseOption(
    dialog.getByRole('combobox', { name: 'Conversations', exact: true }),
    'All conversations',
  );
  await chooseOption(dialog.getByRole('combobox', { name: 'Days', exact: true }), 'All time');
  await dialog.getByLabel('Reason').fill('A quarter in review');
  const before = filesIn(inRoot('lead'));
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(dialog).toContainText('Stopped. Nothing was left behind.');
  expect(
    filesIn(inRoot('lead')).filter((name) => !before.includes(name) && !/-(wal|shm)$/.test(name)),
  ).toEqual([]);
});
