import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { change, handedOver, startTeam, type Team } from '../support/offline/team.ts';

// What a desk says while its link, its files or its workspace are not as they should be: in words, above the list or in the
// status bar, and never in the way of work.
test.setTimeout(180_000);

let team: Team;
let root = '';

test.beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-screens-'));
  team = await startTeam(root);
  await team.ingest(
    ...handedOver('c1', 'Kim Haneul', 'My parcel has not come. What now?'),
    ...handedOver('c2', 'Ines Duarte', 'The size is wrong, can I change it?'),
    ...handedOver('c3', 'Åsa Lindqvist', 'Jag vill ha pengarna tillbaka.'),
  );
});

test.afterEach(async () => {
  await team.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(page: Page): Promise<void> {
  const host = await team.startDesk();
  await page.goto(host.address);
  await page.getByRole('row', { name: /Kim Haneul/ }).click();
}

const status = (page: Page) => page.getByRole('button', { name: /^Connection:/ });
const list = (page: Page) => page.locator('[data-pane="list"]');

async function goOffline(page: Page, offline: boolean): Promise<void> {
  await status(page).click();
  await page.getByRole('button', { name: offline ? 'Work offline' : 'Go online' }).click();
  await page.keyboard.press('Escape');
}

async function isAccessible(page: Page, but?: string): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (but === undefined ? axe : axe.exclude(but)).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** A workspace that answers everything with one refusal. */
async function refusing(type: string): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(409, { 'content-type': 'application/json' }).end(JSON.stringify({ type }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('the network of the page’s own system is a fact of its own, told at once, and back at once', async ({
  page,
}) => {
  await open(page);
  await expect(status(page)).toContainText('Synced');
  const system = (online: boolean) =>
    page.evaluate((now) => {
      Object.defineProperty(navigator, 'onLine', { value: now, configurable: true });
      window.dispatchEvent(new Event(now ? 'online' : 'offline'));
    }, online);
  await system(false);
  await status(page).click();
  const facts = page.getByRole('dialog', { name: 'Connection details' });
  await expect(facts).toContainText('No network');
  // The workspace lies on this very machine: it is still there, and that is said beside it.
  await expect(facts).toContainText('Workspace connected');
  await system(true);
  await expect(facts).toContainText('Network up');
});

test('[Y8] a network that comes back brings the workspace back without waiting out the pause', async ({
  page,
}) => {
  await open(page);
  await expect(status(page)).toContainText('Synced');
  team.proxy.setMode('cut');
  await expect(status(page)).toContainText('Unreachable since', { timeout: 20_000 });
  // Long enough for the pause between two tries to grow.
  await expect.poll(() => team.proxy.connections, { timeout: 30_000 }).toBeGreaterThan(12);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    window.dispatchEvent(new Event('offline'));
  });
  team.proxy.setMode('pass');
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
    window.dispatchEvent(new Event('online'));
  });
  await expect(status(page)).toContainText('Synced', { timeout: 5_000 });
});

test('[Y16] undo and redo by key, in the list of actions, and refused once a colleague was there', async ({
  page,
}) => {
  await open(page);
  const profile = page.locator('[data-pane="profile"]');
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  await expect(profile.getByText('High', { exact: true })).toBeVisible();
  await page.keyboard.press('z');
  await expect(profile.getByText('High', { exact: true })).toBeHidden();
  await page.keyboard.press('Control+Shift+Z');
  await expect(profile.getByText('High', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(profile.getByText('High', { exact: true })).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Go to activity');
  await page.keyboard.press('Enter');
  const action = list(page).getByRole('listitem').filter({ hasText: 'Undone:' });
  await expect(action).toHaveCount(1);
  await team.push('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
  await expect(profile.getByText('Low', { exact: true })).toBeVisible();
  await action.getByRole('button', { name: 'Redo' }).click();
  await expect(page.getByText(/Anna changed it at .+; what stands now was kept\./).first()).toBeVisible();
  await expect(profile.getByText('Low', { exact: true })).toBeVisible();
});

test('[Y4] [Y11] [Y12] [F1] [S8] offline work is in sight everywhere; what lost and what merged says who, what and when', async ({
  page,
}) => {
  await open(page);
  await expect(status(page)).toContainText('Synced');
  await goOffline(page, true);
  await expect(status(page)).toContainText('Working offline');
  const reply = (conversationId: string, messageId: string, text: string, lastSeenMessageId: string) =>
    change(page, 'message.send', {
      conversationId,
      messageId,
      text,
      lastSeenMessageId,
      offline: true,
      writtenAt: 1,
    });
  await change(page, 'conversation.take', { conversationId: 'c1' });
  await change(page, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
  await change(page, 'conversation.setDescription', { conversationId: 'c1', description: 'Parcel is lost' });
  await change(page, 'tag.add', { conversationId: 'c1', tag: 'delivery' });
  await reply('c1', 'r1', 'I look into it right away.', 'c1-m1');
  await change(page, 'note.add', {
    conversationId: 'c2',
    messageId: 'n1',
    text: 'Ask the warehouse',
    writtenAt: 1,
  });
  await change(page, 'conversation.assign', { conversationId: 'c2', assigneeId: null });
  await change(page, 'conversation.snooze', { conversationId: 'c2', until: Date.now() + 86_400_000 });
  await change(page, 'conversation.follow', { conversationId: 'c3' });
  await change(page, 'conversation.close', { conversationId: 'c3', seenCustomerMessageId: 'c3-m1' });
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  const items = list(page).getByRole('listitem');
  const item = (words: string) => items.filter({ hasText: words });
  await expect(item('Change of priority')).toContainText('High');
  await expect(item('Change of description')).toContainText('Parcel is lost');
  await expect(item('Add a tag')).toContainText('delivery');
  await expect(item('Reply')).toContainText('I look into it right away.');
  const profile = page.locator('[data-pane="profile"]');
  for (const field of ['priority', 'description', 'assignee', 'tags'])
    await expect(
      profile.locator(`[data-field="${field}"] dt`).getByLabel('Waiting to be sent'),
    ).toBeVisible();
  await expect(profile.locator('[data-field="followers"] dt').getByLabel('Waiting to be sent')).toHaveCount(
    0,
  );
  await isAccessible(page);
  await shot(page, 'offline');

  await team.push('conversation.take', { conversationId: 'c1' });
  await team.push('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
  await team.push('tag.add', { conversationId: 'c1', tag: 'vip' });
  await team.push('conversation.close', { conversationId: 'c3', seenCustomerMessageId: 'c3-m1' });
  await team.ingest({
    id: 'c1-9',
    conversationId: 'c1',
    at: new Date().toISOString(),
    type: 'message.posted',
    messageId: 'c1-m2',
    author: { kind: 'customer' },
    text: 'It has come after all, thank you!',
  });
  await goOffline(page, false);
  await expect(item('Take the conversation')).toContainText(
    /Anna took it at .+, before your change arrived\./,
  );
  await expect(item('Change of priority')).toContainText(/You set High; Anna set Low at .+, which stands\./);
  await expect(item('Close the conversation')).toContainText(
    /Anna closed it at .+, before your change arrived\./,
  );
  await expect(item('Reply')).toContainText('Held for your review');
  const merged = list(page).getByRole('region', { name: 'Merged with colleagues’ changes' });
  await expect(merged).toContainText(/Anna changed “Tags” at .+; both changes are in\./);
  await expect(merged).toContainText('You had: delivery');
  await expect(merged).toContainText('Merged: vip, delivery');
  const note = profile.locator('[data-field="tags"]');
  await expect(note).toContainText(/Anna changed “Tags” at .+; both changes are in\. You had: delivery/);
  await shot(page, 'merged');
  // Toasts come and go over it, and hide themselves from readers while they are said aloud.
  await isAccessible(page, '[data-overlay="toast"]');
  await note.getByRole('button', { name: 'Got it' }).click();
  await expect(note).not.toContainText('Anna changed');
  await expect(merged).toHaveCount(0);
  await goOffline(page, true);
  await change(page, 'tag.add', { conversationId: 'c1', tag: 'again' });
  await reply('c1', 'r2', 'Glad to hear that.', 'c1-m2');
  await change(page, 'conversation.setPriority', { conversationId: 'c2', priority: 'medium' });
  await shot(page, 'conflicts');
  await item('Change of priority').getByRole('button', { name: 'Apply mine' }).first().click();
  await expect(page.locator('[data-pane="profile"]').getByText('High', { exact: true })).toBeVisible();
  const held = page
    .locator('[data-pane="thread"]')
    .getByRole('region', { name: 'Your reply is waiting for you' });
  await expect(held).toContainText('I look into it right away.');
  await expect(held).toContainText('It has come after all, thank you!');
  await isAccessible(page);
});

for (const [type, title, other] of [
  ['deskTooOld', 'This app is too old for the workspace', 'The workspace is too old'],
  ['workspaceTooOld', 'The workspace is too old for this app', 'This app is too old'],
  ['unauthorized', 'The workspace refuses this computer', 'too old'],
] as const) {
  test(`[Y14] ${type}: its own words, work goes on, and what was done is kept`, async ({ page }) => {
    const host = await team.startDesk();
    await page.goto(host.address);
    // No row is opened before: that it was read would be a second change, or none, as the line is fast or slow.
    const row = page.getByRole('row', { name: /Kim Haneul/ });
    await expect(row).toBeVisible();
    await expect(status(page)).toContainText('Synced');
    const server = await refusing(type);
    team.proxy.setMode('cut');
    team.proxy.setTarget((server.address() as AddressInfo).port);
    team.proxy.setMode('pass');
    await change(page, 'tag.add', { conversationId: 'c1', tag: 'kept' });
    const notice = list(page).getByRole('status').filter({ hasText: title });
    await expect(notice).toBeVisible({ timeout: 60_000 });
    await expect(notice).toContainText('1 change is kept on this computer');
    await expect(notice).not.toContainText(other);
    await row.click();
    await expect(page.locator('[data-pane="profile"]').getByText('kept')).toBeVisible();
    await expect(page.getByRole('row', { name: /Ines Duarte/ })).toBeVisible();
    await isAccessible(page);
    await shot(page, type);
    server.closeAllConnections();
    server.close();
  });
}

test('[Y1] a damaged copy is built again and said so; a damaged outbox says what was saved; both until read', async ({
  page,
}) => {
  const first = await team.startDesk();
  await page.goto(first.address);
  // No row is opened: that it was read would be a third change, or none, as the line is fast or slow.
  await expect(page.getByRole('row', { name: /Kim Haneul/ })).toBeVisible();
  await goOffline(page, true);
  await change(page, 'tag.add', { conversationId: 'c1', tag: 'before' });
  await change(page, 'note.add', {
    conversationId: 'c1',
    messageId: 'n1',
    text: 'Kept through it',
    writtenAt: 1,
  });
  await first.stop();
  for (const name of ['replica.db', 'outbox.db']) {
    const file = path.join(root, 'desk/desk', name);
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([Buffer.alloc(100, 0x2a), bytes.subarray(100)]));
  }
  const second = await team.startDesk();
  await page.goto(second.address);
  const notice = (words: string) => list(page).getByRole('status').filter({ hasText: words });
  await expect(notice('The copy on this computer was damaged')).toContainText('replica.db');
  await expect(notice('The file with your waiting work was damaged')).toContainText('2 changes saved');
  await expect(page.getByText(/delete/i)).toHaveCount(0);
  await isAccessible(page);
  await shot(page, 'mended');
  await page.getByRole('row', { name: /Kim Haneul/ }).click();
  await expect(page.locator('[data-pane="profile"]').getByText('before')).toBeVisible();
  await expect(page.locator('[data-pane="thread"]').getByText('Kept through it')).toBeVisible();
  await notice('The copy on this computer').getByRole('button', { name: 'Got it' }).click();
  await expect(notice('The copy on this computer')).toHaveCount(0);
  await page.reload();
  await expect(notice('The file with your waiting work')).toBeVisible();
  await expect(notice('The copy on this computer')).toHaveCount(0);
});

test('[Y9] the list can be used while rows come, says how far they are, and goes on where a kill stopped it', async ({
  page,
}) => {
  const many = Array.from({ length: 2_500 }, (_, n) => handedOver(`m${n}`, `Customer ${n}`, `Question ${n}`));
  await team.ingest(...many.flat());
  team.proxy.setDelay(80);
  const first = await team.startDesk();
  await page.goto(first.address);
  const progress = page.getByRole('progressbar');
  await expect(progress).toBeVisible();
  await expect(list(page).getByRole('row').nth(1)).toBeVisible({ timeout: 60_000 });
  await expect(progress).toBeVisible();
  await expect(list(page)).toContainText('the newest open ones are here first');
  await shot(page, 'fetching');
  await list(page).getByRole('row').nth(1).click();
  await expect(page.locator('[data-pane="thread"]').getByText(/Question \d+/)).toBeVisible();
  await first.kill();
  team.proxy.setDelay(0);
  const second = await team.startDesk();
  await page.goto(second.address);
  await expect(status(page)).toContainText(/Synced/, { timeout: 60_000 });
  await expect(progress).toHaveCount(0);
  await page.keyboard.press('.');
  await expect(list(page).getByRole('grid')).toHaveAttribute('aria-rowcount', /2503/);
});

/** Pictures to look at, where a folder for them is named. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
