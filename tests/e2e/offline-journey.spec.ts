import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { WIRE_VERSION } from '../../src/protocol/version.ts';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';
import { type FaultProxy, startFaultProxy } from '../support/offline/fault-proxy.ts';

// A hand-off worked on a train, on a Korean screen: the link falls into a hole, work goes on and survives kills, others change
// the same conversation meanwhile, the link comes back flapping, and nothing is lost, doubled or changed in silence.
test.use({ locale: 'ko-KR', timezoneId: 'Asia/Seoul' });
test.setTimeout(240_000);

const REPLY = '안녕하세요, 배송 상황을 바로 확인해 드리겠습니다.';
const EDITED = '다행입니다! 더 필요하신 것이 있으면 말씀해 주세요.';

let root = '';
const running: HostProcess[] = [];
let proxy: FaultProxy;

test.beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'handoff-train-'));
  proxy = await startFaultProxy();
});

test.afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  await proxy.close();
  rmSync(root, { recursive: true, force: true });
});

interface Team {
  readonly address: string;
  readonly tokens: Readonly<Record<'jimin' | 'minsu' | 'lead' | 'shop', string>>;
}

async function tokenOf(...words: readonly string[]): Promise<string> {
  const added = await runHandoff(...words, '--data', path.join(root, 'workspace'));
  expect(added.code, added.errors).toBe(0);
  return added.output.trim();
}

async function startTeam(): Promise<Team> {
  const tokens = {
    jimin: await tokenOf('agents', 'add', 'Jimin'),
    minsu: await tokenOf('agents', 'add', 'Minsu'),
    lead: await tokenOf('agents', 'add', 'Lead', '--role', 'lead'),
    shop: await tokenOf('sources', 'add', 'shop'),
  };
  const served = await startServe(path.join(root, 'workspace'), ['--public-host', proxy.host]);
  running.push(served);
  proxy.setTarget(Number(new URL(served.address).port));
  return { address: served.address, tokens };
}

async function post(address: string, token: string, body: unknown): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

function ingest({ address, tokens }: Team, ...events: readonly object[]): Promise<void> {
  const whole = events.map((event) => ({ conversationId: 'train', at: new Date().toISOString(), ...event }));
  return post(`${address}/ingest`, tokens.shop, { events: whole });
}

/** Someone else changes the conversation, by a link of their own. */
function push({ address, tokens }: Team, who: 'minsu' | 'lead', name: string, args: object): Promise<void> {
  return post(`${address}/sync/push`, tokens[who], {
    version: WIRE_VERSION,
    clientId: `desk-${who}`,
    mutations: [{ mid: 1, name, args: { conversationId: 'train', ...args }, madeAt: Date.now() }],
  });
}

async function startDesk(page: Page, { tokens }: Team): Promise<HostProcess> {
  const file = path.join(root, 'jimin.token');
  writeFileSync(file, tokens.jimin);
  const host = await startHost(path.join(root, 'desk'), ['--workspace', proxy.origin, '--token-file', file]);
  running.push(host);
  await page.goto(host.address);
  await page.getByRole('row', { name: /김하늘/ }).click();
  return host;
}

async function flap(): Promise<void> {
  for (let time = 0; time < 10; time += 1) {
    proxy.setMode('pass');
    await new Promise((resolve) => {
      setTimeout(resolve, 120 + 40 * (time % 3));
    });
    proxy.setMode(time % 2 === 0 ? 'cut' : 'blackHole');
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
  }
  proxy.setMode('pass');
}

test('[Y1] [Y11] [Y12] [Y16] a hand-off worked on a train loses, doubles and silently changes nothing', async ({
  page,
}) => {
  const team = await startTeam();
  await ingest(
    team,
    { id: 'e1', type: 'conversation.started', channel: 'web_chat', profile: { id: 'kim', name: '김하늘' } },
    {
      id: 'e2',
      type: 'message.posted',
      messageId: 'm1',
      author: { kind: 'customer' },
      text: '배송이 안 왔어요',
    },
    { id: 'e3', type: 'conversation.escalated', reason: 'knowledge_gap' },
  );
  const first = await startDesk(page, team);
  const thread = page.locator('[data-pane="thread"]');
  const profile = page.locator('[data-pane="profile"]');
  const status = page.getByRole('button', { name: /^연결:/ });
  await expect(thread.getByRole('region', { name: '인계' })).toContainText('knowledge_gap');

  // The link is swallowed: no end, no answer. It is said in words, with the time, and nothing stands in the way.
  proxy.setMode('blackHole');
  await expect(status).toContainText(/부터 연결 안 됨/, { timeout: 20_000 });
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('i');
  await page.keyboard.press('p');
  await page.keyboard.press('1');
  await page.keyboard.press('t');
  await page.getByRole('combobox', { name: '태그' }).fill('배송지연');
  await page.keyboard.press('Enter');
  await expect(profile.getByText('배송지연')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: '태그' })).toBeHidden();
  await page.keyboard.press('r');
  const composer = page.getByRole('textbox', { name: /답장/ });
  await expect(composer).toBeFocused();
  await page.keyboard.type(REPLY);
  await page.keyboard.press('Escape');

  await expect(composer).toHaveValue(REPLY);
  // What was typed is on the disk within a moment.
  const log = path.join(root, 'desk/desk/outbox.db-wal');
  await expect.poll(() => readFileSync(log).includes(REPLY)).toBe(true);

  // Killed, and all of it is there again, marked as not yet elsewhere.
  await first.kill();
  const second = await startDesk(page, team);
  await expect(composer).toHaveValue(REPLY);
  await expect(profile.getByText('배송지연')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  for (const what of ['대화 맡기', '우선순위 변경', '태그 추가'])
    await expect(page.getByRole('listitem').filter({ hasText: what })).toContainText('대기 중');
  await page.getByRole('button', { name: '대화 열기' }).first().click();

  await page.keyboard.press('r');
  await page.keyboard.press('Control+Enter');
  await expect(thread.getByText(/대기 중 · \d+번째 · 오프라인/)).toBeVisible();
  await thread.getByRole('button', { name: '보내기 취소' }).click();
  await expect(composer).toHaveValue(REPLY);
  await composer.focus();
  await page.keyboard.press('Control+Enter');
  await expect(thread.getByText(/대기 중 · \d+번째 · 오프라인/)).toHaveCount(1);
  await second.kill();
  const third = await startDesk(page, team);
  await expect(thread.getByText(/대기 중 · \d+번째 · 오프라인/)).toHaveCount(1);

  // Meanwhile, elsewhere.
  await push(team, 'minsu', 'tag.add', { tag: 'VIP' });
  await ingest(team, {
    id: 'e4',
    type: 'message.posted',
    messageId: 'm2',
    author: { kind: 'customer' },
    text: '해결됐어요',
  });
  await push(team, 'lead', 'conversation.setPriority', { priority: 'low' });
  await flap();

  // Tags are a union, and that they were merged is said; the lead's word stands and is said; the reply waits beside what the customer wrote.
  const held = thread.getByRole('region', { name: '답장을 확인해 주세요' });
  await expect(held).toBeVisible({ timeout: 60_000 });
  await expect(held).toContainText(REPLY);
  await expect(held).toContainText('해결됐어요');
  await expect(profile.getByText('VIP', { exact: true })).toBeVisible();
  await expect(profile.getByText('배송지연', { exact: true })).toBeVisible();
  await expect(profile.getByText(/^Minsu 님이 .+ ‘태그’ 값을 바꾸었으며, .+ 내 값: 배송지연$/)).toBeVisible();
  await expect(page.getByText(/님이 .+에 설정해 유지되는 값은 낮음입니다/).first()).toBeVisible();

  await held.getByRole('button', { name: '편집' }).click();
  await held.getByRole('textbox').fill(EDITED);
  await held.getByRole('button', { name: /보내기/ }).click();
  await expect(held).toBeHidden();
  await expect(thread.getByText(EDITED)).toBeVisible();
  await expect(thread.getByText('전송됨').first()).toBeVisible();
  await third.stop();
  await Promise.all(running.splice(0).map((one) => one.stop()));

  const shown = await runHandoff('show', 'train', '--json', '--data', path.join(root, 'workspace'));
  const { messages, tags, priority } = JSON.parse(shown.output) as {
    readonly messages: readonly { readonly text: string }[];
    readonly tags: unknown;
    readonly priority: string;
  };
  expect(messages.map(({ text }) => text)).toEqual(['배송이 안 왔어요', '해결됐어요', EDITED]);
  expect(priority).toBe('low');
  expect(JSON.stringify(tags)).toContain('VIP');
  expect(JSON.stringify(tags)).toContain('배송지연');
});
