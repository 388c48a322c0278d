import type { z } from 'zod';

declare const outputType: unique symbol;

/** One method of the contract: the schema that its input is checked against, and the type of its answer. */
export interface Method<Input, Output> {
  readonly input: z.ZodType<Input>;
  readonly timeoutMs: number;
  readonly [outputType]?: Output;
}

/** Any contract: methods by name. */
export type Contract = Readonly<Record<string, Method<unknown, unknown>>>;

/** What callers pass, and what they get back. */
export type InputOf<M> = M extends Method<infer Input, unknown> ? Input : never;
export type OutputOf<M> = M extends Method<unknown, infer Output> ? Output : never;

const DEFAULT_TIMEOUT_MS = 15_000;

/** Declares a method. The answer's type is given once: `method<Answer>()(schema)`. */
export function method<Output>(): <Input>(
  input: z.ZodType<Input>,
  timeoutMs?: number,
) => Method<Input, Output> {
  return (input, timeoutMs = DEFAULT_TIMEOUT_MS) => ({ input, timeoutMs });
}
