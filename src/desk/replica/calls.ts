import type { AgentId, ClientId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Mutation, Refusal } from '../../mutations/mutation.ts';
import { eventIdOf } from '../../protocol/event-id.ts';
import type { InvertibleCall } from './replica.ts';
import { scopesOfReads } from './scopes.ts';

/** Finds a mutation by its wire name; null when this build has none of that name. */
export type FindMutation = (name: string) => Mutation<string, unknown> | null;

/** A named call as the outbox stores it. */
export interface NamedCall {
  readonly mid: number;
  readonly name: string;
  readonly args: unknown;
  readonly madeAt: EpochMillis;
}

/** Makes a stored call ready to run; an unknown name or wrong arguments are refusals, never a throw (Y4). */
export function prepareCall(
  find: FindMutation,
  call: NamedCall,
  who: { readonly agentId: AgentId; readonly clientId: ClientId },
): Result<InvertibleCall, Refusal> {
  const mutation = find(call.name);
  if (mutation === null) return err({ type: 'unknownMutation', detail: { name: call.name } });
  const parsed = mutation.args.safeParse(call.args);
  if (!parsed.success) {
    return err({ type: 'invalidArguments', detail: { path: parsed.error.issues[0]?.path.join('.') ?? '' } });
  }
  const args = parsed.data;
  const reads = mutation.reads(args, who.agentId);
  return ok({
    mid: call.mid,
    madeAt: call.madeAt,
    eventId: eventIdOf(who.clientId, call.mid),
    reads,
    scopes: scopesOfReads(reads),
    run: (rows, ctx) => mutation.run(rows, args, ctx),
    inverse: (rows) => mutation.inverse(rows, args, who.agentId),
  });
}
