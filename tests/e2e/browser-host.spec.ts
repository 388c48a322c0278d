import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { type HostProcess, runHandoff, startHost, startServe } from '../support/host-process.ts';

let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handoff-e2e-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function dataIn(name: string): string {
  return path.join(folder, name);
}

function statusOf(address: string, host: string): Promise<number> {
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}

async function withHost<T>(
  data: string,
  more: readonly string[],
  work: (host: HostProcess) => Promise<T>,
): Promise<T> {
  const host = await startHost(data, more);
  try {
    return await work(host);
  } finally {
    await host.stop();
  }
}

test('[D1] the printed address shows the sample inbox; without its token it answers 401, elsewhere 403', async ({
  page,
}) => {
  await withHost(dataIn('sample'), [], async ({ address }) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/content security policy|trusted type/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(address);
    await expect(page.getByRole('grid', { name: 'Inbox' }).getByRole('row').first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Inbox, \d+ conversations/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('grid', { name: 'Inbox' }).getByRole('row').first()).toBeVisible();
    expect(violations).toEqual([]);
    const { origin, host } = new URL(address);
    expect((await fetch(origin)).status).toBe(401);
    expect((await fetch(`${origin}/?token=guess`)).status).toBe(403);
    expect(await statusOf(address, 'evil.test')).toBe(403);
    expect(await statusOf(address, host)).toBe(401);
  });
});

test('a name rebound to loopback reaches nothing, in a real browser', async ({ launchOptions }) => {
  await withHost(dataIn('sample'), [], async ({ address }) => {
    const url = new URL(address);
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP evil.test 127.0.0.1'],
    });
    const page = await browser.newPage();
    const answer = await page.goto(`http://evil.test:${url.port}/${url.search}`);
    expect(answer?.status()).toBe(403);
    const socket = await page.evaluate(
      (port) =>
        new Promise<string>((resolve) => {
          const line = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
          line.onopen = () => resolve('open');
          line.onerror = () => resolve('refused');
        }),
      url.port,
    );
    expect(socket).toBe('refused');
    await browser.close();
  });
});

test('[Y1] one engine a data directory: a second one says so and ends with 3', async () => {
  const data = dataIn('held');
  await withHost(data, [], async () => {
    const second = await runHandoff('list', '--json', '--data', data);
    expect(second.code).toBe(3);
    expect(second.output).toBe('');
    expect(second.errors).toMatch(
      /in use by another Handoff \(process \d+, since \d{4}-\d\d-\d\dT[\d:]{8}Z\)/,
    );
  });
  const after = await runHandoff('list', '--json', '--data', data);
  expect(after.code).toBe(0);
});

test('[D1] the sample opens in under five seconds of engine time, can be reset, and real work never is', async () => {
  const data = dataIn('sample');
  await withHost(data, [], async () => undefined);
  expect((await runHandoff('sample', 'reset', '--data', data)).code).toBe(0);
  const list = await runHandoff('list', '--json', '--data', data);
  expect((JSON.parse(list.output) as unknown[]).length).toBeGreaterThan(40);
  const real = dataIn('real');
  const file = path.join(folder, 'one.ndjson');
  const started = {
    id: 'e1',
    type: 'conversation.started',
    at: '2026-11-01T00:00:00Z',
    conversationId: 'c1',
    channel: 'email',
    profile: { id: 'u1' },
  };
  writeFileSync(file, `${JSON.stringify(started)}\n`);
  expect((await runHandoff('import', file, '--data', real)).code).toBe(0);
  const refused = await runHandoff('sample', 'reset', '--data', real);
  expect(refused.code).toBe(2);
  expect(refused.errors).toContain('does not hold the sample');
  expect((await runHandoff('show', 'c1', '--json', '--data', real)).code).toBe(0);
});

test('[D3] a second desk on a served workspace sees what the first one does', async ({ browser }) => {
  const data = dataIn('team');
  const tokens = [
    await runHandoff('agents', 'add', 'Mina Holm', '--data', data),
    await runHandoff('agents', 'add', 'Jon Park', '--data', data),
  ];
  const source = await runHandoff('sources', 'add', 'shop', '--data', data);
  const files = tokens.map(({ output }, index) => {
    const file = dataIn(`token-${index}`);
    writeFileSync(file, output);
    return file;
  });
  const server = await startServe(data);
  const at = '2026-11-01T09:00:00Z';
  const base = { at, conversationId: 'c1' };
  const events = [
    {
      ...base,
      id: 'e1',
      type: 'conversation.started',
      channel: 'email',
      profile: { id: 'u1', name: 'Customer One' },
    },
    {
      ...base,
      id: 'e2',
      type: 'message.posted',
      messageId: 'm1',
      author: { kind: 'customer' },
      text: 'Where is my parcel?',
    },
    { ...base, id: 'e3', type: 'conversation.escalated', reason: 'The parcel is lost.' },
  ];
  const posted = await fetch(`${server.address}/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.output.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(posted.status).toBe(200);
  const desk = async (index: number) =>
    startHost(dataIn(`desk-${index}`), ['--workspace', server.address, '--token-file', files[index] ?? '']);
  const desks = [await desk(0), await desk(1)];
  const pages = await Promise.all(
    desks.map(async ({ address }) => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(address);
      return page;
    }),
  );
  const [first, second] = pages;
  if (first === undefined || second === undefined) throw new Error('two pages were opened');
  await first.getByRole('row', { name: /Customer One/ }).click();
  await second.getByRole('row', { name: /Customer One/ }).click();
  await first.keyboard.press('i');
  await expect(second.getByRole('row', { name: /Customer One/ }).getByTitle('Mina Holm')).toBeVisible();
  await second.keyboard.press('i');
  await Promise.all(desks.map((host) => host.stop()));
  await server.stop();
});
