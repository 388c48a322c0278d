import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Poke } from '../../protocol/sync.ts';
import type { Workspace } from '../workspace.ts';
import { bearerToken, isWelcome } from './visitor.ts';

export const POKE_PATH = '/sync/poke';
const MAX_MESSAGE = 4 * 1024;
/** A desk that takes nothing in gets no more until it does; the next poke carries the newest head anyway. */
const MAX_BUFFERED = 64 * 1024;
const PING_INTERVAL = 30_000;
/** Sockets that have not said their token yet; more are turned away, so that strangers cannot pile up. */
const MAX_WAITING = 256;

/** A socket's first message, where its token did not come in the Authorization header. */
const firstMessageSchema = z.object({ token: z.string().min(1).max(512) });

export interface PokeOptions {
  readonly hosts: () => readonly string[];
  readonly interval: number;
  readonly patience: number;
}

export interface Pokes {
  /** Desks that listen now. */
  readonly size: number;
  close(): void;
}

/**
 * Tells desks over WebSocket that the log moved (Y8). A poke carries only the head; many commits make one. A token comes in
 * the Authorization header or the first message, never in the address.
 */
export function servePokes(server: Server, workspace: Workspace, options: PokeOptions): Pokes {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const desks = new Map<WebSocket, { alive: boolean }>();
  const waiting = new Set<WebSocket>();
  server.on('upgrade', (request, socket, head) => {
    // A socket that breaks before it is a WebSocket has nobody to tell.
    socket.on('error', () => socket.destroy());
    if (request.url !== POKE_PATH || !isWelcome(request.headers, options.hosts())) {
      turnAway(socket, request.url === POKE_PATH ? '403 Forbidden' : '404 Not Found');
      return;
    }
    if (waiting.size >= MAX_WAITING) {
      turnAway(socket, '503 Service Unavailable');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => greet(accepted, request));
  });

  const greet = (socket: WebSocket, request: IncomingMessage): void => {
    socket.on('error', () => socket.terminate());
    socket.on('close', () => desks.delete(socket));
    const inHeader = bearerToken(request.headers);
    if (inHeader !== null) {
      void admit(socket, inHeader);
      return;
    }
    const tired = setTimeout(() => socket.close(4408, 'timeout'), options.patience);
    const settle = (): void => {
      clearTimeout(tired);
      waiting.delete(socket);
    };
    waiting.add(socket);
    socket.on('close', settle);
    socket.once('message', (data) => {
      settle();
      const first = firstMessageSchema.safeParse(parseJson(data));
      if (first.success) void admit(socket, first.data.token);
      else socket.close(4400, 'badRequest');
    });
  };

  const admit = async (socket: WebSocket, token: string): Promise<void> => {
    try {
      const caller = await workspace.authenticate(token);
      if (caller?.kind !== 'desk') {
        socket.close(4401, 'unauthorized');
        return;
      }
      const head = await workspace.head();
      desks.set(socket, { alive: true });
      socket.on('pong', () => desks.set(socket, { alive: true }));
      send(socket, { head });
    } catch {
      socket.close(4500, 'internal');
    }
  };

  const poke = coalesced(options.interval, (head) => {
    for (const socket of desks.keys()) if (socket.bufferedAmount < MAX_BUFFERED) send(socket, { head });
  });
  const stopListening = workspace.onHead(poke.push);
  const pings = setInterval(() => pingAll(desks), PING_INTERVAL);
  return {
    get size() {
      return desks.size;
    },
    close: () => {
      stopListening();
      poke.stop();
      clearInterval(pings);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function send(socket: WebSocket, poke: Poke): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(poke));
}

function pingAll(desks: Map<WebSocket, { alive: boolean }>): void {
  for (const [socket, state] of desks) {
    if (!state.alive) {
      socket.terminate();
      continue;
    }
    state.alive = false;
    socket.ping();
  }
}

function turnAway(socket: Duplex, line: string): void {
  socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
  } catch {
    return undefined;
  }
}

/** The first head at once, later ones together after `interval`. */
function coalesced(
  interval: number,
  tell: (head: number) => void,
): { readonly push: (head: number) => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting: number | null = null;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = null;
      if (waiting === null) return;
      const head = waiting;
      waiting = null;
      tell(head);
      rest();
    }, interval);
  };
  return {
    push: (head) => {
      if (timer !== null) {
        waiting = head;
        return;
      }
      tell(head);
      rest();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
