import type { DeskContract, DeskMethod } from '../../protocol/rpc/contract.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import type { InputOf, OutputOf } from '../../protocol/rpc/method.ts';
import type { Desk } from '../../desk/open-desk.ts';

const NEVER_CANCELLED = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
} as const;

/** Asks a desk in this process; throws where a screen would be shown an error. */
export async function ask<M extends DeskMethod>(
  desk: Desk,
  method: M,
  input: InputOf<DeskContract[M]>,
): Promise<OutputOf<DeskContract[M]>> {
  const handler: Handlers<DeskContract>[M] = desk.handlers[method];
  const answer = await handler(input, NEVER_CANCELLED);
  if (answer instanceof WireFailure) throw new Error(`${method}: ${answer.error.type}`);
  return answer;
}
