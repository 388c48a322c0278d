import {
  type DeskContract,
  type DeskMethod,
  type Invalidation,
  TOPICS,
} from '../../../src/protocol/rpc/contract.ts';
import type { InputOf, OutputOf } from '../../../src/protocol/rpc/method.ts';
import type { RpcClient } from './rpc-client.ts';

/** What a call of a method takes. */
export type CallInput<M extends DeskMethod> = InputOf<DeskContract[M]>;
/** What a call of a method answers. */
export type CallOutput<M extends DeskMethod> = OutputOf<DeskContract[M]>;

/** The engine as screens see it, whatever carries the calls. */
export interface DeskClient {
  /** Rejects with an `RpcError` whose `code` is a wire error code. */
  call<M extends DeskMethod>(
    method: M,
    input: CallInput<M>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<CallOutput<M>>;
  /** Hears what changed, until the returned function is called. */
  listen(onInvalidation: (invalidation: Invalidation) => void): () => void;
  /** Hears whether the engine can be reached; called at once with how it is now. */
  onLink(onLink: (up: boolean) => void): () => void;
}

/** Tells whether the line to the engine is up, to whoever asks. */
export interface LinkState {
  set(up: boolean): void;
  onLink(onLink: (up: boolean) => void): () => void;
}

/** Makes a link state; `up` is how it is at first. */
export function linkState(up: boolean): LinkState {
  const listeners = new Set<(up: boolean) => void>();
  let current = up;
  return {
    set: (next) => {
      if (next === current) return;
      current = next;
      for (const listener of [...listeners]) listener(next);
    },
    onLink: (listener) => {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
  };
}

/** The engine as screens see it, over an RPC client of the desk's contract. */
export function deskClient(rpc: RpcClient<DeskContract>, link: LinkState): DeskClient {
  return {
    call: async (method, input, options = {}) => rpc.call(method, input, options),
    listen: (onInvalidation) => {
      const stops = TOPICS.map((topic) => rpc.listen(topic, (ids) => onInvalidation({ topic, ids })));
      return () => {
        for (const stop of stops) stop();
      };
    },
    onLink: link.onLink,
  };
}
