import { connect } from 'node:net';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { wireErrorSchema } from '../../../src/protocol/errors.ts';
import { ingestResponseSchema } from '../../../src/protocol/ingest.ts';
import { pushResponseSchema } from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { createWorkspaceServer, type WorkspaceServer } from '../../../src/workspace/server/server.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { allRows, countedSecrets, memoryStore, START } from '../../support/workspace/house.ts';
import { HOST } from '../../support/workspace/served.ts';
import { workspaceOver } from '../../../src/workspace/workspace.ts';
import { manualClock } from '../../../src/base/time.ts';
import type { Store } from '../../../src/workspace/store/store.ts';

const GENEROUS = { hello: 1e9, push: 1e9, pull: 1e9, bootstrap: 1e9, ingest: 1e9, failures: 1e9 };
const ROUTES = [
  '/sync/hello',
  '/sync/push',
  '/sync/pull',
  '/sync/bootstrap',
  '/sync/who',
  '/ingest',
] as const;

interface World {
  readonly store: Store;
  readonly server: WorkspaceServer;
  readonly tokens: Readonly<Record<'desk' | 'source', string>>;
  readonly faults: unknown[];
}
let world: World;

beforeAll(async () => {
  const store = memoryStore();
  const faults: unknown[] = [];
  const workspace = await workspaceOver(store, {
    clock: manualClock(START),
    newSecret: countedSecrets(),
    log: (event) => faults.push(event),
  });
  const agent = await workspace.addAgent({ name: 'Mina', role: 'agent', id: asId('mina') });
  const source = await workspace.addSource('shop');
  if (!agent.ok || !source.ok) throw new Error('not added');
  await workspace.ingest('shop', { events: handedOver('c1') });
  const server = await createWorkspaceServer(workspace, {
    log: (event) => faults.push(event),
    hosts: [HOST],
    limits: GENEROUS,
  });
  world = { store, server, tokens: { desk: agent.value.token, source: source.value.token }, faults };
  return async () => {
    await server.close();
    await workspace.close();
  };
});

async function send(path: string, payload: string | Buffer) {
  const token = path === '/ingest' ? world.tokens.source : world.tokens.desk;
  return world.server.app.inject({
    method: 'POST',
    url: path,
    headers: { host: HOST, 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload,
  });
}

/** What lies in the workspace, bookkeeping of desks apart. */
async function everything(): Promise<string> {
  return JSON.stringify([await allRows(world.store, asId('mina')), await world.store.head()]);
}

const route = fc.constantFrom(...ROUTES);
const json = fc.oneof(
  fc.jsonValue(),
  fc.record({
    version: fc.constantFrom(WIRE_VERSION, 0, 99),
    clientId: fc.anything(),
    mutations: fc.anything(),
  }),
  fc.record({
    version: fc.constant(WIRE_VERSION),
    clientId: fc.string(),
    cursor: fc.jsonValue(),
    position: fc.jsonValue(),
    limit: fc.jsonValue(),
  }),
);

describe('arbitrary input over HTTP', () => {
  test('bytes of any kind get a clear error and change nothing', async () => {
    const before = await everything();
    await fc.assert(
      fc.asyncProperty(route, fc.uint8Array({ maxLength: 300 }), async (path, bytes) => {
        const answer = await send(path, Buffer.from(bytes));
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode).toBeLessThan(500);
        expect(wireErrorSchema.safeParse(answer.json()).success).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(await everything()).toBe(before);
    expect(world.faults).toEqual([]);
  });

  test('JSON of any shape gets an answer of the protocol, never a failure of ours', async () => {
    const before = await everything();
    await fc.assert(
      fc.asyncProperty(route, json, async (path, value) => {
        const answer = await send(path, JSON.stringify(value) ?? 'null');
        expect(answer.statusCode).not.toBe(500);
        if (answer.statusCode >= 400) expect(wireErrorSchema.safeParse(answer.json()).success).toBe(true);
      }),
      { numRuns: 500, seed: 2 },
    );
    expect(await everything()).toBe(before);
    expect(world.faults).toEqual([]);
  });

  test('[Y13] events of any shape are turned away one by one, with their places', async () => {
    const before = await everything();
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: fc.string(),
        type: fc.constantFrom('message.posted', 'conversation.started', 'x'),
        at: fc.jsonValue(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
        const answer = ingestResponseSchema.parse((await send('/ingest', JSON.stringify({ events }))).json());
        expect(answer.rejected.map((one) => one.index)).toEqual(events.map((_, index) => index));
        expect(answer.accepted + answer.pending + answer.duplicates).toBe(0);
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(await everything()).toBe(before);
  });

  test('[Y4] mutations of any shape are refused one by one, and the counter goes on', async () => {
    const before = await everything();
    let mid = 0;
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 64 }),
      fc.constantFrom('message.send', 'tag.add', 'conversation.close'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, fc.jsonValue()), { minLength: 1, maxLength: 5 }),
        async (calls) => {
          const mutations = calls.map(([called, args]) => ({
            mid: (mid += 1),
            name: called,
            args,
            madeAt: 0,
          }));
          const body = { version: WIRE_VERSION, clientId: 'fuzz', mutations };
          const answer = pushResponseSchema.parse((await send('/sync/push', JSON.stringify(body))).json());
          expect(answer.lastMid).toBe(mid);
          expect(answer.outcomes.filter((one) => one.status === 'applied')).toEqual([]);
        },
      ),
      { numRuns: 200, seed: 4 },
    );
    expect(await everything()).toBe(before);
    expect(world.faults).toEqual([]);
  });

  test('raw bytes on the socket end the connection and nothing else', async () => {
    const { port } = await world.server.listen({ host: '127.0.0.1', port: 0 });
    const head = `Host: 127.0.0.1:${port}\r\nAuthorization: Bearer ${world.tokens.desk}\r\nContent-Type: application/json\r\n`;
    const lines = [
      'GET / HTTP/9.9\r\n\r\n',
      '\0\0\0\0',
      `POST /sync/hello HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
      `POST /sync/./hello HTTP/1.1\r\n${head}Content-Length: 13\r\nConnection: close\r\n\r\n{"version":${WIRE_VERSION}}`,
      `POST /sync/../ingest HTTP/1.1\r\n${head}Content-Length: 13\r\nConnection: close\r\n\r\n{"version":${WIRE_VERSION}}`,
      `GET /sync/poke HTTP/1.1\r\n${head}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      `GET /sync/poke HTTP/1.1\r\n${head}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n\r\n`,
    ];
    for (const line of lines) {
      const answer = await raw(port, line);
      expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
    }
    const good = `POST /sync/hello HTTP/1.1\r\n${head}Content-Length: 13\r\nConnection: close\r\n\r\n{"version":${WIRE_VERSION}}`;
    expect(await raw(port, good)).toMatch(/^HTTP\/1\.1 200/);
    expect(world.faults).toEqual([]);
  });
});

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
