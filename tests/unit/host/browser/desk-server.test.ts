import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Asset } from '../../../../src/host/browser/assets.ts';
import { type DeskServer, startDeskServer } from '../../../../src/host/browser/desk-server.ts';

const assets: ReadonlyMap<string, Asset> = new Map([
  [
    '/index.html',
    {
      type: 'text/html; charset=utf-8',
      body: Buffer.from('<p nonce="__CSP_NONCE__">hello</p>'),
      hashed: false,
    },
  ],
  ['/assets/a-1.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1'), hashed: true }],
]);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let server: DeskServer;
let greeted = 0;

/** A raw request: fetch would normalise the path and forbid the headers that a hostile client sets. */
function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

function tokenPath(): string {
  return server.address.slice(server.address.indexOf('/?'));
}

async function enter(): Promise<string> {
  const answer = await get(tokenPath());
  const cookie = answer.headers['set-cookie'];
  return (Array.isArray(cookie) ? (cookie[0] ?? '') : '').split(';')[0] ?? '';
}

function connect(headers: Readonly<Record<string, string>>, path = '/rpc'): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

beforeEach(async () => {
  greeted = 0;
  let secret = 0;
  server = await startDeskServer({
    port: 0,
    assets,
    newSecret: () => `secret-${(secret += 1)}`,
    onSocket: () => {
      greeted += 1;
    },
  });
});

afterEach(async () => {
  await server.close();
});

describe('the desk origin', () => {
  test('answers 401 without the token and 403 with a wrong one, and shows nothing', async () => {
    const without = await get('/');
    expect(without.status).toBe(401);
    expect(without.body).not.toContain('hello');
    expect((await get('/assets/a-1.js')).status).toBe(401);
    expect((await get('/?token=wrong')).status).toBe(403);
  });

  test('gives the page for the token, with a cookie that keeps reloads working', async () => {
    const first = await get(tokenPath());
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']).toEqual([expect.stringMatching(/; HttpOnly; SameSite=Strict$/)]);
    const cookie = await enter();
    const again = await get('/', { cookie });
    expect(again.status).toBe(200);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect((await get('/assets/a-1.js', { cookie })).headers['cache-control']).toContain('immutable');
  });

  test('every page has a strict policy with a nonce of its own', async () => {
    const cookie = await enter();
    const pages = [await get('/', { cookie }), await get('/', { cookie })];
    const nonces = pages.map((page) => /nonce="([^"]+)"/.exec(page.body)?.[1] ?? '');
    expect(nonces[0]).not.toBe('');
    expect(nonces[0]).not.toBe(nonces[1]);
    const policy = String(pages[0]?.headers['content-security-policy']);
    expect(policy).toContain(`'nonce-${nonces[0]}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(pages[0]?.headers['x-content-type-options']).toBe('nosniff');
  });

  test('a name rebound to loopback is turned away though it has the token', async () => {
    expect((await get(tokenPath(), { host: 'evil.test' })).status).toBe(403);
    expect((await get(tokenPath(), { host: `localhost:${server.port}` })).status).toBe(403);
    expect((await get(tokenPath(), { origin: 'http://evil.test' })).status).toBe(403);
  });

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/%00',
    '//etc/passwd',
    '/index.html/',
  ])('answers 404 to %s', async (path) => {
    const cookie = await enter();
    const answer = await get(path, { cookie });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toContain('"name"');
  });

  test('answers only reading', async () => {
    const cookie = await enter();
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
    expect((await get('/', { cookie }, 'DELETE')).status).toBe(405);
  });

  test('the socket opens for the cookie and our origin only', async () => {
    const cookie = await enter();
    const origin = `http://127.0.0.1:${server.port}`;
    expect(await connect({ cookie, origin })).toBe('open');
    expect(greeted).toBe(1);
    expect(await connect({ cookie, origin: 'http://evil.test' })).toBe(403);
    expect(await connect({ cookie })).toBe(403);
    expect(await connect({ origin })).toBe(401);
    expect(await connect({ cookie, origin, host: 'evil.test' })).toBe(403);
    expect(await connect({ cookie, origin }, '/other')).toBe(403);
    expect(greeted).toBe(1);
  });
});
