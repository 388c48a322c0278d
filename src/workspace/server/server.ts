import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WireError } from '../../protocol/errors.ts';
import type { Caller } from '../auth.ts';
import { errorText } from '../log-events.ts';
import { addSurveyRoutes, isSurveyPath } from '../messenger/survey-routes.ts';
import type { Workspace } from '../workspace.ts';
import { compressAnswers } from './compress.ts';
import { DEFAULT_RATE_LIMITS, type RateLimits, type ServerOptions, SYNC_BODY } from './options.ts';
import { type Pokes, servePokes } from './pokes.ts';
import { answerRoute, type Route, routesOf } from './routes.ts';
import { bearerToken, isWelcome, loopbackHosts } from './visitor.ts';
import { statusOf } from './wire-status.ts';

/**
 * The workspace origin: `/sync` for desks, `/ingest` for sources, `/health`; no browser is let in. With `pages`, customers'
 * pages stand beside them, which anyone with a link may open.
 */
export interface WorkspaceServer {
  /** The app, for tests that inject requests. Its Host is then `options.hosts`. */
  readonly app: FastifyInstance;
  /** Binds; port 0 takes a free one. Answers the origin, `http://127.0.0.1:PORT`. */
  listen(where: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly origin: string; readonly port: number }>;
  /** Ends every connection. The workspace stays open. */
  close(): Promise<void>;
}

/** Makes the server over a workspace; nothing listens yet. */
export async function createWorkspaceServer(
  workspace: Workspace,
  options: ServerOptions,
): Promise<WorkspaceServer> {
  const app = Fastify({
    logger: false,
    bodyLimit: SYNC_BODY,
    requestTimeout: 60_000,
    forceCloseConnections: true,
  });
  const bound: string[] = [];
  const hosts = (): readonly string[] => [...bound, ...(options.hosts ?? [])];
  refuseStrangers(app, hosts);
  onlyJson(app);
  compressAnswers(app);
  answerErrors(app, options);
  await app.register(rateLimit, { global: false });
  const limits = { ...DEFAULT_RATE_LIMITS, ...options.limits };
  addRoutes(app, workspace, limits);
  if (options.pages !== undefined)
    await addSurveyRoutes(app, workspace, { pages: options.pages, log: options.log, limits });
  const pokes: Pokes = servePokes(app.server, workspace, {
    hosts,
    interval: options.pokeInterval ?? 50,
    patience: options.pokePatience ?? 10_000,
  });
  return {
    app,
    listen: async (where) => {
      await app.listen({ host: where.host, port: where.port });
      const { port } = app.server.address() as AddressInfo;
      bound.push(...loopbackHosts(port), `${where.host}:${port}`.toLowerCase());
      return { origin: `http://${where.host.includes(':') ? `[${where.host}]` : where.host}:${port}`, port };
    },
    close: async () => {
      pokes.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function refuseStrangers(app: FastifyInstance, hosts: () => readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (!isSurveyPath(request.url) && !isWelcome(request.headers, hosts()))
      return refuse(reply, { type: 'forbidden' });
    return undefined;
  });
}

/** Bodies are JSON under its own name: a page's plain form or text post never parses. */
function onlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}

function answerErrors(app: FastifyInstance, options: ServerOptions): void {
  app.setNotFoundHandler((_request, reply) => refuse(reply, { type: 'notFound' }));
  app.setErrorHandler((error: unknown, request, reply) => {
    const known = clientError(error);
    if (known !== null) return refuse(reply, known);
    options.log({
      type: 'requestFailed',
      route: request.routeOptions.url ?? 'unknown',
      error: errorText(error),
    });
    return refuse(reply, { type: 'internal' });
  });
}

/** What a caller did wrong before any route saw it; null for what is ours. */
function clientError(error: unknown): WireError | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  switch (error.statusCode) {
    case 413:
      return { type: 'tooLarge' };
    case 415:
      return { type: 'badRequest', path: 'content-type' };
    case 429:
      return { type: 'rateLimited' };
    case 400:
      return { type: 'badRequest', path: '' };
    default:
      return null;
  }
}

function refuse(reply: FastifyReply, error: WireError): FastifyReply {
  if (error.type === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  return reply.code(statusOf(error.type)).send(error);
}

function addRoutes(app: FastifyInstance, workspace: Workspace, limits: RateLimits): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  const failures = app.createRateLimit({
    max: limits.failures,
    timeWindow: 60_000,
    keyGenerator: (request) => `failure ${request.ip}`,
  });
  for (const route of routesOf(workspace)) {
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimit,
      ...(route.limit === null ? {} : { config: { rateLimit: limitOf(limits[route.limit], route) } }),
      // Before the body is read: nobody unknown makes us take in 32 MiB.
      onRequest: async (request, reply) => {
        if (route.access === 'anyone') return undefined;
        const token = bearerToken(request.headers);
        const caller = token === null ? null : await workspace.authenticate(token);
        if (caller === null) {
          const failure = await failures(request);
          const isTooMany = !failure.isAllowed && failure.isExceeded;
          return refuse(reply, { type: isTooMany ? 'rateLimited' : 'unauthorized' });
        }
        if (caller.kind !== route.access) return refuse(reply, { type: 'forbidden' });
        callers.set(request, caller);
        return undefined;
      },
      handler: async (request, reply) => {
        const answer = await answerRoute(route, callers.get(request) ?? null, request.body);
        return answer.ok ? reply.send(answer.value) : refuse(reply, answer.error);
      },
    });
  }
}

/** Counted by token, after it was found to be right. */
function limitOf(max: number, route: Route) {
  return {
    max,
    timeWindow: 60_000,
    hook: 'preParsing',
    keyGenerator: (request: FastifyRequest) => `${route.path} ${bearerToken(request.headers) ?? request.ip}`,
  } as const;
}
