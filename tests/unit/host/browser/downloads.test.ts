import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDownloads } from '../../../../src/host/browser/downloads.ts';
import { startDeskServer } from '../../../../src/host/browser/desk-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function secrets(): () => string {
  let made = 0;
  return () => `secret-${(made += 1)}`;
}

function file(name: string, text = 'cells') {
  const path = join(tempDir(), name);
  writeFileSync(path, text);
  return { path, fileName: name };
}

test('a path answers once', () => {
  const downloads = createDownloads(secrets());
  const path = downloads.offer(file('a.xlsx'));
  expect(path).toBe('/exports/secret-1');
  const taken = downloads.take(path);
  expect(taken).toMatchObject({ name: 'a.xlsx', bytes: 5 });
  expect(taken?.type).toContain('spreadsheetml');
  expect(downloads.take(path)).toBeNull();
  expect(downloads.take('/exports/guess')).toBeNull();
});

test('a file that went away is nothing', () => {
  const downloads = createDownloads(secrets());
  const gone = file('a.zip');
  const path = downloads.offer(gone);
  rmSync(gone.path);
  expect(downloads.take(path)).toBeNull();
});

test('of many paths that nobody followed the oldest are forgotten', () => {
  const downloads = createDownloads(secrets());
  const paths = Array.from({ length: 60 }, () => downloads.offer(file('a.jsonl')));
  expect(paths.map((path) => downloads.take(path) !== null).filter(Boolean)).toHaveLength(50);
});

test('the desk origin serves it behind its gate alone, as a file to keep, and once', async () => {
  const newSecret = secrets();
  const downloads = createDownloads(newSecret);
  const server = await startDeskServer({
    port: 0,
    assets: new Map(),
    newSecret,
    downloads,
    onSocket: () => undefined,
  });
  try {
    const path = downloads.offer(file('handoff-2026-11-21.xlsx'));
    const origin = new URL(server.address).origin;
    // Without the cookie it is not even looked for: the path still answers afterwards.
    expect((await fetch(`${origin}${path}`)).status).toBe(401);
    const entered = await fetch(server.address);
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(`${origin}${path}`, { method: 'HEAD', headers: { cookie } })).status).toBe(404);
    const answer = await fetch(`${origin}${path}`, { headers: { cookie } });
    expect(await answer.text()).toBe('cells');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="handoff-2026-11-21.xlsx"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${origin}${path}`, { headers: { cookie } })).status).toBe(404);
  } finally {
    await server.close();
  }
});
