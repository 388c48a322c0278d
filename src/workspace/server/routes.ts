import { err, ok, type Result } from '../../base/result.ts';
import type { WireError } from '../../protocol/errors.ts';
import { WIRE_VERSION } from '../../protocol/version.ts';
import type { Caller } from '../auth.ts';
import { checkVersion } from '../wire.ts';
import type { Workspace } from '../workspace.ts';
import { INGEST_BODY, type RateLimits, SYNC_BODY } from './options.ts';

/** A route as data. Who may call it is a required field: a route without it does not compile. */
export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly bodyLimit: number;
} & (
  | {
      readonly access: 'anyone';
      readonly limit: null;
      readonly answer: () => Result<unknown, WireError>;
    }
  | {
      readonly access: 'desk';
      readonly limit: keyof RateLimits;
      readonly answer: (caller: DeskCaller, body: unknown) => Promise<Result<unknown, WireError>>;
    }
  | {
      readonly access: 'source';
      readonly limit: keyof RateLimits;
      readonly answer: (caller: SourceCaller, body: unknown) => Promise<Result<unknown, WireError>>;
    }
);

type DeskCaller = Extract<Caller, { kind: 'desk' }>;
type SourceCaller = Extract<Caller, { kind: 'source' }>;

const SMALL_BODY = 16 * 1024;
/** One mutation's arguments. */
const WHO_BODY = 1024 * 1024;

/** Every route of the workspace origin. The WebSocket `/sync/poke` stands beside them (desks alone). */
export function routesOf(workspace: Workspace): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      access: 'anyone',
      limit: null,
      bodyLimit: SMALL_BODY,
      answer: () => ok({ status: 'ok', version: WIRE_VERSION }),
    },
    {
      method: 'POST',
      path: '/sync/hello',
      access: 'desk',
      limit: 'hello',
      bodyLimit: SMALL_BODY,
      answer: async ({ desk }, body) => {
        const version = checkVersion(body);
        return version.ok ? ok(workspace.hello(desk)) : version;
      },
    },
    {
      method: 'POST',
      path: '/sync/push',
      access: 'desk',
      limit: 'push',
      bodyLimit: SYNC_BODY,
      answer: ({ desk }, body) => workspace.push(desk, body),
    },
    {
      method: 'POST',
      path: '/sync/pull',
      access: 'desk',
      limit: 'pull',
      bodyLimit: SMALL_BODY,
      answer: ({ desk }, body) => workspace.pull(desk, body),
    },
    {
      method: 'POST',
      path: '/sync/bootstrap',
      access: 'desk',
      limit: 'bootstrap',
      bodyLimit: SMALL_BODY,
      answer: ({ desk }, body) => workspace.bootstrap(desk, body),
    },
    {
      method: 'POST',
      path: '/sync/who',
      access: 'desk',
      limit: 'hello',
      bodyLimit: WHO_BODY,
      answer: ({ desk }, body) => workspace.who(desk, body),
    },
    {
      method: 'POST',
      path: '/ingest',
      access: 'source',
      limit: 'ingest',
      bodyLimit: INGEST_BODY,
      answer: ({ source }, body) => workspace.ingest(source, body),
    },
  ];
}

/** Runs a route for a caller; one of the wrong kind is `forbidden`. */
export async function answerRoute(
  route: Route,
  caller: Caller | null,
  body: unknown,
): Promise<Result<unknown, WireError>> {
  if (route.access === 'anyone') return route.answer();
  if (caller === null) return err({ type: 'unauthorized' });
  if (route.access === 'desk' && caller.kind === 'desk') return route.answer(caller, body);
  if (route.access === 'source' && caller.kind === 'source') return route.answer(caller, body);
  return err({ type: 'forbidden' });
}
