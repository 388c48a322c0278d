import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { type HostProcess, startHost } from '../support/host-process.ts';

// Every screen of the inbox, by axe's rules for WCAG 2.2 AA and for landmarks, in the looks that differ most.
const RULE_SETS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LANDMARKS = 'region';

const RIGHT_TO_LEFT = 'pseudo right-to-left';

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { locale: 'en', colorScheme: 'light' },
  dark: { locale: 'en', colorScheme: 'dark' },
  'forced colours': { locale: 'en', forcedColors: 'active' },
  // The chosen language stays with the workspace, so it comes last.
  [RIGHT_TO_LEFT]: { locale: 'en', colorScheme: 'light' },
};

let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-axe-'));
  host = await startHost(data);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

/** What axe finds: rule, element and why, a line each. */
async function findings(page: Page, screen: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type: 'tag', values: RULE_SETS }, rules: { [LANDMARKS]: { enabled: true } } })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${screen}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

async function goToEntry(page: Page, index: number): Promise<void> {
  const entry = page.locator('[data-pane="sidebar"] section').last().getByRole('button').nth(index);
  await entry.click();
  await expect(entry).toHaveAttribute('aria-current', 'page');
}

/** As a reader chooses it, in the settings. */
async function turnRightToLeft(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: /right/i }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeVisible();
}

/** Goes to a page by its two keys. */
async function goBy(page: Page, first: string, then: string): Promise<void> {
  await page.keyboard.press(first);
  await page.keyboard.press(then);
  await expect(page.locator('[data-pane="list"] h1')).toBeVisible();
}

async function openDialog(page: Page, chord: string): Promise<void> {
  await page.keyboard.press(chord);
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** The screens in an order that needs no reload; each leaves nothing open behind it. */
const SCREENS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['inbox', async (page) => expect(page.getByRole('grid').getByRole('row').first()).toBeVisible()],
  [
    'thread',
    async (page) => {
      await page.getByRole('grid').getByRole('row').nth(1).click();
      await expect(page.locator('[data-pane="thread"] article').first()).toBeVisible();
    },
  ],
  ['palette', (page) => openDialog(page, 'Control+k')],
  [
    'settings',
    async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('Control+,');
      await expect(page.locator('#settings-section')).toBeVisible();
    },
  ],
  ['activity', async (page) => goToEntry(page, 1)],
  ['outbox', (page) => goToEntry(page, 0)],
  [
    'overview',
    async (page) => {
      await goBy(page, 'g', 'd');
      await expect(page.getByRole('listbox')).toBeVisible();
    },
  ],
  [
    'overview as tables',
    async (page) => {
      const switches = page.locator('[data-pane="list"] section header button:last-child');
      for (const each of await switches.all()) await each.click();
      await expect(page.getByRole('table').nth(1)).toBeVisible();
    },
  ],
  ['satisfaction', (page) => goBy(page, 'g', 'c')],
  [
    'events',
    async (page) => {
      await goBy(page, 'g', 'v');
      await expect(page.getByRole('searchbox')).toBeVisible();
      await expect(page.locator('[data-pane="list"] time').first()).toBeVisible();
    },
  ],
  [
    'segments',
    async (page) => {
      await page.locator('[data-pane="sidebar"] section').nth(-2).getByRole('button').last().click();
      await expect(page.locator('[data-pane="list"] section button').nth(2)).toBeVisible();
    },
  ],
  [
    'segment',
    async (page) => {
      await page.locator('[data-pane="list"] header button').click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  ],
  [
    'review',
    async (page) => {
      await goBy(page, 'g', 'r');
      await expect(page.locator('[data-pane="thread"] article').first()).toBeVisible();
    },
  ],
  [
    'findings',
    async (page) => {
      await page.locator('[data-pane="list"]').getByRole('tab').nth(1).click();
      await expect(page.locator('[data-pane="list"]').getByRole('list').first()).toBeVisible();
    },
  ],
  [
    'search',
    async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('order');
      await expect(page.locator('mark').first()).toBeVisible();
    },
  ],
];

for (const [look, options] of Object.entries(LOOKS)) {
  test(`no screen of the inbox breaks WCAG 2.2 AA: ${look}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(host.address);
    await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
    if (look === RIGHT_TO_LEFT) await turnRightToLeft(page);
    const found: string[] = [];
    for (const [screen, show] of SCREENS) {
      await show(page);
      found.push(...(await findings(page, screen)));
    }
    expect(found).toEqual([]);
    await context.close();
  });
}
