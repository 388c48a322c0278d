import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';

// One lead, two computers, one colleague, one workspace that is served: from the figure to the threads that the AI did not
// resolve, a verdict for each, on with it elsewhere, a second opinion, and a list that the team shares. In Swedish.
test.describe.configure({ mode: 'serial', timeout: 90_000 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.now();
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** A moment on the day before today in UTC, so that it lies in the last seven days whatever the hour is. */
const yesterday = Math.floor(NOW / DAY) * DAY - 12 * HOUR;

interface Story {
  readonly id: string;
  readonly at: number;
  readonly channel?: string;
  readonly skill?: string;
  readonly tag?: string;
  /** The code of the hand-off's reason. */
  readonly reason?: string;
  readonly closedByCustomer?: boolean;
}

/** A question, the AI's answer a minute later, and how it went on. */
function story({
  id,
  at,
  channel = 'web_chat',
  skill = 'returns',
  tag,
  reason,
  closedByCustomer,
}: Story): object[] {
  const event = (number: number, offset: number, rest: object): object => ({
    id: `${id}-${number}`,
    at: new Date(at + offset).toISOString(),
    conversationId: id,
    ...rest,
  });
  const says = (number: number, offset: number, kind: string, text: string): object =>
    event(number, offset, { type: 'message.posted', messageId: `${id}-m${number}`, author: { kind }, text });
  const profile = { id: `kund-${id}`, name: `Kund ${id}` };
  return [
    event(1, -MINUTE, {
      type: 'conversation.started',
      channel,
      initialSkill: skill,
      language: 'sv',
      profile,
    }),
    says(2, -MINUTE, 'customer', `Fråga ${id}?`),
    says(3, 0, 'ai', `Svar ${id}.`),
    ...(tag === undefined ? [] : [event(4, 1, { type: 'conversation.tagged', tags: [tag], by: 'ai' })]),
    ...(reason === undefined
      ? []
      : [
          event(5, 2, {
            type: 'conversation.escalated',
            method: 'live',
            reasonCode: reason,
            reason: `Därför ${id}.`,
          }),
        ]),
    ...(closedByCustomer === true ? [event(6, 3, { type: 'conversation.closed', by: 'customer' })] : []),
  ];
}

const GAPS = 22;
const two = (number: number): string => String(number).padStart(2, '0');
const gap = (index: number): Story => ({
  id: `gap-${two(index)}`,
  at: yesterday + index * MINUTE,
  reason: 'knowledge_gap',
  skill: index < 10 ? 'returns' : 'sizes',
  channel: index < 15 ? 'web_chat' : 'email',
  ...(index < 6 ? { tag: 'leverans' } : {}),
});
const delivery = (index: number): Story => ({
  id: `lev-${two(index)}`,
  at: yesterday - HOUR + index * MINUTE,
  reason: 'delivery_lost',
  skill: 'delivery',
  tag: 'leverans',
});
const WINDOW = 48 * HOUR;
const SEED: readonly Story[] = [
  ...Array.from({ length: GAPS }, (_, index) => gap(index)),
  ...Array.from({ length: 8 }, (_, index) => delivery(index)),
  { id: 'stängd', at: NOW - 5 * MINUTE, closedByCustomer: true },
  // Minutes from the end of the window, on both sides: what the reader sees must not hang on how long a test runs.
  { id: 'strax-före', at: NOW - WINDOW + 30 * MINUTE },
  { id: 'strax-efter', at: NOW - WINDOW - MINUTE },
];

let data = '';
let server: HostProcess;
let source = '';
const hosts: HostProcess[] = [];
const inData = (name: string): string => path.join(data, name);

async function token(name: string): Promise<string> {
  const added = await runHandoff('agents', 'add', name, '--role', 'lead', '--data', inData('workspace'));
  expect(added.code, added.errors).toBe(0);
  const file = inData(`token-${name.replaceAll(' ', '-')}`);
  writeFileSync(file, added.output);
  return file;
}

const tokens = { lea: '', max: '' };

/** A desk of its own on the served workspace, its page in Swedish. */
async function deskOf(browser: Browser, who: keyof typeof tokens, computer: string): Promise<Page> {
  const host = await startHost(inData(computer), [
    '--workspace',
    server.address,
    '--token-file',
    tokens[who],
  ]);
  hosts.push(host);
  const context = await browser.newContext({
    locale: 'sv-SE',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(host.address);
  await expect(page.getByRole('grid').getByRole('row').first()).toBeVisible();
  return page;
}

async function ingest(stories: readonly Story[]): Promise<void> {
  const posted = await fetch(`${server.address}/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: stories.flatMap(story) }),
  });
  expect(posted.status).toBe(200);
}

let lea: Page;
let max: Page;

test.beforeAll(async ({ browser }) => {
  data = mkdtempSync(path.join(tmpdir(), 'handoff-lead-'));
  writeFileSync(inData('zone.json'), JSON.stringify({ zone: 'UTC' }));
  const workspace = inData('workspace');
  expect((await runHandoff('settings', 'import', inData('zone.json'), '--data', workspace)).code).toBe(0);
  writeFileSync(
    inData('events.ndjson'),
    SEED.flatMap(story)
      .map((event) => JSON.stringify(event))
      .join('\n'),
  );
  const imported = await runHandoff('import', inData('events.ndjson'), '--data', workspace);
  expect(imported.code, imported.errors).toBe(0);
  tokens.lea = await token('Lea Lind');
  tokens.max = await token('Max Berg');
  source = (await runHandoff('sources', 'add', 'butiken', '--data', workspace)).output.trim();
  server = await startServe(workspace);
  lea = await deskOf(browser, 'lea', 'lea-1');
  max = await deskOf(browser, 'max', 'max-1');
});

test.afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const rowCount = async (page: Page, count: number): Promise<void> =>
  expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count));
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const verdict = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });

test('[O2] [O3] the last seven days: both ends printed, the tiles with what they are made of', async () => {
  await press(lea, 'g', 'd');
  await expect(lea.getByRole('heading', { level: 1, name: 'Översikt' })).toBeVisible();
  await expect(lea.getByRole('combobox', { name: 'Period' })).toHaveText('Senaste 7 dagarna');
  await expect(lea.getByText('båda dagarna inräknade, i tidszonen UTC')).toBeVisible();
  await expect(lea.getByRole('group', { name: 'Total volym' })).toContainText('33');
  await expect(lea.getByRole('group', { name: 'Andel lösta av AI' })).toContainText('2 av 33');
  await expect(lea.getByRole('group', { name: 'Andel ej lösta av AI' })).toContainText('30 av 33');
  await expect(lea.getByText(/^Per \d/)).toBeVisible();
  expect((await new AxeBuilder({ page: lea }).withTags(WCAG).analyze()).violations).toEqual([]);
});

test('[O10] the bar of a reason opens its review, a link opens it again, typing narrows it with live counts', async () => {
  await lea
    .getByRole('list', { name: 'Varför AI:n lämnade över' })
    .getByRole('button', { name: /^AI:n kunde inte svaret 22/ })
    .click();
  await rowCount(lea, GAPS);
  await expect(lea.getByText('0/22')).toBeVisible();
  await lea.getByRole('button', { name: 'Kopiera länk till granskningen' }).click();
  await expect(lea.getByText('Kopierat').first()).toBeVisible();
  const again = await lea.context().newPage();
  await again.goto(await copied(lea));
  await expect(again.getByRole('heading', { level: 1, name: 'Ej lösta av AI' })).toBeVisible();
  await rowCount(again, GAPS);
  await expect(again.getByRole('list', { name: 'Filtrera' })).toContainText('AI:n kunde inte svaret');
  await again.close();

  await press(lea, 'f');
  await lea.getByRole('combobox', { name: 'Filtrera' }).fill('sizes');
  await expect(lea.getByRole('option')).toHaveText(/Färdighet sizes\s*12/);
  await lea.getByRole('combobox', { name: 'Filtrera' }).fill('kanal');
  await expect(lea.getByRole('option', { name: /E-post\s*7/ })).toBeVisible();
  await press(lea, 'Escape');

  // Label, channel, reason and skill, each with what reviewers found.
  await lea.getByRole('tab', { name: 'Resultat' }).click();
  for (const [title, first] of [
    ['Efter överlämningsorsak', /^AI:n kunde inte svaret 22/],
    ['Efter färdighet', /^sizes 12/],
    ['Efter kanal', /^Webbchatt 15/],
    ['Efter tagg', /^Ingen tagg 16/],
  ] as const) {
    const bars = lea.getByRole('list', { name: title });
    await expect(bars.getByRole('button').first()).toHaveAccessibleName(first);
  }
  await lea.getByRole('tab', { name: 'Att granska' }).click();
});

test('[O10] twenty threads by keys: verdicts, a note, a colleague to coach, one taken back', async () => {
  await expect(lea.locator('[data-pane="thread"]').getByText(/^Svar gap-/)).toBeVisible();
  for (let index = 0; index < 20; index += 1) {
    await press(lea, String((index % 5) + 1));
    await expect(lea.getByText(`${index + 1}/22`, { exact: true })).toBeVisible();
    if (index === 3) {
      await press(lea, 'Shift+N');
      await lea.keyboard.type('Svaret finns i storleksguiden.');
      await press(lea, 'Control+Enter');
      await press(lea, 'Shift+A');
      await lea.getByRole('option', { name: 'Max Berg' }).click();
      await expect(lea.getByRole('combobox', { name: 'För coachning' })).toHaveText('Max Berg');
    }
    if (index < 19) await press(lea, 'd');
  }
  await press(lea, 'z');
  await expect(lea.getByText('19/22', { exact: true })).toBeVisible();
  await press(lea, '5');
  await expect(lea.getByText('20/22', { exact: true })).toBeVisible();
});

test('[O10] on another computer it goes on where nothing has been found yet', async ({ browser }) => {
  const second = await deskOf(browser, 'lea', 'lea-2');
  await press(second, 'g', 'r');
  await expect(second.getByText('20/30', { exact: true })).toBeVisible();
  await expect(second.getByRole('row', { selected: true })).toContainText('Ej granskad');
  await press(second, '2');
  await expect(second.getByText('21/30', { exact: true })).toBeVisible();
  // The first computer hears of it.
  await press(lea, 'g', 'r');
  await lea.getByRole('button', { name: 'Ta bort filtret AI:n kunde inte svaret' }).click();
  await expect(lea.getByRole('list', { name: 'Filtrera' }).getByRole('listitem')).toHaveCount(1);
  await expect(lea.getByText('21/30', { exact: true })).toBeVisible();
  await second.context().close();
});

test('[O10] a second reviewer agrees once and once does not: the row says so, and the rate is a half', async () => {
  await press(max, 'g', 'r');
  const row = (name: string) => max.getByRole('row', { name: new RegExp(name) });
  // The newest gap was found first, with the first key; the next one with the second.
  await row('gap-21').click();
  await expect(max.getByRole('list', { name: 'Vad andra kom fram till' })).toContainText('Lea Lind');
  await press(max, '1');
  await expect(verdict(max, 'AI:n borde ha klarat det')).toHaveAttribute('aria-pressed', 'true');
  await row('gap-20').click();
  await press(max, '4');
  await expect(row('gap-20')).toContainText('1 annat omdöme');
  await expect(row('gap-21')).toContainText('+1 granskare');

  await lea.getByRole('tab', { name: 'Resultat' }).click();
  await expect(lea.getByText(/^Granskare överens\s*50\s%\s*1 av 2/)).toBeVisible();
  await lea.getByRole('tab', { name: 'Att granska' }).click();
  await expect(lea.getByRole('row', { name: /gap-20/ })).toContainText('1 annat omdöme');
});

test('[O5] [O6] [O7] the statuses of conversations whose story is known', async () => {
  await lea.getByRole('button', { name: /^Alla\b/ }).click();
  const thread = lea.locator('[data-pane="thread"]');
  const statusOf = async (name: string, status: string): Promise<void> => {
    await lea.getByRole('row', { name: new RegExp(`Kund ${name}`) }).click();
    await expect(thread.getByRole('heading', { name: `Kund ${name}` })).toBeVisible();
    await expect(thread.getByText(status, { exact: true })).toBeVisible();
  };
  await rowCount(lea, 33);
  // By their last message: what idled the longest stands at the end.
  await lea.getByRole('grid').focus();
  await press(lea, 'End');
  await statusOf('strax-efter', 'Löst av AI');
  await statusOf('strax-före', 'Hos AI:n');
  await lea.getByRole('grid').focus();
  await press(lea, 'Home');
  await statusOf('stängd', 'Löst av AI');
  await statusOf('gap-21', 'Ej löst av AI');
});

test('[O8] a view of the team: a colleague has it with a live count, and its link opens it', async () => {
  await press(lea, 'g', 'd');
  await lea.getByRole('tab', { name: 'Tagg' }).click();
  await lea.getByRole('button', { name: /^leverans 14/ }).click();
  await rowCount(lea, 14);
  await lea.getByRole('button', { name: 'Vyer och länk' }).click();
  await lea.getByRole('menuitem', { name: 'Spara den här vyn' }).click();
  const dialog = lea.getByRole('dialog', { name: 'Spara den här vyn' });
  await dialog.getByRole('textbox', { name: 'Namn' }).fill('Ej löst – leverans');
  await dialog.getByRole('combobox', { name: 'Vems' }).click();
  await lea.getByRole('option', { name: 'Hela teamets' }).click();
  await dialog.getByRole('button', { name: 'Spara' }).click();
  const entry = (page: Page, count: number) =>
    page.getByRole('button', { name: new RegExp(`^Ej löst – leverans, ${count} konversationer`) });
  await expect(entry(max, 14)).toBeVisible();
  await ingest([{ ...delivery(9), id: 'lev-ny' }]);
  await expect(entry(max, 15)).toBeVisible();
  await expect(entry(lea, 15)).toBeVisible();
  await entry(max, 15).click();
  await rowCount(max, 15);
  await max.getByRole('row', { name: /lev-ny/ }).click();
  const thread = max.locator('[data-pane="thread"]');
  await thread.getByRole('button', { name: /meddelanden med AI:n/ }).click();
  await expect(thread.getByText('Svar lev-ny.', { exact: true })).toBeVisible();
});
