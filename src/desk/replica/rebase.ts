import type { EventId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Policy } from '../../domain/events.ts';
import type { RowChange } from '../../domain/rows.ts';
import type { LoadedRows, MutationContext, Reads, Refusal } from '../../mutations/mutation.ts';
import type { RowSpace } from './row-space.ts';
import type { Scope } from './scopes.ts';

/** A mutation of the outbox, made ready to run as often as the base moves (Y1: a command, never its rows). */
export interface PendingCall {
  readonly mid: number;
  readonly madeAt: EpochMillis;
  readonly eventId: EventId;
  readonly reads: Reads;
  readonly scopes: readonly Scope[];
  run(rows: LoadedRows, ctx: MutationContext): Result<readonly RowChange[], Refusal>;
}

/** What surrounds every run on this desk. */
export interface DeskFrame {
  readonly actor: MutationContext['actor'];
  readonly policy: Policy;
}

/** A pending mutation that a rule refuses on the new base: its effect is gone from the view; the workspace decides. */
export interface LocalRefusal {
  readonly mid: number;
  readonly refusal: Refusal;
}

/**
 * Y7, I8: view = fold(pending, base). Runs `pending` in `mid` order on `space`, which holds the base rows they name, and
 * leaves the view's rows in it. Same inputs, same rows: no clock, no randomness, nothing from an earlier run.
 */
export function rebase(
  space: RowSpace,
  pending: readonly PendingCall[],
  frame: DeskFrame,
): readonly LocalRefusal[] {
  const refused: LocalRefusal[] = [];
  for (const call of pending) {
    const ran = call.run(space, contextOf(space, call, frame));
    if (ran.ok) space.apply(ran.value);
    else refused.push({ mid: call.mid, refusal: ran.error });
  }
  return refused;
}

/**
 * A desk's context (Y10): `now` is when the agent made it, so that every run gives the same rows (a mutation moves itself
 * behind what its conversation has folded already); `arrival` is one more than any customer message seen here.
 */
export function contextOf(space: LoadedRows, call: PendingCall, frame: DeskFrame): MutationContext {
  let arrival = 1;
  for (const id of call.reads.conversations) {
    const seen = space.snapshot(id).conversation?.lastCustomerArrival ?? 0;
    if (seen >= arrival) arrival = seen + 1;
  }
  return { now: call.madeAt, actor: frame.actor, eventId: call.eventId, arrival, policy: frame.policy };
}
