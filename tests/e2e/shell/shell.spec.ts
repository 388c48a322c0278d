import AxeBuilder from '@axe-core/playwright';
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { createFormats } from '../../../src/i18n/formats.ts';
import { formatSamples } from '../../support/harness/format-samples.ts';
import { SHIPPED, shippedI18n } from '../../unit/i18n/support.ts';
import { type Harness, openHarness, startHarness } from './harness.ts';

let harness: Harness;
test.beforeAll(async () => {
  harness = await startHarness();
});
test.afterAll(async () => harness.close());

/** WCAG 2.2 AA, by axe. */
async function faults(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const said = (page: Page) => page.getByTestId('said');

/** A key as a Korean keyboard in Hangul mode sends it. */
async function pressHangul(cdp: CDPSession, key: string, code: string): Promise<void> {
  for (const type of ['keyDown', 'keyUp'] as const) {
    await cdp.send('Input.dispatchKeyEvent', { type, key, code, windowsVirtualKeyCode: 0 });
  }
}

test.describe('keys', () => {
  test('[K3] letters work in Hangul mode, and when the input method keeps them', async ({ page }) => {
    await openHarness(page, harness);
    const cdp = await page.context().newCDPSession(page);
    await pressHangul(cdp, 'ㅓ', 'KeyJ');
    await expect(said(page)).toHaveText('next');
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Process',
      code: 'KeyK',
      windowsVirtualKeyCode: 229,
    });
    await expect(said(page)).toHaveText('next previous');
  });

  test('[K1] letters typed into a text are text', async ({ page }) => {
    await openHarness(page, harness);
    const area = page.getByRole('textbox').last();
    await area.fill('');
    await area.pressSequentially('jkeri/?p1');
    await expect(area).toHaveValue('jkeri/?p1');
    await expect(said(page)).toHaveText('');
  });

  test('[K4] while a syllable is composed neither Enter nor Ctrl+Enter does anything', async ({ page }) => {
    await openHarness(page, harness);
    const area = page.getByRole('textbox').last();
    await area.focus();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: '요', selectionStart: 1, selectionEnd: 1 });
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
      modifiers: 2,
    });
    await expect(said(page)).toHaveText('');
    await cdp.send('Input.insertText', { text: '요' });
    await page.keyboard.press('Control+Enter');
    await expect(said(page)).toHaveText('send');
    await expect(area).toHaveValue('요');
  });

  for (const [what, open] of [
    [
      'a menu',
      async (page: Page) => {
        await page.getByRole('button', { name: 'High' }).focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('menu')).toBeVisible();
      },
    ],
    [
      'a list with a field',
      async (page: Page) => {
        await page.getByRole('button', { name: 'Assign…' }).click();
        await expect(page.getByRole('combobox')).toBeFocused();
      },
    ],
    [
      'the palette',
      async (page: Page) => {
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('combobox')).toBeFocused();
      },
    ],
    [
      'the shortcut sheet',
      async (page: Page) => {
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog')).toBeVisible();
      },
    ],
  ] as const) {
    test(`[K1] a key pressed at once after Escape closed ${what} is not lost`, async ({ page }) => {
      await openHarness(page, harness);
      await open(page);
      // Sent together: neither waits until the other was dealt with.
      await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('i')]);
      await expect(said(page)).toHaveText('take');
      await expect(page.locator('[role="menu"], [role="dialog"]')).toHaveCount(0);
    });
  }

  test('[K4] an Enter that ends a syllable does not pick from a list', async ({ page }) => {
    await openHarness(page, harness);
    await page.getByRole('button', { name: 'Assign…' }).click();
    const input = page.getByRole('combobox');
    await expect(input).toBeFocused();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: '김', selectionStart: 1, selectionEnd: 1 });
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await expect(input).toBeVisible();
    await expect(said(page)).toHaveText('');
    await cdp.send('Input.insertText', { text: '김' });
    await expect(page.getByRole('option', { name: '김민지' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(said(page)).toHaveText('picked 김민지');
  });

  test('P waits and says what may follow; 1 sets it, and alone it opens the menu', async ({ page }) => {
    await openHarness(page, harness);
    await page.keyboard.press('p');
    await expect(page.getByText('Priority high')).toBeVisible();
    await page.keyboard.press('1');
    await expect(said(page)).toHaveText('high');
    await page.keyboard.press('p');
    await expect(said(page)).toHaveText('high priority');
  });

  test('Escape leaves the text, then the conversation; in a dialog it closes the dialog', async ({
    page,
  }) => {
    await openHarness(page, harness);
    await page.getByRole('textbox').last().focus();
    await page.keyboard.press('Escape');
    await expect(said(page)).toHaveText('leave');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('[K1] a command gets another key, a taken one is refused, and the default comes back', async ({
    page,
  }) => {
    await openHarness(page, harness);
    const press = async (keys: readonly string[]) => {
      await page.keyboard.press('?');
      await page.getByRole('button', { name: 'Change keys: Take it' }).focus();
      await page.keyboard.press('Enter');
      for (const key of keys) await page.keyboard.press(key);
    };
    await press(['r']);
    await expect(page.getByText('Already used: Write a reply')).toBeVisible();
    await page.keyboard.press('x');
    await expect(page.getByRole('button', { name: 'Back to the default: Take it' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('i');
    await page.keyboard.press('x');
    await expect(said(page)).toHaveText('take');
  });

  test('F6 goes round the regions', async ({ page }) => {
    await openHarness(page, harness);
    const current = () =>
      page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
    const seen: unknown[] = [];
    for (let press = 0; press < 4; press += 1) {
      await page.keyboard.press('F6');
      seen.push(await current());
    }
    expect(seen).toEqual(['sidebar', 'list', 'thread', 'sidebar']);
    await page.keyboard.press('Shift+F6');
    expect(await current()).toBe('thread');
  });
});

test.describe('palette', () => {
  test('[K7] finds a command by its words, shows its key and runs it', async ({ page }) => {
    await openHarness(page, harness);
    await page.getByRole('textbox').last().focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('take');
    const option = page.getByRole('option').first();
    await expect(option).toContainText('Take it');
    await expect(option.locator('kbd')).toHaveText('I');
    await page.keyboard.press('Enter');
    await expect(said(page)).toHaveText('take');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('says why a command cannot run, and does not run it', async ({ page }) => {
    await openHarness(page, harness);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('undo last');
    await expect(page.getByRole('option').first()).toContainText('Nothing to undo');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
  });

  test('finds Korean commands by initial consonants', async ({ page }) => {
    await openHarness(page, harness, { lang: 'ko' });
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('ㄷㅎ ㅈㄹ');
    await expect(page.getByRole('option').first()).toContainText('대화 종료');
  });
});

test.describe('languages', () => {
  test('change at once, where they are chosen', async ({ page }) => {
    await openHarness(page, harness);
    await page.keyboard.press('Control+,');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '한국어' }).click();
    await expect(page.getByRole('heading', { name: '설정', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  });

  test('[D3] a translator’s change shows at once, and focus and text stay', async ({ page }) => {
    await openHarness(page, harness);
    const area = page.getByRole('textbox').last();
    await area.fill('kept');
    await page.evaluate(() => window.postMessage('Memo', '*'));
    await expect(page.getByRole('tab', { name: 'Memo' })).toBeVisible();
    await expect(area).toBeFocused();
    await expect(area).toHaveValue('kept');
  });

  for (const lang of SHIPPED) {
    test(`${lang}: the browser and Node write the same moments, lengths and numbers`, async ({ page }) => {
      await openHarness(page, harness, { lang });
      const written: unknown = JSON.parse((await page.getByTestId('formats').textContent()) ?? '');
      expect(written).toEqual(formatSamples(createFormats(shippedI18n(lang).t, lang, 'Asia/Seoul')));
    });
  }

  test('from right to left the page mirrors', async ({ page }) => {
    await openHarness(page, harness, { lang: 'en-XB' });
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    const sidebar = await page.locator('[data-pane="sidebar"]').boundingBox();
    const thread = await page.locator('[data-pane="thread"]').boundingBox();
    expect(sidebar?.x ?? 0).toBeGreaterThan(thread?.x ?? 0);
  });
});

test.describe('room', () => {
  for (const [width, panes] of [
    [1440, ['sidebar', 'list', 'thread', 'profile']],
    [1200, ['sidebar', 'list', 'thread', 'profile']],
    [1000, ['sidebar', 'list', 'thread']],
    [800, ['sidebar', 'thread']],
  ] as const) {
    test(`at ${width} pixels an open conversation shows ${panes.join(', ')}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await openHarness(page, harness, { open: '' });
      const names = () =>
        page.locator('[data-pane]').evaluateAll((all) => all.map((each) => each.getAttribute('data-pane')));
      await expect.poll(names).toEqual(panes);
    });
  }

  test('in a middling window Y brings the profile over the thread and Escape puts it away', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1000, height: 800 });
    await openHarness(page, harness, { open: '' });
    await page.keyboard.press('y');
    await expect(page.locator('[data-pane="profile"]')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-pane="profile"]')).toHaveCount(0);
    await expect(said(page)).toHaveText('');
  });

  test('a region is resized by the arrow keys and back by a double click', async ({ page }) => {
    await openHarness(page, harness);
    const splitter = page.getByRole('separator', { name: 'Conversations' });
    await splitter.focus();
    await page.keyboard.press('ArrowRight');
    await expect(splitter).toHaveAttribute('aria-valuenow', '360');
    await page.keyboard.press('Home');
    await expect(splitter).toHaveAttribute('aria-valuenow', '260');
    await splitter.dispatchEvent('dblclick');
    await expect(splitter).toHaveAttribute('aria-valuenow', '344');
  });
});

test('a region that fails says so, leaves the others alone, and is tried again', async ({ page }) => {
  await openHarness(page, harness, { fail: '' });
  const list = page.locator('[data-pane="list"]');
  await expect(list.getByRole('alert')).toContainText('Something went wrong here');
  await expect(list.getByRole('alert')).toContainText(/Code list-[0-9a-z]+/);
  await page.keyboard.press('i');
  await expect(said(page)).toHaveText('take');
  await page.evaluate(() => document.documentElement.setAttribute('data-mended', ''));
  await list.getByRole('button', { name: 'Try again' }).click();
  await expect(list.getByRole('alert')).toHaveCount(0);
});

test('a toast offers Undo', async ({ page }) => {
  await openHarness(page, harness);
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByText('Conversation closed')).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(said(page)).toHaveText('undone');
});

test('nothing that the strict policy forbids is tried', async ({ page }) => {
  const complaints = await openHarness(page, harness);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(page.locator('#settings-section')).toBeHidden();
  await page.getByRole('button', { name: 'High' }).click();
  await page.getByRole('menuitemradio', { name: 'Low' }).click();
  await page.getByRole('button', { name: 'Settings' }).hover();
  await expect(page.getByText('Settings', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByText('Conversation closed')).toBeVisible();
  expect(complaints).toEqual([]);
});

const opened = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toBeVisible();
};

test.describe('accessibility', () => {
  const openings: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
    ['the page', async () => undefined],
    ['the palette', opened('Control+k')],
    ['the shortcut sheet', opened('?')],
    [
      'the settings',
      async (page) => {
        await page.keyboard.press('Control+,');
        await expect(page.locator('#settings-section')).toBeVisible();
      },
    ],
  ];
  for (const wanted of [
    { lang: 'en', theme: 'light' },
    { lang: 'ko', theme: 'dark' },
    { lang: 'en-XB', theme: 'light' },
  ]) {
    test(`nothing is wrong in ${wanted.lang}, ${wanted.theme}`, async ({ page }) => {
      await openHarness(page, harness, wanted);
      for (const [name, open] of openings) {
        await open(page);
        await page.waitForFunction(() => document.getAnimations().length === 0);
        expect(await faults(page), name).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    });
  }

  test('forced colours and 200 % leave everything in sight', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.setViewportSize({ width: 720, height: 450 });
    await openHarness(page, harness, { lang: 'en-XA', open: '' });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await faults(page)).toEqual([]);
  });
});
