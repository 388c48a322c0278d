import { nextFloat, type Rng } from '../../../src/base/rng.ts';
import type { Contract } from '../../../src/protocol/rpc/method.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import { limitsOf, listenerSet, type RpcClient, typedOutput } from './rpc-client.ts';
import { type CallLimits, RpcError, type RpcLine, rpcLine } from './rpc-line.ts';

/** First and longest pause before another attempt, in milliseconds; each attempt doubles it (Y8). */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export interface ReconnectOptions<C extends Contract> {
  readonly contract: C;
  /** Opens a new port; rejects when it cannot. */
  open(): Promise<RpcPort>;
  /** Spreads the attempts of many clients. */
  readonly rng: Rng;
  onState?(state: 'connecting' | 'connected' | 'closed'): void;
}

/** Half to all of the doubled pause: the herd is spread, and nobody waits for nothing. */
export function pauseBefore(attempt: number, rng: Rng): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.5 + nextFloat(rng) / 2));
}

/**
 * A client whose port comes back. A call made while there is none waits for one within its time limit, since nothing of it
 * has been sent; a call that was sent when the port was lost is rejected with `portLost`, since it may have run. After a
 * reconnection every listener is told that anything may have changed.
 */
export function reconnectingRpc<C extends Contract>(options: ReconnectOptions<C>): RpcClient<C> {
  const listeners = listenerSet();
  const waiting = new Set<() => void>();
  let line: RpcLine | null = null;
  let closed = false;
  let attempt = 0;
  let everConnected = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const wakeAll = (): void => {
    for (const wake of waiting) wake();
  };
  const lost = (): void => {
    line = null;
    if (!closed) retry();
  };
  const retry = (): void => {
    options.onState?.('connecting');
    timer = setTimeout(() => void connect(), pauseBefore(attempt, options.rng));
    attempt += 1;
  };
  const adopt = (port: RpcPort): void => {
    attempt = 0;
    const adopted = rpcLine(port, listeners.notify, lost);
    line = adopted;
    for (const topic of listeners.topics()) {
      adopted.listen(topic);
      if (everConnected) void listeners.notify(topic, null);
    }
    everConnected = true;
    options.onState?.('connected');
    wakeAll();
  };
  const connect = async (): Promise<void> => {
    try {
      const port = await options.open();
      if (closed) port.close();
      else adopt(port);
    } catch {
      if (!closed) retry();
    }
  };
  options.onState?.('connecting');
  void connect();

  return {
    call: (method, input, callOptions) => {
      const limits = limitsOf(options.contract, method, callOptions);
      const send = async (): Promise<unknown> => {
        if (line === null) throw new RpcError({ type: 'portLost' });
        return line.call(method, input, limits);
      };
      return typedOutput(line !== null || closed ? send() : waitForLine(waiting, limits).then(send));
    },
    listen: (topic, listener) =>
      listeners.add(
        topic,
        listener,
        (first) => line?.listen(first),
        (last) => line?.unlisten(last),
      ),
    close: () => {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      line?.close();
      line = null;
      wakeAll();
      options.onState?.('closed');
    },
  };
}

/** Resolves when woken; rejects when the call's time is over first. The time starts anew once the call is sent. */
function waitForLine(waiting: Set<() => void>, { timeoutMs, signal }: CallLimits): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      waiting.delete(wake);
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const wake = (): void => finish(resolve);
    const onAbort = (): void => finish(() => reject(new RpcError({ type: 'cancelled' })));
    const timer = setTimeout(() => finish(() => reject(new RpcError({ type: 'timeout' }))), timeoutMs);
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener('abort', onAbort);
    waiting.add(wake);
  });
}
