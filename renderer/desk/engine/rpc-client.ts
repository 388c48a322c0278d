import type { Contract, InputOf, OutputOf } from '../../../src/protocol/rpc/method.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import { type CallLimits, rpcLine } from './rpc-line.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds; the method's own limit when absent. */
  readonly timeoutMs?: number;
}

/** How long a listener may hold up the next event of its topic. */
const LISTENER_LIMIT_MS = 10_000;
/** For a name the contract does not have: the server answers `unknownMethod` long before. */
const DEFAULT_TIMEOUT_MS = 15_000;

/** Told that something changed: the conversations' ids, or null for any. The next event waits for what it returns. */
export type Listener = (ids: readonly string[] | null) => void | Promise<void>;

/** A screen's end of the contract. A plain object: it has no `then`, and no method of the contract is a property of it. */
export interface RpcClient<C extends Contract> {
  /** Rejects with `RpcError`: the server's code, or `timeout`, `cancelled`, `portLost`. */
  call<M extends keyof C & string>(
    method: M,
    input: InputOf<C[M]>,
    options?: CallOptions,
  ): Promise<OutputOf<C[M]>>;
  /** Calls `listener` after each change of `topic`, until the returned function is called. */
  listen(topic: string, listener: Listener): () => void;
  close(): void;
}

/** Makes a client over one port: Electron's, or one WebSocket. For a WebSocket that comes back, see `reconnectingRpc`. */
export function connectRpc<C extends Contract>(
  port: RpcPort,
  contract: C,
  onLost: () => void = () => undefined,
): RpcClient<C> {
  const listeners = listenerSet();
  const line = rpcLine(port, listeners.notify, onLost);
  return {
    call: (method, input, options) =>
      typedOutput(line.call(method, input, limitsOf(contract, method, options))),
    listen: (topic, listener) => listeners.add(topic, listener, line.listen, line.unlisten),
    close: line.close,
  };
}

export interface ListenerSet {
  /** Adds; `first` is called for a topic's first listener, `last` when its last one goes. Returns the removal. */
  add(
    topic: string,
    listener: Listener,
    first: (topic: string) => void,
    last: (topic: string) => void,
  ): () => void;
  /** Resolves when every listener has taken it in, threw, or had its time. Never rejects. */
  notify(topic: string, ids: readonly string[] | null): Promise<void>;
  topics(): readonly string[];
}

/** Listeners by topic. One listener's throw does not reach another. */
export function listenerSet(): ListenerSet {
  const byTopic = new Map<string, Set<{ readonly call: Listener }>>();
  return {
    add: (topic, listener, first, last) => {
      const entry = { call: listener };
      const entries = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, entries);
      entries.add(entry);
      if (entries.size === 1) first(topic);
      return () => {
        if (!entries.delete(entry) || entries.size > 0) return;
        byTopic.delete(topic);
        last(topic);
      };
    },
    notify: async (topic, ids) => {
      const entries = [...(byTopic.get(topic) ?? [])];
      await withinLimit(Promise.allSettled(entries.map(async ({ call }) => call(ids))));
    },
    topics: () => [...byTopic.keys()],
  };
}

async function withinLimit(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LISTENER_LIMIT_MS);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}

/** What ends a call: the limit asked for or its method's own, and the signal. */
export function limitsOf(contract: Contract, method: string, options: CallOptions = {}): CallLimits {
  const own = Object.hasOwn(contract, method) ? contract[method]?.timeoutMs : undefined;
  return { timeoutMs: options.timeoutMs ?? own ?? DEFAULT_TIMEOUT_MS, signal: options.signal };
}

/** The contract gives the answer's type once; the engine is the same build, so its answers are not checked again. */
export function typedOutput<T>(output: Promise<unknown>): Promise<T> {
  return output as Promise<T>;
}
