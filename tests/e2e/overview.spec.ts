import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost } from '../support/host-process.ts';
import { shippedI18n } from '../unit/i18n/support.ts';
import { createFormats } from '../../src/i18n/formats.ts';

// A lead looks at how well the AI does, goes from a figure to its conversations, reviews what was handed over, and shares a
// list. In Swedish, by keyboard where it can be, on conversations of the last days whose outcomes are known by hand.
test.use({ locale: 'sv-SE', permissions: ['clipboard-read', 'clipboard-write'] });

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.now();
/** Noon in UTC, so many days ago: the same day in UTC whatever the hour of the test is. */
const noon = (daysAgo: number): number => Math.floor(NOW / DAY) * DAY + 12 * HOUR - daysAgo * DAY;

type End =
  | { readonly type: 'resolved' }
  | { readonly type: 'left' }
  | { readonly type: 'none' }
  | { readonly type: 'escalated'; readonly code: string };

/** A conversation with the AI and how it ended. One that began today began just now. */
function conversation(id: string, daysAgo: number, channel: string, end: End, tag?: string): object[] {
  const start = daysAgo === 0 ? Math.max(noon(0) - 12 * HOUR, NOW - HOUR / 4) : noon(daysAgo);
  const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
  const on = { conversationId: id };
  const base = [
    {
      id: `${id}-1`,
      type: 'conversation.started',
      at: at(0),
      ...on,
      channel,
      initialSkill: 'returns',
      language: 'sv',
      profile: { id: `kund-${id}`, name: `Kund ${id}` },
    },
    {
      id: `${id}-2`,
      type: 'message.posted',
      at: at(1),
      ...on,
      messageId: `${id}-m1`,
      author: { kind: 'customer' },
      text: `Var är mitt paket ${id}?`,
    },
    {
      id: `${id}-3`,
      type: 'message.posted',
      at: at(5),
      ...on,
      messageId: `${id}-m2`,
      author: { kind: 'ai' },
      text: `Jag tittar efter, ${id}.`,
    },
    ...(tag === undefined
      ? []
      : [{ id: `${id}-4`, type: 'conversation.tagged', at: at(6), ...on, tags: [tag], by: 'ai' }]),
  ];
  if (end.type === 'resolved') {
    return [
      ...base,
      { id: `${id}-5`, type: 'conversation.resolved', at: at(60), ...on, finalSkill: 'returns' },
    ];
  }
  if (end.type === 'left') {
    return [
      ...base,
      {
        id: `${id}-5`,
        type: 'message.posted',
        at: at(30),
        ...on,
        messageId: `${id}-m3`,
        author: { kind: 'customer' },
        text: 'Glöm det.',
      },
      { id: `${id}-6`, type: 'conversation.closed', at: at(60), ...on, by: 'customer' },
    ];
  }
  if (end.type === 'none') return base;
  const { code } = end;
  return [
    ...base,
    {
      id: `${id}-5`,
      type: 'conversation.escalated',
      at: at(60),
      ...on,
      method: 'live',
      reasonCode: code,
      reason: `Skäl ${code}`,
    },
  ];
}

const EVENTS = [
  ...conversation('r1', 6, 'web_chat', { type: 'resolved' }),
  ...conversation('r2', 3, 'email', { type: 'resolved' }),
  ...conversation('k1', 6, 'web_chat', { type: 'escalated', code: 'knowledge_gap' }, 'leverans'),
  ...conversation('k2', 4, 'web_chat', { type: 'escalated', code: 'knowledge_gap' }, 'leverans'),
  ...conversation('k3', 2, 'sms', { type: 'escalated', code: 'knowledge_gap' }),
  ...conversation('d1', 1, 'email', { type: 'escalated', code: 'delivery_lost' }, 'leverans'),
  ...conversation('l1', 5, 'web_chat', { type: 'left' }),
  ...conversation('o1', 0, 'web_chat', { type: 'none' }),
  // The day before the first one: in no figure of the last seven days.
  ...conversation('b1', 7, 'web_chat', { type: 'escalated', code: 'knowledge_gap' }, 'leverans'),
];

let data = '';
let host: HostProcess;

test.beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-overview-'));
  const desk = path.join(data, 'desk');
  const file = (name: string, text: string): string => {
    const place = path.join(data, name);
    writeFileSync(place, text);
    return place;
  };
  const events = file('events.ndjson', EVENTS.map((event) => JSON.stringify(event)).join('\n'));
  const imported = await runHandoff('import', events, '--data', desk);
  expect(imported.code, imported.errors).toBe(0);
  const zone = file('zone.json', JSON.stringify({ zone: 'UTC' }));
  const set = await runHandoff('settings', 'import', zone, '--data', desk);
  expect(set.code, set.errors).toBe(0);
  host = await startHost(desk);
});

test.afterAll(async () => {
  await host.stop();
  rmSync(data, { recursive: true, force: true });
});

async function open(page: Page): Promise<void> {
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
}

async function openOverview(page: Page): Promise<void> {
  await open(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1, name: 'Översikt' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Total volym' })).toBeVisible();
}

/** How many rows the list has, drawn or not. */
const rowCount = async (page: Page, count: number): Promise<void> =>
  expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count));

test('[O2] [O3] the last seven days have both ends, and every figure what it is made of', async ({
  page,
}) => {
  await openOverview(page);
  await expect(page.getByRole('combobox', { name: 'Period' })).toHaveText('Senaste 7 dagarna');
  const formats = createFormats(shippedI18n('sv').t, 'sv', 'UTC');
  const sameYear = formats.civil(noon(6)).year === formats.civil(noon(0)).year;
  const from = formats.date(noon(6), sameYear ? 'dayMonth' : 'dayMonthYear');
  await expect(page.getByText(`${from} – ${formats.date(noon(0), 'dayMonthYear')}`)).toBeVisible();
  await expect(page.getByText('båda dagarna inräknade, i tidszonen UTC')).toBeVisible();

  await expect(page.getByRole('group', { name: 'Total volym' })).toContainText('8');
  await expect(page.getByRole('group', { name: 'Andel lösta av AI' })).toContainText('2 av 8');
  await expect(page.getByRole('group', { name: 'Andel ej lösta av AI' })).toContainText('4 av 8');
  await expect(page.getByRole('group', { name: 'Försäljning genom AI' })).toContainText('0 beställningar');

  await page.getByRole('button', { name: 'Så räknas det: Andel ej lösta av AI' }).click();
  await expect(page.getByText(/Av den totala volymen: de som AI:n lämnade över/)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('[O1] the bars are read as a table, by channel, status and tag, and add up', async ({ page }) => {
  await openOverview(page);
  await page.getByRole('tab', { name: 'Tagg' }).click();
  await page.getByRole('button', { name: 'Visa som tabell' }).first().click();
  const total = page
    .getByRole('table', { name: 'Konversationer per dag' })
    .locator('tfoot')
    .getByRole('cell');
  await expect(total).toHaveText(['5', '3', '8']);
  await page.getByRole('tab', { name: 'Kanal' }).click();
  await expect(total).toHaveText(['5', '2', '1', '8']);
  await page.getByRole('tab', { name: 'Status' }).click();
  await expect(total).toHaveText(['2', '4', '1', '1', '8']);
});

test('[O3] [O8] a figure and a bar open exactly their conversations, and a link shows them again', async ({
  page,
  context,
}) => {
  await openOverview(page);
  await page.getByRole('button', { name: /^Andel ej lösta av AI:/ }).click();
  await expect(page.getByText(/Översikt: .* · Ej löst av AI/)).toBeVisible();
  await rowCount(page, 4);

  await page.getByRole('button', { name: 'Vyer och länk' }).click();
  await page.getByRole('menuitem', { name: 'Kopiera länk till listan' }).click();
  await expect(page.getByText('Kopierat')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText(/Översikt: .* · Ej löst av AI/)).toBeVisible();
  await rowCount(other, 4);
  await other.close();

  // Back to the figure, then by keyboard to the last bar and the part of it that is still with the AI.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Översikt' })).toBeVisible();
  await page.getByRole('listbox', { name: 'Konversationer per dag' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Översikt: .* · Hos AI:n/)).toBeVisible();
  await rowCount(page, 1);
  await expect(page.getByRole('row', { name: /Kund o1/ })).toBeVisible();
  await page.getByRole('button', { name: 'Visa alla konversationer' }).click();
  await rowCount(page, 9);
});

test('[O10] a reason’s bar opens its review: verdicts by key, a note, a colleague to coach, undo, and going on later', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByText('0/5')).toBeVisible();
  await page.getByRole('tab', { name: 'Resultat' }).click();
  await page.getByRole('button', { name: /^AI:n kunde inte svaret 4/ }).click();
  await rowCount(page, 4);
  await expect(page.getByText('0/4')).toBeVisible();

  // The AI's part is open: that is what is reviewed.
  const thread = page.locator('[data-pane="thread"]');
  const first = page.getByRole('grid').getByRole('row').first();
  await first.click();
  await expect(thread.getByText(/^Jag tittar efter/)).toBeVisible();

  const verdict = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
  await page.keyboard.press('3');
  await expect(verdict('Kunskapslucka')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('1/4')).toBeVisible();
  await page.keyboard.press('j');
  await expect(verdict('Kunskapslucka')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('1');
  await expect(page.getByText('2/4')).toBeVisible();

  await page.keyboard.press('Shift+N');
  await page.keyboard.type('Svaret finns i returpolicyn.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('textbox', { name: 'Granskningsanteckning' })).toHaveValue(
    'Svaret finns i returpolicyn.',
  );

  await page.keyboard.press('j');
  await page.keyboard.press('2');
  await expect(page.getByText('3/4')).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText('2/4')).toBeVisible();

  // As tomorrow, or on another computer: the work goes on where nothing has been found yet.
  await page.reload();
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByText('2/5')).toBeVisible();
  await expect(verdict('AI:n borde ha klarat det')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('row', { selected: true })).toContainText('Ej granskad');
});

test('[O8] a list is saved as a view of the team, with its count, and its link opens it', async ({
  page,
  context,
}) => {
  await openOverview(page);
  await page.getByRole('tab', { name: 'Tagg' }).click();
  await page.getByRole('button', { name: /^leverans 3/ }).click();
  await rowCount(page, 3);

  await page.getByRole('button', { name: 'Vyer och länk' }).click();
  await page.getByRole('menuitem', { name: 'Spara den här vyn' }).click();
  const dialog = page.getByRole('dialog', { name: 'Spara den här vyn' });
  await dialog.getByRole('textbox', { name: 'Namn' }).fill('Ej löst – leverans');
  await dialog.getByRole('combobox', { name: 'Vems' }).click();
  await page.getByRole('option', { name: 'Hela teamets' }).click();
  await dialog.getByRole('button', { name: 'Spara' }).click();
  const entry = page.getByRole('button', { name: /^Ej löst – leverans, 3 konversationer/ });
  await expect(entry).toHaveAttribute('aria-current', 'page');

  await page.getByRole('button', { name: 'Vyer och länk' }).click();
  await page.getByRole('menuitem', { name: 'Kopiera länk till listan' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#/view/');
  const other = await context.newPage();
  await other.goto(link);
  await rowCount(other, 3);
  await other.close();

  // G and a digit leads to it from anywhere.
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(entry).not.toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('g');
  await page.keyboard.press('1');
  await rowCount(page, 3);
});

test('[K5] [K7] the feed names what happened; what never did says why and what to do', async ({ page }) => {
  await open(page);
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await expect(
    page.getByRole('list', { name: 'Senaste datapunkterna' }).getByRole('listitem').first(),
  ).toBeVisible();
  await page.getByRole('searchbox', { name: 'Hitta ett mätvärde' }).fill('customer agent');
  const metrics = page.getByRole('navigation', { name: 'Mätvärden' }).getByRole('button');
  await expect(metrics).toHaveCount(4);
  await page.getByRole('button', { name: /eskalerad 5/ }).click();
  await expect(
    page
      .getByText('Skäl', { exact: true })
      .or(page.getByText('Orsak', { exact: true }))
      .first(),
  ).toBeVisible();
  await page.getByRole('button', { name: /^Fick produktrekommendation/ }).click();
  await expect(page.getByText('Den här händelsen har inte inträffat ännu.')).toBeVisible();
  await expect(page.getByText('Vänta 5 till 10 minuter.')).toBeVisible();
});

test('[K6] [G1] a segment is put together in a sentence and counted as it is made', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Segment', exact: true }).click();
  await expect(page.getByRole('button', { name: /Eskalerade de senaste 7 dagarna/ })).toContainText('4');
  await page.getByRole('button', { name: 'Nytt segment' }).click();
  await page.getByRole('combobox', { name: 'Händelse' }).click();
  await page.getByRole('option', { name: 'blivit eskalerade' }).click();
  await expect(page.getByRole('status').filter({ hasText: '5 kunder' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Namn' }).fill('Eskalerade någon gång');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByText('Segmentet sparat')).toBeVisible();
  await page.getByRole('button', { name: 'Alla segment' }).click();
  await expect(page.getByRole('button', { name: /Eskalerade någon gång/ })).toContainText('5');
});
