import type { AgentId, ClientId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import type { Policy } from '../domain/events.ts';
import type { ListMerge } from '../domain/fields/list-merge.ts';
import type { Role } from '../domain/model.ts';
import type { RowChange } from '../domain/rows.ts';
import type { Result } from '../base/result.ts';
import type { Reads, Refusal } from '../mutations/mutation.ts';
import type { PreparedMutation } from '../mutations/registry.ts';
import { roleAllows } from '../mutations/roles.ts';
import { eventIdOf } from '../protocol/event-id.ts';
import type { OutboxMutation } from '../protocol/sync.ts';
import { errorText, type WorkspaceLog } from './log-events.ts';
import { isStorable, storableValue } from './storable.ts';
import type { AuditEntry, OutcomeRow } from './store/store.ts';
import type { WorkingSet } from './working-set.ts';

/** Checks a call by name and arguments: `prepareMutation` of the registry. */
export type PrepareMutation = (name: string, args: unknown) => Result<PreparedMutation, Refusal>;

/** A mutation that may run, with what it reads, or the refusal that stands for it already. */
export type PreparedCall =
  | {
      readonly ok: true;
      readonly call: OutboxMutation;
      readonly mutation: PreparedMutation;
      readonly reads: Reads;
    }
  | { readonly ok: false; readonly call: OutboxMutation; readonly refusal: Refusal };

/** Checks name, arguments and permission; what fails is a refusal that is recorded like any other (Y4). */
export function prepareCall(
  prepare: PrepareMutation,
  call: OutboxMutation,
  actor: { readonly agentId: AgentId; readonly role: Role },
  log: WorkspaceLog,
): PreparedCall {
  try {
    const prepared = prepare(call.name, storableArgs(call.args));
    if (!prepared.ok) return { ok: false, call, refusal: prepared.error };
    const least = prepared.value.mutation.role;
    if (!roleAllows(actor.role, least))
      return { ok: false, call, refusal: { type: 'forbidden', detail: { role: least } } };
    return { ok: true, call, mutation: prepared.value, reads: prepared.value.reads(actor.agentId) };
  } catch (thrown) {
    log({ type: 'mutationThrew', name: call.name, mid: call.mid, error: errorText(thrown) });
    return { ok: false, call, refusal: { type: 'invalidState' } };
  }
}

function storableArgs(args: unknown): unknown {
  const json = JSON.stringify(args);
  return json === undefined || isStorable(json) ? args : storableValue(json);
}

export interface RunContext {
  readonly actor: { readonly id: AgentId; readonly role: Role };
  readonly clientId: ClientId;
  readonly now: EpochMillis;
  readonly arrival: number;
  readonly policy: Policy;
  readonly log: WorkspaceLog;
}

export interface RanMutation {
  readonly outcome: OutcomeRow;
  /** Why it was refused; null of one that was applied. */
  readonly refusal: Refusal | null;
  readonly changes: readonly RowChange[];
  /** How it came out otherwise than its author saw; null of most. */
  readonly merge: ListMerge | null;
  /** The line of the audit log that it leaves; null for most. */
  readonly audit: AuditEntry | null;
}

/** Runs one mutation on the rows as they stand in the batch. One that throws is a bug: refused, logged, not in the way. */
export function runCall(prepared: PreparedCall, rows: WorkingSet, context: RunContext): RanMutation {
  const { mid, name } = prepared.call;
  if (!prepared.ok) return refused(mid, name, prepared.refusal);
  try {
    const before = rows.view(prepared.reads);
    const ran = prepared.mutation.run(before, {
      now: context.now,
      actor: context.actor,
      eventId: eventIdOf(context.clientId, mid),
      arrival: context.arrival,
      policy: context.policy,
    });
    if (!ran.ok) return refused(mid, name, ran.error);
    return {
      outcome: { mid, name, status: 'applied', code: null, detail: null },
      refusal: null,
      changes: ran.value.map((change) => signed(change, context.clientId)),
      merge: prepared.mutation.merges(before),
      audit: auditOf(prepared.mutation, context.actor.id),
    };
  } catch (thrown) {
    context.log({ type: 'mutationThrew', name, mid, error: errorText(thrown) });
    return refused(mid, name, { type: 'invalidState' });
  }
}

function auditOf({ audit }: PreparedMutation, actor: AgentId): AuditEntry | null {
  const line = audit();
  return line === null ? null : { actor, action: line.action, detail: JSON.stringify(line.detail) };
}

function signed(change: RowChange, clientId: ClientId): RowChange {
  return change.table === 'history' && change.op === 'put'
    ? { ...change, row: { ...change.row, clientId } }
    : change;
}

function refused(mid: number, name: string, refusal: Refusal): RanMutation {
  return { outcome: refusedOutcome(mid, name, refusal), refusal, changes: [], merge: null, audit: null };
}

/** The outcome that is recorded of a refusal (Y4). */
export function refusedOutcome(mid: number, name: string, refusal: Refusal): OutcomeRow {
  const detail = refusal.detail === undefined ? null : JSON.stringify(refusal.detail);
  return { mid, name, status: 'refused', code: refusal.type, detail };
}
