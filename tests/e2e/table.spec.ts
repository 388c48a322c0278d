import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type HostProcess, startHost } from '../support/host-process.ts';

// The table by keyboard alone, over the sample workspace: a filter on a timing, a column that is found by search, its order.
let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-table-'));
  host = await startHost(data);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

const MINUTES: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1_440 };

/** `2 h 5 min` in minutes. */
function minutesOf(text: string): number {
  return [...text.matchAll(/(\d+) (min|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MINUTES[unit ?? ''] ?? Number.NaN),
    0,
  );
}

/** What the last column shows, row by row. */
async function lastCells(page: Page): Promise<string[]> {
  const rows = await page.getByRole('grid').locator('[role=row][data-id]').all();
  return Promise.all(rows.map(async (row) => (await row.getByRole('gridcell').last().textContent()) ?? ''));
}

async function total(page: Page): Promise<number> {
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount'));
}

/** Tabs to a button and presses it. */
async function pressButton(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
}

test('[B4] [C4] [F4] a timing filters the list, becomes a column and puts the table in order, by keyboard alone', async ({
  page,
}) => {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await pressButton(page, page.locator('[data-pane="sidebar"]').getByRole('button', { name: /^Closed/ }));
  await expect(page.getByRole('heading', { name: 'Closed' })).toBeVisible();
  const all = await total(page);

  await page.keyboard.press('f');
  await page.keyboard.type('first response');
  await page.getByRole('option', { name: 'First response', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  const editor = page.getByRole('form', { name: 'First response' });
  await expect(editor.getByLabel('From')).toBeFocused();
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await expect(page.getByText('First response: at least 30 min')).toBeVisible();
  await expect.poll(() => total(page)).toBeLessThan(all);

  await pressButton(page, page.getByRole('button', { name: 'Table view' }));
  await pressButton(page, page.getByRole('button', { name: 'Columns' }));
  await page.keyboard.type('first response');
  await page.getByRole('option', { name: 'First response', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const head = page.getByRole('columnheader', { name: 'First response' });
  await expect(head).toBeVisible();
  await expect.poll(async () => (await lastCells(page)).every((cell) => minutesOf(cell) >= 30)).toBe(true);

  await pressButton(page, head.getByRole('button'));
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/);
  const first = await head.getAttribute('aria-sort');
  await pressButton(page, head.getByRole('button'));
  const direction = first === 'ascending' ? 'descending' : 'ascending';
  await expect(head).toHaveAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  await expect
    .poll(async () => {
      const shown = (await lastCells(page)).map(minutesOf);
      return (
        shown.length > 1 &&
        shown.every((value, index) => index === 0 || sign * (value - (shown[index - 1] ?? 0)) >= 0)
      );
    })
    .toBe(true);

  // The way out of the filter is a button of its own.
  await pressButton(page, page.getByRole('button', { name: 'Remove filter First response' }));
  await expect.poll(() => total(page)).toBeGreaterThan(0);
  await expect(page.getByText('First response: at least 30 min')).toBeHidden();
});
