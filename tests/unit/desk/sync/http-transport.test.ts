import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import { seededRng } from '../../../../src/base/rng.ts';
import { httpTransport } from '../../../../src/desk/sync/http-transport.ts';
import type { Scheduler } from '../../../../src/desk/sync/scheduler.ts';
import { WIRE_VERSION } from '../../../../src/protocol/version.ts';
import { createWorkspaceServer } from '../../../../src/workspace/server/server.ts';
import { escalated, openWorld, START } from '../../../support/desk/world.ts';

const realTimers: Scheduler = {
  after: (delay, work) => {
    const timer = setTimeout(work, delay);
    return () => clearTimeout(timer);
  },
  soon: (work) => {
    const timer = setImmediate(work);
    return () => clearImmediate(timer);
  },
};

function transportTo(origin: string, token: string, scheduler: Scheduler = realTimers) {
  const transport = httpTransport({ origin, token, scheduler, rng: seededRng(1) });
  onTestFinished(() => transport.close());
  return transport;
}

async function serve() {
  const world = await openWorld();
  const hired = await world.workspace.addAgent({ name: 'ada', role: 'agent' });
  if (!hired.ok) throw new Error(hired.error.type);
  const server = await createWorkspaceServer(world.workspace, { log: () => undefined });
  onTestFinished(() => server.close());
  const { origin } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { world, server, origin, ...hired.value };
}

/** A server that answers everything as it is told. */
async function stub(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('[Y8] [Y9] hello, bootstrap, pull and push cross HTTP, pokes cross a WebSocket', async () => {
  const { world, origin, token, agentId } = await serve();
  await world.ingest(...escalated('c1'));
  const transport = transportTo(origin, token);
  expect(await transport.hello()).toMatchObject({ ok: true, value: { agentId, version: WIRE_VERSION } });
  const request = { version: WIRE_VERSION, clientId: 'desk-1' };
  const page = await transport.bootstrap({ ...request, position: null, limit: 5_000 });
  if (!page.ok) throw new Error(page.error.type);
  expect(page.value.tables.flatMap((rows) => rows.puts).length).toBeGreaterThan(4);
  const take = { name: 'conversation.take', args: { conversationId: 'c1' } };
  expect(await transport.who?.({ ...request, ...take })).toMatchObject({ ok: true, value: { by: null } });
  expect(await transport.pull({ ...request, cursor: page.value.cursor })).toMatchObject({
    ok: true,
    value: { kind: 'changes', tables: [] },
  });
  const poked = new Promise<number>((resolve) => {
    const first = page.value.cursor.seq;
    transport.listen(
      ({ head }) => {
        if (head > first) resolve(head);
      },
      (up) => {
        const args = { conversationId: 'c1', tag: 'refund' };
        const mutations = [{ mid: 1, name: 'tag.add', args, madeAt: 1 }];
        if (up) void transport.push({ ...request, mutations });
      },
    );
  });
  expect(await poked).toBeGreaterThan(page.value.cursor.seq);
});

test('[Y14] a wrong token and an old wire come back as what they are', async () => {
  const { origin, token } = await serve();
  expect(await transportTo(origin, 'nobody').hello()).toEqual({ ok: false, error: { type: 'unauthorized' } });
  const old = { version: 0, clientId: 'desk-1', position: null, limit: 1 };
  const answer = await transportTo(origin, token).bootstrap(old);
  expect(answer).toMatchObject({ ok: false, error: { type: 'deskTooOld' } });
});

test('no server, a page instead of an answer, and a wrong answer are error values', async () => {
  const portal = await stub((_request, response) => response.end('<html>Log in to the hotel</html>'));
  expect(await transportTo(portal, 't').hello()).toMatchObject({ ok: false, error: { type: 'unavailable' } });
  const confused = await stub((_request, response) => response.end('{"agentId": 7}'));
  expect(await transportTo(confused, 't').hello()).toMatchObject({ ok: false, error: { type: 'internal' } });
  const broken = await stub((_request, response) => response.writeHead(502).end('bad gateway'));
  expect(await transportTo(broken, 't').hello()).toEqual({ ok: false, error: { type: 'unavailable' } });
  const busy = await stub((_request, response) => response.writeHead(429).end(''));
  expect(await transportTo(busy, 't').hello()).toEqual({ ok: false, error: { type: 'rateLimited' } });
  expect(await transportTo('http://127.0.0.1:9', 't').hello()).toEqual({
    ok: false,
    error: { type: 'unavailable' },
  });
});

test('rows of the wrong length are refused before they reach the replica', async () => {
  const cursor = { epoch: 'e', seq: 1, chain: 'c' };
  const page = { cursor, next: null, totalRows: 1, lastMid: 0, now: 1 };
  const tables = [{ table: 'setting', puts: [['key', 'value', 'more']], deletes: [] }];
  const origin = await stub((_request, response) => response.end(JSON.stringify({ ...page, tables })));
  const answer = await transportTo(origin, 't').bootstrap({
    version: WIRE_VERSION,
    clientId: 'd',
    position: null,
    limit: 1,
  });
  expect(answer).toMatchObject({ ok: false, error: { type: 'internal', path: 'tables.0' } });
});

test('an answer that never comes is a timeout, and closing ends what waits', async () => {
  const held = await stub(() => undefined);
  let fire: (() => void) | null = null;
  const byHand: Scheduler = {
    after: (_delay, work) => {
      fire = work;
      return () => undefined;
    },
    soon: realTimers.soon,
  };
  const waiting = transportTo(held, 't', byHand).hello();
  must<() => void>(fire, 'the timeout')();
  expect(await waiting).toEqual({ ok: false, error: { type: 'timeout' } });
  const transport = transportTo(held, 't');
  const cut = transport.hello();
  transport.close();
  expect(await cut).toEqual({ ok: false, error: { type: 'cancelled' } });
  expect(await transport.hello()).toEqual({ ok: false, error: { type: 'cancelled' } });
});

test('[Y8] renewed, what hangs fails as unanswered, and the next request goes', async () => {
  let isHeld = true;
  const origin = await stub((_request, response) => {
    if (!isHeld) response.writeHead(429).end();
  });
  const transport = transportTo(origin, 't');
  const hung = transport.hello();
  isHeld = false;
  transport.renew?.();
  expect(await hung).toEqual({ ok: false, error: { type: 'unavailable' } });
  expect(await transport.hello()).toEqual({ ok: false, error: { type: 'rateLimited' } });
});

test('[Y8] renewed, pokes come over a new socket, and the link is not told to be down in between', async () => {
  const { world, origin, token } = await serve();
  const transport = transportTo(origin, token);
  const seen: boolean[] = [];
  const pokes: (() => void)[] = [];
  const poked = () => new Promise<void>((resolve) => pokes.push(resolve));
  const first = poked();
  transport.listen(
    () => pokes.shift()?.(),
    (isUp) => seen.push(isUp),
  );
  await first;
  const second = poked();
  transport.renew?.();
  await second;
  const third = poked();
  await world.ingest(...escalated('c9', START + 1));
  await third;
  expect(seen).toEqual([true]);
});

test('[Y8] a link that goes is told, and found again by itself', async () => {
  const { server, world, origin, token } = await serve();
  const transport = transportTo(origin, token);
  const seen: boolean[] = [];
  const changes: (() => void)[] = [];
  const changed = () => new Promise<void>((resolve) => changes.push(resolve));
  const up = changed();
  transport.listen(
    () => undefined,
    (isUp) => {
      seen.push(isUp);
      changes.shift()?.();
    },
  );
  await up;
  const down = changed();
  await server.close();
  await down;
  const back = changed();
  const again = await createWorkspaceServer(world.workspace, { log: () => undefined });
  onTestFinished(() => again.close());
  await again.listen({ host: '127.0.0.1', port: Number(new URL(origin).port) });
  await back;
  expect(seen).toEqual([true, false, true]);
});
