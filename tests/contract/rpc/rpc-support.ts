import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { must } from '../../../src/base/must.ts';
import { nodePort, wsPort } from '../../../src/host/rpc/ports.ts';
import { type RpcService, type RpcSession, serveRpc } from '../../../src/host/rpc/rpc-server.ts';
import { type Handlers, WireFailure } from '../../../src/protocol/rpc/handlers.ts';
import { method } from '../../../src/protocol/rpc/method.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import { openWebSocket } from '../../../renderer/desk/engine/ports.ts';

export const contract = {
  echo: method<unknown>()(z.object({ value: z.unknown() })),
  add: method<number>()(z.object({ a: z.number(), b: z.object({ c: z.number() }) })),
  /** Answers when it is cancelled, or never. */
  wait: method<string>()(z.object({}), 5_000),
  refuse: method<null>()(z.object({})),
  fail: method<null>()(z.object({})),
  nothing: method<unknown>()(z.object({})),
};
export type TestContract = typeof contract;
export const topics = ['list', 'thread'] as const;

export interface Line {
  readonly client: RpcPort;
  readonly server: RpcPort;
}

/** Two ends in this process that copy what they carry, as real ports do; delivered a microtask later. */
export function memoryLine(): Line {
  const ends = [0, 1].map(() => ({
    receive: (_message: unknown) => {},
    closed: [] as (() => void)[],
    queue: [] as unknown[],
  }));
  let open = true;
  const port = (self: number): RpcPort => {
    const mine = must(ends[self], 'end');
    const other = must(ends[1 - self], 'end');
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        if (open) queueMicrotask(() => other.receive(copy));
      },
      onMessage: (receive) => {
        mine.receive = receive;
      },
      onClose: (closed) => {
        mine.closed.push(closed);
      },
      close: () => {
        if (!open) return;
        open = false;
        queueMicrotask(() => {
          for (const end of ends) for (const closed of end.closed) closed();
        });
      },
    };
  };
  return { client: port(0), server: port(1) };
}

/** A channel of Node's worker threads. */
export function channelLine(): Line {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  return { client: nodePort(port1), server: nodePort(port2) };
}

/** A real WebSocket on loopback: the browser's client side, the host's server side. */
export async function socketLine(): Promise<Line> {
  const { url, accepted } = await listening();
  const client = await openWebSocket(url);
  return { client, server: wsPort(await accepted) };
}

/** A real WebSocket on loopback whose client may send anything. */
export async function rawSocket(
  maxBytes: number,
): Promise<{ readonly server: RpcPort; readonly raw: WebSocket }> {
  const { url, accepted } = await listening();
  const raw = new WebSocket(url);
  const server = wsPort(await accepted, maxBytes);
  if (raw.readyState !== WebSocket.OPEN) await once(raw, 'open');
  return { server, raw };
}

/** A WebSocket server on a free port of loopback, gone after the test. */
export async function listening(): Promise<{
  readonly url: string;
  readonly accepted: Promise<ServerSocket>;
}> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accepted = new Promise<ServerSocket>((resolve) => server.once('connection', resolve));
  return { url: `ws://127.0.0.1:${address.port}`, accepted };
}

export interface Served {
  readonly session: RpcSession;
  /** How many `wait` calls run, were cancelled. */
  readonly waits: { started: number; cancelled: number; onChange: () => void };
  readonly reported: { readonly thrown: unknown; readonly method: string }[];
}

/** Serves the test contract on a port. */
export function served(port: RpcPort, options: Partial<RpcService<TestContract>> = {}): Served {
  const waits = { started: 0, cancelled: 0, onChange: () => {} };
  const reported: { thrown: unknown; method: string }[] = [];
  const handlers: Handlers<TestContract> = {
    echo: ({ value }) => value,
    add: async ({ a, b }) => a + b.c,
    wait: (_input, cancellation) =>
      new Promise((resolve) => {
        waits.started += 1;
        cancellation.addEventListener('abort', () => {
          waits.cancelled += 1;
          resolve('too late');
          waits.onChange();
        });
        waits.onChange();
      }),
    refuse: () => new WireFailure({ type: 'notFound', path: 'conversationId', detail: { id: 'c1' } }),
    fail: () => {
      throw new Error('a secret path: /home/someone');
    },
    nothing: () => undefined,
  };
  const session = serveRpc(port, {
    contract,
    handlers,
    topics,
    report: (thrown, name) => {
      reported.push({ thrown, method: name });
      return `e${reported.length}`;
    },
    ...options,
  });
  return { session, waits, reported };
}

/** Resolves when `waits` satisfies `condition`. */
export function until(waits: Served['waits'], condition: (waits: Served['waits']) => boolean): Promise<void> {
  return new Promise((resolve) => {
    waits.onChange = () => {
      if (condition(waits)) resolve();
    };
    waits.onChange();
  });
}
