import { type RawData, WebSocket } from 'ws';
import type { Rng } from '../../base/rng.ts';
import { millis, SECOND } from '../../base/time.ts';
import { type Poke, pokeSchema } from '../../protocol/sync.ts';
import { retryDelay } from './backoff.ts';
import type { Scheduler } from './scheduler.ts';

export interface PokeSocketOptions {
  readonly origin: string;
  readonly token: string;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
}

export interface PokeListener {
  /** Opens another socket at once, whatever becomes of this one. */
  renew(): void;
  close(): void;
}

const POKE_PATH = '/sync/poke';
/** A link that swallows everything without closing is found dead within two of these. */
const HEARTBEAT = millis(5 * SECOND);
const MAX_POKE = 4 * 1024;

/**
 * Listens for pokes over a WebSocket that comes back by itself, with backoff and jitter (Y8). `onLink` tells of changes
 * only. Correct with every poke lost: a desk also pulls by itself.
 */
export function listenForPokes(
  options: PokeSocketOptions,
  onPoke: (poke: Poke) => void,
  onLink: (up: boolean) => void,
): PokeListener {
  const { scheduler, rng } = options;
  let socket: WebSocket | null = null;
  let isUp = false;
  let closed = false;
  let failures = 0;
  let cancelTimer: () => void = () => undefined;

  const say = (up: boolean): void => {
    if (up === isUp || closed) return;
    isUp = up;
    onLink(up);
  };

  const connect = (): void => {
    const address = new URL(POKE_PATH, options.origin.replace(/^http/, 'ws'));
    const current = new WebSocket(address, {
      headers: { authorization: `Bearer ${options.token}` },
      maxPayload: MAX_POKE,
      handshakeTimeout: HEARTBEAT,
    });
    socket = current;
    current.on('open', () => {
      if (socket !== current) return;
      failures = 0;
      cancelTimer = keepAlive(current, scheduler);
      say(true);
    });
    current.on('message', (data) => {
      const poke = pokeSchema.safeParse(parseJson(data));
      if (poke.success && !closed) onPoke(poke.data);
    });
    // `close` follows every error.
    current.on('error', () => undefined);
    current.on('close', () => {
      if (closed || socket !== current) return;
      cancelTimer();
      failures += 1;
      say(false);
      cancelTimer = scheduler.after(retryDelay(failures, rng), connect);
    });
  };

  connect();
  return {
    renew: () => {
      if (closed) return;
      cancelTimer();
      failures = 0;
      const before = socket;
      connect();
      before?.terminate();
    },
    close: () => {
      closed = true;
      cancelTimer();
      socket?.terminate();
    },
  };
}

/** Asks the other end for a sign of life at every beat, and ends a socket that gives none; until the returned function is called. */
function keepAlive(socket: WebSocket, scheduler: Scheduler): () => void {
  let answered = true;
  let cancel: () => void = () => undefined;
  socket.on('pong', () => {
    answered = true;
  });
  const beat = (): void => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
    cancel = scheduler.after(HEARTBEAT, beat);
  };
  cancel = scheduler.after(HEARTBEAT, beat);
  return () => cancel();
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
  } catch {
    return undefined;
  }
}
