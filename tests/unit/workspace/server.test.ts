import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { routesOf } from '../../../src/workspace/server/routes.ts';
import { handedOver, said } from '../../support/workspace/events.ts';
import { openHouse, pushBody } from '../../support/workspace/house.ts';
import { ask, HOST, serve } from '../../support/workspace/served.ts';

const HELLO = { version: WIRE_VERSION };

describe('the way through', () => {
  test('[Y13] a source sends events, a desk learns of them, pushes, and pulls what changed', async () => {
    const { server, deskToken, sourceToken, agentId } = await serve();
    const sent = await ask(server, {
      path: '/ingest',
      token: sourceToken,
      body: { events: handedOver('c1') },
    });
    expect(sent.json()).toMatchObject({ accepted: 5, rejected: [] });
    const hello = await ask(server, { path: '/sync/hello', token: deskToken, body: HELLO });
    expect(hello.json()).toMatchObject({
      workspaceId: 'w-1',
      epoch: 'e-1',
      agentId,
      role: 'agent',
      version: WIRE_VERSION,
    });
    const base = { version: WIRE_VERSION, clientId: 'k' };
    const page = await ask(server, {
      path: '/sync/bootstrap',
      token: deskToken,
      body: { ...base, position: null, limit: 100 },
    });
    const { cursor } = page.json<{ cursor: object }>();
    const push = pushBody('k', 1, ['conversation.take', { conversationId: 'c1' }]);
    const pushed = await ask(server, { path: '/sync/push', token: deskToken, body: push });
    expect(pushed.json()).toMatchObject({ outcomes: [{ mid: 1, status: 'applied' }], lastMid: 1 });
    const pulled = await ask(server, { path: '/sync/pull', token: deskToken, body: { ...base, cursor } });
    expect(pulled.json()).toMatchObject({ kind: 'changes', lastMid: 1, tables: [{ table: 'conversation' }] });
    expect(pulled.headers['cache-control']).toBe('no-store');
  });

  test('health says nothing but that it lives', async () => {
    const { server } = await serve();
    const answer = await ask(server, { method: 'GET', path: '/health' });
    expect(answer.json()).toEqual({ status: 'ok', version: WIRE_VERSION });
  });

  test('large answers are compressed for those who take it', async () => {
    const { server, house, deskToken } = await serve();
    await house.ingest(...handedOver('c1'), said('c1', 'long', 'customer', 1, 'lorem ipsum '.repeat(8_000)));
    const asked = {
      path: '/sync/bootstrap',
      token: deskToken,
      body: { version: WIRE_VERSION, clientId: 'k', position: null, limit: 100 },
    };
    const plain = await ask(server, asked);
    const packed = await ask(server, { ...asked, headers: { 'accept-encoding': 'gzip, br' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 10);
    expect(gunzipSync(packed.rawPayload).toString('utf8')).toBe(plain.payload);
  });
});

describe('who may call what', () => {
  test('every route declares who may call it, and only health is for anyone', async () => {
    const house = await openHouse();
    const routes = routesOf(house.workspace);
    expect(routes.map((route) => [route.method, route.path, route.access])).toEqual([
      ['GET', '/health', 'anyone'],
      ['POST', '/sync/hello', 'desk'],
      ['POST', '/sync/push', 'desk'],
      ['POST', '/sync/pull', 'desk'],
      ['POST', '/sync/bootstrap', 'desk'],
      ['POST', '/sync/who', 'desk'],
      ['POST', '/ingest', 'source'],
    ]);
    for (const route of routes) expect(route.access === 'anyone' || route.limit !== null).toBe(true);
  });

  const GUARDED = ['/sync/hello', '/sync/push', '/sync/pull', '/sync/bootstrap', '/sync/who', '/ingest'];

  test.each(GUARDED)(
    '%s without a token, with a wrong one or one in a wrong form is unauthorized',
    async (path) => {
      const { server, deskToken } = await serve();
      for (const authorization of [
        undefined,
        'Bearer wrong',
        'Bearer ',
        deskToken,
        `Basic ${deskToken}`,
        `Bearer ${'x'.repeat(600)}`,
      ]) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await ask(server, { path, body: HELLO, headers });
        expect([answer.statusCode, answer.json()]).toEqual([401, { type: 'unauthorized' }]);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
    },
  );

  test.each(GUARDED)('%s with the other kind of token is forbidden', async (path) => {
    const { server, deskToken, sourceToken } = await serve();
    const token = path === '/ingest' ? deskToken : sourceToken;
    const answer = await ask(server, { path, token, body: HELLO });
    expect([answer.statusCode, answer.json()]).toEqual([403, { type: 'forbidden' }]);
  });

  test('a token in the address counts for nothing', async () => {
    const { server, deskToken } = await serve();
    const answer = await ask(server, { path: `/sync/hello?token=${deskToken}`, body: HELLO });
    expect(answer.statusCode).toBe(401);
  });

  test('[Y4] a desk pushes as the agent of its token, whatever it says', async () => {
    const { server, deskToken, agentId, house } = await serve();
    await house.ingest(...handedOver('c1'));
    const body = {
      ...pushBody('k', 1, ['conversation.take', { conversationId: 'c1' }]),
      agentId: 'boss',
      role: 'admin',
    };
    await ask(server, { path: '/sync/push', token: deskToken, body });
    const rows = (await house.rows())['conversation'] ?? [];
    expect(rows[0]).toContain(agentId);
  });
});

describe('strangers', () => {
  test.each(['evil.test', 'workspace.test.evil.test', 'workspace.test:81', '127.0.0.1', ''])(
    'the Host %j is refused, since a name may have been rebound to this address',
    async (host) => {
      const { server, deskToken } = await serve();
      for (const path of ['/health', '/sync/hello', '/nothing']) {
        const answer = await ask(server, { path, token: deskToken, body: HELLO, headers: { host } });
        expect([answer.statusCode, answer.json()]).toEqual([403, { type: 'forbidden' }]);
      }
    },
  );

  test.each([`http://${HOST}`, 'null', 'https://evil.test'])(
    'the Origin %j is refused: pages have no business here',
    async (origin) => {
      const { server, sourceToken } = await serve();
      const answer = await ask(server, {
        path: '/ingest',
        token: sourceToken,
        body: { events: [] },
        headers: { origin },
      });
      expect(answer.statusCode).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  test('a preflight gets no permission', async () => {
    const { server } = await serve();
    const headers = { origin: 'https://evil.test', 'access-control-request-method': 'POST' };
    const answer = await ask(server, { method: 'OPTIONS', path: '/ingest', headers });
    expect(answer.statusCode).toBe(403);
  });

  test.each(['//sync/hello', '/SYNC/HELLO', '/sync/hello/', '/sync%2fhello', '/sync/hello.', '/sync'])(
    'the spelling %s of a path is another path',
    async (path) => {
      const { server, deskToken } = await serve();
      const answer = await ask(server, { path, token: deskToken, body: HELLO });
      expect(answer.statusCode).toBe(404);
    },
  );

  test.each(['GET', 'PUT', 'DELETE'] as const)('%s on a route for POST is not found', async (method) => {
    const { server, deskToken } = await serve();
    const answer = await ask(server, { method, path: '/sync/hello', token: deskToken });
    expect([answer.statusCode, answer.json()]).toEqual([404, { type: 'notFound' }]);
  });
});

describe('bodies', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('a body of type %s is refused', async (type) => {
    const { server, sourceToken } = await serve();
    const answer = await ask(server, {
      path: '/ingest',
      token: sourceToken,
      body: '{"events":[]}',
      headers: { 'content-type': type },
    });
    expect([answer.statusCode, answer.json()]).toEqual([400, { type: 'badRequest', path: 'content-type' }]);
  });

  test.each(['', '{', 'null', '[]', '"x"', '{"events":', '{"__proto__":{"events":[]}}', '\ufeff{}'])(
    'the body %j is a bad request',
    async (body) => {
      const { server, sourceToken } = await serve();
      const answer = await ask(server, { path: '/ingest', token: sourceToken, body });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ type: 'badRequest' });
    },
  );

  test('a body over the limit is too large, known before it is read', async () => {
    const { server, deskToken } = await serve();
    const answer = await ask(server, {
      path: '/sync/pull',
      token: deskToken,
      body: { version: WIRE_VERSION, pad: 'x'.repeat(20_000) },
    });
    expect([answer.statusCode, answer.json()]).toEqual([413, { type: 'tooLarge' }]);
  });

  test('[Y14] another wire version is told which side is too old', async () => {
    const { server, deskToken } = await serve();
    const old = await ask(server, { path: '/sync/hello', token: deskToken, body: { version: 0 } });
    const fresh = await ask(server, {
      path: '/sync/pull',
      token: deskToken,
      body: { version: WIRE_VERSION + 1 },
    });
    expect([old.statusCode, old.json<{ type: string }>().type]).toEqual([426, 'deskTooOld']);
    expect([fresh.statusCode, fresh.json<{ type: string }>().type]).toEqual([501, 'workspaceTooOld']);
  });
});

describe('limits', () => {
  test('a token that asks too often has to wait; another token does not', async () => {
    const { server, house, deskToken, agentId } = await serve({ limits: { hello: 3 } });
    const second = await house.workspace.addDeskToken(agentId);
    if (!second.ok) throw new Error('not added');
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1)
      statuses.push((await ask(server, { path: '/sync/hello', token: deskToken, body: HELLO })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const limited = await ask(server, { path: '/sync/hello', token: deskToken, body: HELLO });
    expect(limited.json()).toEqual({ type: 'rateLimited' });
    expect(limited.headers['retry-after']).toBeDefined();
    expect(
      (await ask(server, { path: '/sync/hello', token: second.value.token, body: HELLO })).statusCode,
    ).toBe(200);
    expect(
      (await ask(server, { path: '/sync/push', token: deskToken, body: pushBody('k', 1) })).statusCode,
    ).toBe(200);
  });

  test('guessing tokens is slowed down by address, whatever is guessed', async () => {
    const { server, deskToken } = await serve({ limits: { failures: 4 } });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await ask(server, { path: '/ingest', token: `guess-${n}`, body: {} })).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    expect((await ask(server, { path: '/sync/hello', token: deskToken, body: HELLO })).statusCode).toBe(200);
  });

  test('a failure of ours is `internal`, logged, and says nothing of itself', async () => {
    const { server, house, deskToken } = await serve();
    await house.store.close();
    const answer = await ask(server, { path: '/sync/hello', token: deskToken, body: HELLO });
    expect([answer.statusCode, answer.json()]).toEqual([500, { type: 'internal' }]);
    expect(house.log).toMatchObject([{ type: 'requestFailed', route: '/sync/hello' }]);
    expect(JSON.stringify(house.log)).not.toContain(deskToken);
  });
});
