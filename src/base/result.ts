/** A success. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** An expected failure: a value with a `type`, never a sentence for humans. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** What a function returns that may fail in an expected way. Broken invariants throw instead. */
export type Result<T, E extends { readonly type: string }> = Ok<T> | Err<E>;

/** Wraps a success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps an expected failure. */
export function err<E extends { readonly type: string }>(error: E): Err<E> {
  return { ok: false, error };
}
