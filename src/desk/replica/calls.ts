import type { AgentId, ClientId } from '../../base/ids.ts';
import { ok, type Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Refusal } from '../../mutations/mutation.ts';
import { prepareMutation } from '../../mutations/registry.ts';
import { eventIdOf } from '../../protocol/event-id.ts';
import type { InvertibleCall } from './replica.ts';
import { scopesOfReads } from './scopes.ts';

/** A named call as the outbox stores it. */
export interface NamedCall {
  readonly mid: number;
  readonly name: string;
  readonly args: unknown;
  readonly madeAt: EpochMillis;
}

/** Makes a stored call ready to run; an unknown name or wrong arguments are refusals, never a throw (Y4). */
export function prepareCall(
  call: NamedCall,
  who: { readonly agentId: AgentId; readonly clientId: ClientId },
): Result<InvertibleCall, Refusal> {
  const prepared = prepareMutation(call.name, call.args);
  if (!prepared.ok) return prepared;
  const { run, inverse } = prepared.value;
  const reads = prepared.value.reads(who.agentId);
  return ok({
    mid: call.mid,
    madeAt: call.madeAt,
    eventId: eventIdOf(who.clientId, call.mid),
    reads,
    scopes: scopesOfReads(reads),
    run,
    inverse: (rows) => inverse(rows, who.agentId),
  });
}
