import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';
import { type FaultProxy, startFaultProxy } from '../support/offline/fault-proxy.ts';

// An agent's computer that copies open work and thirty days: older conversations come when a link or a figure asks for them,
// nothing passes for the whole that is a part, and what has come stays without a connection.
test.use({ locale: 'en-US', timezoneId: 'Etc/UTC' });
test.setTimeout(120_000);

const DAY = 86_400_000;

let root = '';
let proxy: FaultProxy;
const running: HostProcess[] = [];

test.beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-scope-'));
  proxy = await startFaultProxy();
});

test.afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  await proxy.close();
  rmSync(root, { recursive: true, force: true });
});

async function command(...words: readonly string[]): Promise<string> {
  const ran = await runHandoff(...words, '--data', path.join(root, 'workspace'));
  expect(ran.code, ran.errors).toBe(0);
  return ran.output.trim();
}

/** A conversation with the AI, so many days ago: resolved, or handed over and still open. */
function conversation(
  id: string,
  daysAgo: number,
  end: 'resolved' | 'escalated' | 'withAi',
  person = id,
): object[] {
  const start = Date.now() - daysAgo * DAY;
  const event = (number: number, more: object): object => ({
    id: `${id}-${number}`,
    conversationId: id,
    at: new Date(start + number * 1000).toISOString(),
    ...more,
  });
  const said = (number: number, kind: string, text: string): object =>
    event(number, { type: 'message.posted', messageId: `${id}-m${number}`, author: { kind }, text });
  return [
    event(1, {
      type: 'conversation.started',
      channel: 'web_chat',
      profile: { id: `p-${person}`, name: `Person ${person}` },
    }),
    said(2, 'customer', `Question of ${id}`),
    said(3, 'ai', `Answer to ${id}`),
    ...(end === 'resolved' ? [event(4, { type: 'conversation.resolved' })] : []),
    ...(end === 'escalated' ? [event(4, { type: 'conversation.escalated', reason: 'policy' })] : []),
  ];
}

/** A served workspace with a scope of thirty days, and an agent's desk on it that is reached through the proxy. */
async function startDesk(page: Page): Promise<HostProcess> {
  const settings = path.join(root, 'settings.json');
  writeFileSync(settings, JSON.stringify({ scope: { agentDays: 30 } }));
  const token = path.join(root, 'agent.token');
  writeFileSync(token, await command('agents', 'add', 'Ada'));
  const source = await command('sources', 'add', 'shop');
  await command('settings', 'import', settings);
  const served = await startServe(path.join(root, 'workspace'), ['--public-host', proxy.host]);
  running.push(served);
  proxy.setTarget(Number(new URL(served.address).port));
  const answer = await fetch(`${served.address}/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [
        ...conversation('open', 90, 'escalated'),
        ...conversation('new', 5, 'resolved'),
        ...conversation('middle', 40, 'resolved'),
        ...conversation('old', 400, 'resolved'),
        ...conversation('past', 300, 'resolved', 'new'),
        // The AI still has it: nobody has said anything, so it does not close by itself.
        ...conversation('quiet', 200, 'withAi').slice(0, 1),
      ],
    }),
  });
  expect(answer.status).toBe(200);
  const words = ['--workspace', proxy.origin, '--token-file', token];
  const host = await startHost(path.join(root, 'desk'), words);
  running.push(host);
  await page.goto(host.address);
  await expect(page.getByRole('row', { name: /Person open/ })).toBeVisible();
  return host;
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Pictures to look at, where a folder for them is named. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

test('[Y9] an agent’s computer holds a part, says so, and has the rest when it is asked for', async ({
  page,
}) => {
  await startDesk(page);
  const list = page.locator('[data-pane="list"]');
  const thread = page.locator('[data-pane="thread"]');
  const queues = page.getByRole('region', { name: 'Review' });

  // Open work is whole, however old. Of everything else it is said from when on, and no count passes for a total.
  await expect(list.getByText(/the rest since/)).toHaveCount(0);
  await expect(queues.getByRole('button', { name: /^All conversations/ })).not.toContainText(/\d/);
  await queues.getByRole('button', { name: /^All conversations/ }).click();
  await expect(list.getByText(/^3 here: open work, and the rest since .+\.$/)).toBeVisible();
  await isAccessible(page);
  await shot(page, 'part');
  await expect(list.getByRole('row', { name: /Person middle/ })).toHaveCount(0);

  // A link to an old one: without a connection it says why, and opens by itself with one.
  proxy.setMode('cut');
  const status = page.getByRole('button', { name: /^Connection:/ });
  await expect(status).toContainText(/not reached|Not connected|unreachable|since/i, { timeout: 30_000 });
  await page.evaluate(() => {
    window.location.hash = '#/c/old';
  });
  await expect(thread.getByText(/older than what this computer keeps\. It opens by itself/)).toBeVisible();
  await isAccessible(page);
  await shot(page, 'offline');
  proxy.setMode('pass');
  await expect(thread.getByText('Question of old')).toBeVisible({ timeout: 40_000 });
  await expect(list.getByText(/^4 here: /)).toBeVisible();

  // A figure over days that are not all here: fetched first, then shown, and still there without a connection.
  await page.getByRole('button', { name: /^Overview/ }).click();
  const volume = page.getByRole('heading', { name: 'Total volume' });
  await expect(volume).toBeVisible();
  proxy.setMode('cut');
  await page.getByRole('combobox', { name: /days/i }).click();
  await page.getByRole('option', { name: 'Last 90 days' }).click();
  await expect(page.getByRole('heading', { name: 'Older conversations are needed here' })).toBeVisible();
  await expect(page.getByText(/Without a connection they cannot be fetched/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(volume).toHaveCount(0);
  await isAccessible(page);
  await shot(page, 'figure');
  proxy.setMode('pass');
  await expect(volume).toBeVisible({ timeout: 40_000 });
  proxy.setMode('cut');
  await page
    .getByRole('button', { name: /^Inbox/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Overview/ }).click();
  await expect(volume).toBeVisible();
});

test('[Y9] what the AI is at counts as open work; a customer’s other conversations say how far back they are, and more can be had', async ({
  page,
}) => {
  await startDesk(page);
  const list = page.locator('[data-pane="list"]');
  const queues = page.getByRole('region', { name: 'Review' });
  await expect(queues.getByRole('button', { name: /^With the AI/ })).toContainText('1');
  await queues.getByRole('button', { name: /^With the AI/ }).click();
  await expect(list.getByRole('row', { name: /Person quiet/ })).toBeVisible();
  await expect(list.getByText(/the rest since/)).toHaveCount(0);
  await queues.getByRole('button', { name: /^All conversations/ }).click();
  await list.getByRole('row', { name: /Person new/ }).click();
  const others = page.locator('[data-pane="profile"]').getByRole('region', { name: 'Other conversations' });
  await expect(others).toContainText(/Open work, the rest since .+/);
  await expect(others.getByText('only conversation')).toHaveCount(0);
  await others.scrollIntoViewIfNeeded();
  await isAccessible(page);
  await shot(page, 'others');
  proxy.setMode('cut');
  await expect(others).toContainText(/Older ones can be fetched once you are connected\./, {
    timeout: 30_000,
  });
  await expect(others.getByRole('button', { name: 'Fetch another year' })).toHaveCount(0);
  await shot(page, 'others-offline');
  proxy.setMode('pass');
  await others.getByRole('button', { name: 'Fetch another year' }).click({ timeout: 40_000 });
  await expect(others.getByRole('button', { name: /Question of past/ })).toBeVisible({ timeout: 40_000 });
  await others.getByRole('button', { name: /Question of past/ }).click();
  await expect(page.locator('[data-pane="thread"]').getByText('Answer to past')).toBeVisible();
});
