import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { handedOver, startTeam, type Team } from '../support/offline/team.ts';

// Keys for a conversation that the engine has not answered about yet: an agent who types fast loses none.
let team: Team;
let root = '';

test.beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-early-'));
  team = await startTeam(root);
  await team.ingest(
    ...handedOver('c1', 'Kim Haneul', 'My parcel has not come. What now?'),
    ...handedOver('c2', 'Ines Duarte', 'The size is wrong, can I change it?'),
  );
});

test.afterEach(async () => {
  await team.close();
  rmSync(root, { recursive: true, force: true });
});

/** Opens the desk; what its engine says to the page waits while `hold` says so, in order. */
async function slowDesk(page: Page): Promise<(isHeld: boolean) => void> {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (isHeld) waiting.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  const host = await team.startDesk();
  await page.goto(host.address);
  await expect(page.getByRole('row', { name: /Kim Haneul/ })).toBeVisible();
  return (hold) => {
    isHeld = hold;
    if (!hold) for (const say of waiting.splice(0)) say();
  };
}

test('a command pressed before its conversation is here waits for it', async ({ page }) => {
  const hold = await slowDesk(page);
  hold(true);
  await page.getByRole('row', { name: /Kim Haneul/ }).click();
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  await expect(page.getByRole('toolbar', { name: 'Actions' })).toHaveCount(0);
  hold(false);
  await expect(page.locator('[data-pane="profile"]').getByText('High', { exact: true })).toBeVisible();
});

test('a command for a conversation that was left before it came is not done to the next', async ({
  page,
}) => {
  const hold = await slowDesk(page);
  hold(true);
  await page.getByRole('row', { name: /Kim Haneul/ }).click();
  await page.keyboard.press('i');
  await page.getByRole('row', { name: /Ines Duarte/ }).click();
  hold(false);
  await expect(page.getByRole('heading', { name: 'Ines Duarte', level: 1 })).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  await expect(page.locator('[data-pane="profile"]').getByText('High', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take it' })).toBeVisible();
  await page.getByRole('row', { name: /Kim Haneul/ }).click();
  await expect(page.getByRole('heading', { name: 'Kim Haneul', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take it' })).toBeVisible();
});
