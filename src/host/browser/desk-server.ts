import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  contentSecurityPolicy,
  NONCE_PLACEHOLDER,
  SECURITY_HEADERS,
} from '../../protocol/page/content-security.ts';
import { MAX_FRAME_BYTES } from '../../protocol/rpc/frames.ts';
import type { Asset } from './assets.ts';
import type { Download, Downloads } from './downloads.ts';
import { createGate, type Gate, readCookie, sessionCookie, type Verdict, type Visitor } from './gate.ts';

export interface DeskServer {
  /** The address to open, with its token. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface DeskServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly newSecret: () => string;
  /** Finished exports; none without it. */
  readonly downloads?: Downloads;
  /** Serves the contract on a screen's socket. */
  readonly onSocket: (socket: WebSocket) => void;
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function visitorOf(request: IncomingMessage, cookieName: string): Visitor {
  const url = new URL(request.url ?? '/', 'http://handoff.invalid');
  return {
    host: request.headers.host,
    origin: firstOf(request.headers.origin),
    cookie: readCookie(request.headers.cookie, cookieName),
    token: url.searchParams.get('token') ?? undefined,
  };
}

const REFUSALS: Readonly<Record<'unauthorized' | 'forbidden', { status: number; text: string }>> = {
  unauthorized: { status: 401, text: 'Handoff: open the address that was printed when Handoff started.\n' },
  forbidden: { status: 403, text: 'Handoff: this address is not answered here.\n' },
};

function refuse(reply: FastifyReply, verdict: 'unauthorized' | 'forbidden'): FastifyReply {
  const { status, text } = REFUSALS[verdict];
  return reply.code(status).type('text/plain; charset=utf-8').send(text);
}

function sendPage(reply: FastifyReply, page: Asset): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('cache-control', 'no-store')
    .type(page.type)
    .send(page.body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce));
}

/** Always a file to keep, whatever it holds: never a page of this origin. */
function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${download.name}"`)
    .header('content-length', download.bytes)
    .type(download.type)
    .send(download.open());
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  gate: Gate,
  { assets, downloads }: Pick<DeskServerOptions, 'assets' | 'downloads'>,
): FastifyReply {
  const verdict = gate.judge(visitorOf(request.raw, gate.cookieName));
  reply.headers(SECURITY_HEADERS);
  if (verdict === 'unauthorized' || verdict === 'forbidden') return refuse(reply, verdict);
  if (verdict === 'enter') reply.header('set-cookie', sessionCookie(gate));
  const path = new URL(request.raw.url ?? '/', gate.origin).pathname;
  const download = request.method === 'GET' ? (downloads?.take(path) ?? null) : null;
  if (download !== null) return sendDownload(reply, download);
  const asset = assets.get(path === '/' ? '/index.html' : path);
  if (asset === undefined)
    return reply.code(404).type('text/plain').send('Handoff: there is nothing here.\n');
  if (asset.type.startsWith('text/html')) return sendPage(reply, asset);
  const caching = asset.hashed ? 'private, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', caching).type(asset.type).send(asset.body);
}

function refuseSocket(socket: Duplex, verdict: Verdict): void {
  const line = verdict === 'unauthorized' ? '401 Unauthorized' : '403 Forbidden';
  socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function attachSockets(
  app: FastifyInstance,
  gate: () => Gate,
  onSocket: (socket: WebSocket) => void,
): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  app.server.on('upgrade', (request, socket, head) => {
    const own = gate();
    const verdict = own.judgeSocket(visitorOf(request, own.cookieName));
    const path = new URL(request.url ?? '/', own.origin).pathname;
    if (path !== '/rpc' || verdict !== 'pass') {
      refuseSocket(socket, path === '/rpc' ? verdict : 'forbidden');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => onSocket(accepted));
  });
  return sockets;
}

/**
 * The desk origin: the built renderer and `/rpc`, on 127.0.0.1 only, behind the gate. Answers GET and HEAD of files it holds
 * in memory; everything else is 404 or 405. The bound port is part of the gate, so the gate is made once it is known.
 */
export async function startDeskServer(options: DeskServerOptions): Promise<DeskServer> {
  const app = Fastify({ logger: false, bodyLimit: 1024 });
  let gate: Gate | null = null;
  const theGate = (): Gate => {
    if (gate === null) throw new Error('invariant broken: a request before the port was known');
    return gate;
  };
  app.get('*', (request, reply) => answer(request, reply, theGate(), options));
  app.setNotFoundHandler((_request, reply) =>
    reply.code(405).headers(SECURITY_HEADERS).type('text/plain').send('Handoff: only GET.\n'),
  );
  const sockets = attachSockets(app, theGate, options.onSocket);
  await app.listen({ host: '127.0.0.1', port: options.port });
  const { port } = app.server.address() as AddressInfo;
  gate = createGate(port, options.newSecret(), options.newSecret());
  return {
    address: gate.address,
    port,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
