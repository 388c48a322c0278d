// Writes pictures of the inbox and a thread in every shipped language, light and dark, to screenshots/ (ignored by git).
// `--readme` also puts the two that the README shows into docs/images.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startHost } from '../tests/support/host-process.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDER = path.join(ROOT, 'screenshots');
const LOCALES = ['en', 'ko', 'pt-BR', 'sv'] as const;
const THEMES = ['light', 'dark'] as const;
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
/** Which pictures the README shows, and under which name. */
const README: Readonly<Record<string, string>> = {
  'thread-en-light.png': 'thread.png',
  'thread-ko-dark.png': 'thread-ko.png',
};

async function launch(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
    ],
  });
}

/** Waits until nothing moves: fonts are there and the first rows are drawn. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('grid').getByRole('row').first().waitFor();
  await page.evaluate('document.fonts.ready');
  await page.waitForLoadState('networkidle');
}

/** Opens a waiting conversation from its top: in a Korean desk a Korean one. The sample's own follow the clock. */
async function openConversation(page: Page, locale: string): Promise<void> {
  const rows = page.getByRole('grid').getByRole('row');
  const hangul = /[\uAC00-\uD7A3]{2}/;
  const wanted = locale === 'ko' ? rows.filter({ hasText: hangul }) : rows.filter({ hasNotText: hangul });
  await wanted.nth(locale === 'ko' ? 0 : 1).click();
  const thread = page.locator('[data-pane="thread"]');
  await thread.locator('article').first().waitFor();
  await thread.hover();
  await page.mouse.wheel(0, -10_000);
  await page.waitForLoadState('networkidle');
}

async function shoot(
  browser: Browser,
  address: string,
  locale: string,
  colorScheme: 'light' | 'dark',
): Promise<string[]> {
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Stockholm',
  });
  const page = await context.newPage();
  await page.goto(address);
  await settled(page);
  const names = [`inbox-${locale}-${colorScheme}.png`, `thread-${locale}-${colorScheme}.png`];
  await page.screenshot({ path: path.join(FOLDER, names[0] ?? '') });
  await openConversation(page, locale);
  await page.screenshot({ path: path.join(FOLDER, names[1] ?? '') });
  await context.close();
  return names;
}

async function main(): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), 'handoff-screenshots-'));
  await mkdir(FOLDER, { recursive: true });
  const host = await startHost(data);
  const browser = await launch();
  try {
    for (const locale of LOCALES) {
      for (const theme of THEMES) {
        const names = await shoot(browser, host.address, locale, theme);
        process.stdout.write(`${names.map((name) => path.join('screenshots', name)).join('\n')}\n`);
      }
    }
  } finally {
    await browser.close();
    await host.stop();
    await rm(data, { recursive: true, force: true });
  }
  if (!process.argv.includes('--readme')) return;
  const images = path.join(ROOT, 'docs', 'images');
  await mkdir(images, { recursive: true });
  for (const [from, to] of Object.entries(README))
    await copyFile(path.join(FOLDER, from), path.join(images, to));
}

await main();
