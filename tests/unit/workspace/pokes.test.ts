import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ServerOptions } from '../../../src/workspace/server/options.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { type Served, serve } from '../../support/workspace/served.ts';

async function listening(
  options: Partial<ServerOptions> = {},
): Promise<Served & { readonly address: string }> {
  const served = await serve({ pokeInterval: 1, ...options });
  const { port } = await served.server.listen({ host: '127.0.0.1', port: 0 });
  return { ...served, address: `ws://127.0.0.1:${port}/sync/poke` };
}

function connect(address: string, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(address, { headers });
  onTestFinished(() => socket.terminate());
  return socket;
}

function heads(socket: WebSocket): { readonly seen: number[]; until(head: number): Promise<void> } {
  const seen: number[] = [];
  const waiting: { head: number; resolve: () => void }[] = [];
  socket.on('message', (data: Buffer) => {
    const { head } = JSON.parse(data.toString('utf8')) as { head: number };
    seen.push(head);
    for (const one of waiting) if (head >= one.head) one.resolve();
  });
  return {
    seen,
    until: (head) =>
      seen.some((one) => one >= head)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ head, resolve })),
  };
}

async function refusal(socket: WebSocket): Promise<string> {
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return String(response.statusCode);
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

describe('pokes', () => {
  test('[Y8] a desk hears the head at once, and each new one', async () => {
    const { address, deskToken, house } = await listening();
    const socket = connect(address, { authorization: `Bearer ${deskToken}` });
    const listener = heads(socket);
    await listener.until(1);
    await house.ingest(...handedOver('c1'));
    await listener.until(2);
    expect(listener.seen[0]).toBe(1);
  });

  test('[Y8] the token may come as the first message', async () => {
    const { address, deskToken } = await listening();
    const socket = connect(address);
    const listener = heads(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ token: deskToken }));
    await listener.until(1);
    expect(listener.seen).toEqual([1]);
  });

  test('[Y8] a poke carries the head and nothing else', async () => {
    const { address, deskToken } = await listening();
    const socket = connect(address, { authorization: `Bearer ${deskToken}` });
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(data.toString('utf8'))).toEqual({ head: 1 });
  });

  test('[Y8] many commits make few pokes, the last one with the newest head', async () => {
    const { address, deskToken, house } = await listening({ pokeInterval: 40 });
    const socket = connect(address, { authorization: `Bearer ${deskToken}` });
    const listener = heads(socket);
    await listener.until(1);
    for (let n = 0; n < 30; n += 1) await house.ingest(...handedOver(`c${n}`));
    await listener.until(31);
    expect(listener.seen.length).toBeLessThan(20);
    expect(listener.seen.at(-1)).toBe(31);
  });

  test.each(['wrong', ''])('the token %j as the first message closes the line', async (token) => {
    const { address } = await listening();
    const socket = connect(address);
    await once(socket, 'open');
    socket.send(JSON.stringify({ token }));
    expect(await closeCode(socket)).toBe(token === '' ? 4400 : 4401);
  });

  test('a source’s token does not listen', async () => {
    const { address, sourceToken } = await listening();
    expect(await closeCode(connect(address, { authorization: `Bearer ${sourceToken}` }))).toBe(4401);
  });

  test.each(['not json', '[]', '{"token":5}', '{}'])('the first message %j closes the line', async (text) => {
    const { address } = await listening();
    const socket = connect(address);
    await once(socket, 'open');
    socket.send(text);
    expect(await closeCode(socket)).toBe(4400);
  });

  test('a message larger than any token closes the line', async () => {
    const { address } = await listening();
    const socket = connect(address);
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send('x'.repeat(10_000));
    expect(await closeCode(socket)).toBe(1009);
  });

  test('one who says nothing is not waited for', async () => {
    const { address } = await listening({ pokePatience: 20 });
    expect(await closeCode(connect(address))).toBe(4408);
  });

  test('strangers who say nothing cannot pile up; a desk with its token comes in when they are gone', async () => {
    const { address, deskToken } = await listening();
    const silent = Array.from({ length: 256 }, () => connect(address));
    await Promise.all(silent.map((socket) => once(socket, 'open')));
    expect(await refusal(connect(address))).toBe('503');
    const gone = silent.map((socket) => once(socket, 'close'));
    for (const socket of silent) socket.close();
    await Promise.all(gone);
    const socket = connect(address, { authorization: `Bearer ${deskToken}` });
    await heads(socket).until(1);
  });

  test('a page’s Origin, another Host and another address are refused', async () => {
    const { address, deskToken } = await listening();
    const authorization = `Bearer ${deskToken}`;
    expect(await refusal(connect(address, { authorization, origin: 'http://evil.test' }))).toBe('403');
    expect(await refusal(connect(address, { authorization, host: 'evil.test' }))).toBe('403');
    expect(await refusal(connect(`${address}?token=${deskToken}`))).toBe('404');
    expect(await refusal(connect(address.replace('/poke', ''), { authorization }))).toBe('404');
  });

  test('closing the server closes its lines', async () => {
    const { address, deskToken, server } = await listening();
    const socket = connect(address, { authorization: `Bearer ${deskToken}` });
    await once(socket, 'message');
    const closed = closeCode(socket);
    await server.close();
    expect(await closed).toBe(1006);
  });
});
