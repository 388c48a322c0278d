import type { WireError, WireErrorCode } from '../../../src/protocol/errors.ts';
import type { ClientFrame, ServerFrame } from '../../../src/protocol/rpc/frames.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';

/** Why a call was not answered with its output. The code picks the screen's sentence; the message is for logs. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: WireErrorCode;
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.path === undefined ? wire.type : `${wire.type} at ${wire.path}`);
    this.code = wire.type;
    this.wire = wire;
  }
}

interface PendingCall {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: RpcError) => void;
  readonly release?: () => void;
}

export interface CallLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What is pending and listened to on one port. Reconnecting makes a new one for each port. */
export interface RpcLine {
  call(method: string, input: unknown, limits: CallLimits): Promise<unknown>;
  listen(topic: string): void;
  unlisten(topic: string): void;
  close(): void;
}

/** Calls that wait for an answer, by id. Each leaves once: answered, timed out, cancelled or lost. */
class PendingCalls {
  readonly #calls = new Map<number, PendingCall>();
  #nextId = 1;

  /** Takes a call in; `giveUp` is called when its time is over or its signal fires, after it was rejected. */
  add(call: PendingCall, limits: CallLimits, giveUp: (id: number) => void): number {
    const id = this.#nextId;
    this.#nextId += 1;
    const end = (type: 'timeout' | 'cancelled'): void => {
      if (this.reject(id, { type })) giveUp(id);
    };
    const onAbort = (): void => end('cancelled');
    const timer = setTimeout(() => end('timeout'), limits.timeoutMs);
    limits.signal?.addEventListener('abort', onAbort);
    const release = (): void => {
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', onAbort);
    };
    this.#calls.set(id, { ...call, release });
    return id;
  }

  resolve(id: number, output: unknown): void {
    this.#take(id)?.resolve(output);
  }

  /** False when the call has left already. */
  reject(id: number, error: WireError): boolean {
    const call = this.#take(id);
    call?.reject(new RpcError(error));
    return call !== undefined;
  }

  rejectAll(error: WireError): void {
    for (const id of this.#calls.keys()) this.reject(id, error);
  }

  #take(id: number): PendingCall | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    call?.release?.();
    return call;
  }
}

/**
 * Speaks frames over one port. Losing it rejects every pending call with `portLost`; an answer that comes after its call
 * was given up is ignored. `onEvent` is awaited before the next event of its topic is asked for.
 */
export function rpcLine(
  port: RpcPort,
  onEvent: (topic: string, ids: readonly string[] | null) => Promise<void>,
  onLost: () => void,
): RpcLine {
  const pending = new PendingCalls();
  let open = true;
  const post = (frame: ClientFrame): void => port.post(frame);
  const lose = (): void => {
    if (!open) return;
    open = false;
    pending.rejectAll({ type: 'portLost' });
    onLost();
  };
  const take = async (frame: ServerFrame): Promise<void> => {
    if (frame.t === 'ok') pending.resolve(frame.id, frame.output);
    else if (frame.t === 'err') pending.reject(frame.id, frame.error);
    else {
      await onEvent(frame.topic, frame.ids);
      if (open) post({ t: 'ack', topic: frame.topic });
    }
  };
  port.onClose(lose);
  port.onMessage((message) => {
    if (open && isServerFrame(message)) void take(message);
  });
  return {
    call: (method, input, limits) =>
      new Promise<unknown>((resolve, reject) => {
        if (!open) return reject(new RpcError({ type: 'portLost' }));
        if (limits.signal?.aborted === true) return reject(new RpcError({ type: 'cancelled' }));
        const id = pending.add({ resolve, reject }, limits, (given) => post({ t: 'cancel', id: given }));
        try {
          post({ t: 'call', id, method, input });
        } catch {
          // The input cannot be copied: no server would take it.
          pending.reject(id, { type: 'badRequest' });
        }
      }),
    listen: (topic) => post({ t: 'listen', topic }),
    unlisten: (topic) => post({ t: 'unlisten', topic }),
    close: () => {
      port.close();
      lose();
    },
  };
}

function isServerFrame(message: unknown): message is ServerFrame {
  if (typeof message !== 'object' || message === null || !('t' in message)) return false;
  if (message.t === 'event') {
    return 'topic' in message && typeof message.topic === 'string' && 'ids' in message;
  }
  if (!('id' in message) || typeof message.id !== 'number') return false;
  if (message.t === 'ok') return 'output' in message;
  return (
    message.t === 'err' && 'error' in message && typeof message.error === 'object' && message.error !== null
  );
}
