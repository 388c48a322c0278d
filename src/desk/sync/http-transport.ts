import type { z } from 'zod';
import { err, ok, type Result } from '../../base/result.ts';
import type { Rng } from '../../base/rng.ts';
import { type Millis, SECOND, millis } from '../../base/time.ts';
import { type WireError, type WireErrorCode, wireErrorSchema } from '../../protocol/errors.ts';
import {
  bootstrapResponseSchema,
  helloResponseSchema,
  pullResponseSchema,
  pushResponseSchema,
  type SyncTransport,
  whoResponseSchema,
} from '../../protocol/sync.ts';
import { WIRE_VERSION } from '../../protocol/version.ts';
import { listenForPokes, type PokeListener } from './poke-socket.ts';
import type { Scheduler } from './scheduler.ts';

export interface HttpTransportOptions {
  /** The workspace's origin, `https://handoff.example.com`. */
  readonly origin: string;
  /** This desk's token; goes into a header, never into an address. */
  readonly token: string;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
}

const SHORT = millis(15 * SECOND);
/** A page of 5,000 rows over a slow line. */
const LONG = millis(60 * SECOND);

/** The error of an answer that does not say itself what it is: a proxy's page, a server that is starting. */
const BY_STATUS: ReadonlyMap<number, WireErrorCode> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [413, 'tooLarge'],
  [429, 'rateLimited'],
]);

/**
 * The protocol over HTTP and WebSocket. Every answer is checked by its schema; every failure is a value: no answer at all
 * is `unavailable`, one that is not the workspace's as well, one that does not come in time is `timeout`.
 */
export function httpTransport(options: HttpTransportOptions): SyncTransport {
  const running = new Set<AbortController>();
  const listeners = new Set<PokeListener>();
  let closed = false;

  async function ask<T>(
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    limit: Millis,
  ): Promise<Result<T, WireError>> {
    if (closed) return err({ type: 'cancelled' });
    const controller = new AbortController();
    const late = options.scheduler.after(limit, () => controller.abort('timeout'));
    running.add(controller);
    try {
      const answer = await fetch(new URL(path, options.origin), {
        method: 'POST',
        headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: controller.signal,
      });
      return readAnswer(answer.status, await answer.text(), schema);
    } catch {
      // What fetch throws says no more than that there was no answer.
      if (closed) return err({ type: 'cancelled' });
      return err({ type: controller.signal.reason === 'timeout' ? 'timeout' : 'unavailable' });
    } finally {
      late();
      running.delete(controller);
    }
  }

  return {
    hello: () => ask('/sync/hello', { version: WIRE_VERSION }, helloResponseSchema, SHORT),
    push: (request) => ask('/sync/push', request, pushResponseSchema, SHORT),
    pull: (request) => ask('/sync/pull', request, pullResponseSchema, LONG),
    bootstrap: (request) => ask('/sync/bootstrap', request, bootstrapResponseSchema, LONG),
    who: (request) => ask('/sync/who', request, whoResponseSchema, SHORT),
    listen: (onPoke, onLink) => {
      const listener = listenForPokes(options, onPoke, onLink);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        listener.close();
      };
    },
    renew: () => {
      for (const controller of running) controller.abort('renewed');
      for (const listener of listeners) listener.renew();
    },
    close: () => {
      closed = true;
      for (const controller of running) controller.abort('closed');
      for (const listener of listeners) listener.close();
      listeners.clear();
    },
  };
}

/** Reads an answer's body: the value, or the error that it names. */
export function readAnswer<T>(status: number, text: string, schema: z.ZodType<T>): Result<T, WireError> {
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    const value = schema.safeParse(body);
    if (value.success) return ok(value.data);
    // A page of a hotel's network looks like an answer, too.
    return err({
      type: body === undefined ? 'unavailable' : 'internal',
      path: value.error.issues[0]?.path.join('.') ?? '',
    });
  }
  const named = wireErrorSchema.safeParse(body);
  if (named.success) return err(plain(named.data));
  return err({ type: BY_STATUS.get(status) ?? 'unavailable' });
}

/** Without the keys that are undefined. */
function plain({ type, path, detail }: z.infer<typeof wireErrorSchema>): WireError {
  return { type, ...(path === undefined ? {} : { path }), ...(detail === undefined ? {} : { detail }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
