import type { WireError } from '../errors.ts';
import type { Contract, InputOf, OutputOf } from './method.ts';

/** Tells a handler that nobody waits for its answer any more. An `AbortSignal` is one. */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An expected failure of a call, returned by a handler: the caller is rejected with its code. */
export class WireFailure {
  readonly error: WireError;
  constructor(error: WireError) {
    this.error = error;
  }
}

type Awaitable<T> = T | Promise<T>;

/** One function for each method; the input is checked already. A throw is a bug: the caller learns `internal` and an id. */
export type Handlers<C extends Contract> = {
  readonly [M in keyof C]: (
    input: InputOf<C[M]>,
    cancellation: Cancellation,
  ) => Awaitable<OutputOf<C[M]> | WireFailure>;
};
