import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import { type WireError, wireErrorSchema } from '../protocol/errors.ts';
import type { RpcPort } from '../protocol/rpc/port.ts';
import {
  bootstrapResponseSchema,
  helloResponseSchema,
  pokeSchema,
  pullResponseSchema,
  pushResponseSchema,
  type SyncTransport,
  whoResponseSchema,
} from '../protocol/sync.ts';
import { WIRE_VERSION } from '../protocol/version.ts';
import { errorText, type WorkspaceLog } from './log-events.ts';
import type { Desk } from './push.ts';
import { checkVersion } from './wire.ts';
import type { Workspace } from './workspace.ts';

const METHODS = ['hello', 'push', 'pull', 'bootstrap', 'who'] as const;
type Method = (typeof METHODS)[number];

const requestSchema = z.object({
  id: z.number().int().nonnegative(),
  method: z.enum(METHODS),
  body: z.unknown(),
});

const answerSchema = z.union([
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number().int(), ok: z.literal(false), error: wireErrorSchema }),
  z.object({ poke: pokeSchema }),
]);

/**
 * The workspace's end of a message port: the sync protocol for one agent's desk, in Electron and in worker threads.
 * Answers until the port closes or the returned function is called.
 */
export function servePort(port: RpcPort, workspace: Workspace, desk: Desk, log: WorkspaceLog): () => void {
  const stopPokes = workspace.onHead((head) => port.post({ poke: { head } }));
  const answer = async (message: unknown): Promise<void> => {
    const request = requestSchema.safeParse(message);
    // Without an id there is nobody to answer.
    if (!request.success) return;
    const { id, method, body } = request.data;
    try {
      const result = await callMethod(workspace, desk, method, body);
      port.post(result.ok ? { id, ok: true, value: result.value } : { id, ok: false, error: result.error });
    } catch (thrown) {
      log({ type: 'requestFailed', route: method, error: errorText(thrown) });
      port.post({ id, ok: false, error: { type: 'internal' } });
    }
  };
  port.onMessage((message) => void answer(message));
  port.onClose(stopPokes);
  return () => {
    stopPokes();
    port.close();
  };
}

async function callMethod(
  workspace: Workspace,
  desk: Desk,
  method: Method,
  body: unknown,
): Promise<Result<unknown, WireError>> {
  const current = await workspace.deskOf(desk.agentId);
  if (current === null) return err({ type: 'unauthorized' });
  if (method !== 'hello') return workspace[method](current, body);
  const version = checkVersion(body);
  return version.ok ? ok(workspace.hello(current)) : version;
}

export interface PortTransportOptions {
  /** How long an answer may take, in milliseconds; 30,000 when absent. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;

/** A desk's end of a message port. A port that closes fails every waiting call with `unavailable`; nothing throws. */
export function portTransport(port: RpcPort, options: PortTransportOptions = {}): SyncTransport {
  const calls = pendingCalls(options.timeout ?? TIMEOUT);
  const pokes = new Set<(poke: { head: number }) => void>();
  const links = new Set<(up: boolean) => void>();
  let open = true;
  const lose = (): void => {
    if (!open) return;
    open = false;
    calls.failAll({ type: 'unavailable' });
    for (const told of links) told(false);
  };
  port.onMessage((message) => {
    const answer = answerSchema.safeParse(message);
    if (!answer.success) return;
    if ('poke' in answer.data) for (const told of pokes) told(answer.data.poke);
    else if (answer.data.ok) calls.settle(answer.data.id, ok(answer.data.value));
    else calls.settle(answer.data.id, err(answer.data.error));
  });
  port.onClose(lose);
  const call = async <T>(
    method: Method,
    body: unknown,
    schema: z.ZodType<T>,
  ): Promise<Result<T, WireError>> => {
    if (!open) return err({ type: 'unavailable' });
    const waiting = calls.open();
    try {
      port.post({ id: waiting.id, method, body });
    } catch {
      calls.settle(waiting.id, err({ type: 'badRequest' }));
    }
    const answer = await waiting.answer;
    if (!answer.ok) return answer;
    const value = schema.safeParse(answer.value);
    return value.success
      ? ok(value.data)
      : err({ type: 'internal', path: value.error.issues[0]?.path.join('.') ?? '' });
  };
  return {
    hello: () => call('hello', { version: WIRE_VERSION }, helloResponseSchema),
    push: (request) => call('push', request, pushResponseSchema),
    pull: (request) => call('pull', request, pullResponseSchema),
    bootstrap: (request) => call('bootstrap', request, bootstrapResponseSchema),
    who: (request) => call('who', request, whoResponseSchema),
    listen: (onPoke, onLink) => {
      pokes.add(onPoke);
      links.add(onLink);
      onLink(open);
      return () => {
        pokes.delete(onPoke);
        links.delete(onLink);
      };
    },
    close: () => {
      lose();
      port.close();
    },
  };
}

type Answer = Result<unknown, WireError>;

interface PendingCalls {
  open(): { readonly id: number; readonly answer: Promise<Answer> };
  settle(id: number, answer: Answer): void;
  failAll(error: WireError): void;
}

function pendingCalls(timeout: number): PendingCalls {
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; timer: ReturnType<typeof setTimeout> }
  >();
  let lastId = 0;
  const settle = (id: number, answer: Answer): void => {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    clearTimeout(call.timer);
    call.resolve(answer);
  };
  return {
    open: () => {
      lastId += 1;
      const id = lastId;
      const answer = new Promise<Answer>((resolve) => {
        const timer = setTimeout(() => settle(id, err({ type: 'timeout' })), timeout);
        waiting.set(id, { resolve, timer });
      });
      return { id, answer };
    },
    settle,
    failAll: (error) => {
      for (const id of [...waiting.keys()]) settle(id, err(error));
    },
  };
}
