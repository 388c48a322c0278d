import { type AgentId, asId, type ClientId, type EventId } from '../base/ids.ts';
import { type EpochMillis, plus } from '../base/time.ts';
import type { Policy } from '../domain/events.ts';
import type { Role } from '../domain/model.ts';
import type { RowChange } from '../domain/rows.ts';
import type { Mutation, Reads, Refusal } from '../mutations/mutation.ts';
import type { OutboxMutation } from '../protocol/sync.ts';
import { errorText, type WorkspaceLog } from './log-events.ts';
import type { OutcomeRow } from './store/store.ts';
import type { WorkingSet } from './working-set.ts';

/** Finds a mutation by its wire name; null when there is none of that name. */
export type FindMutation = (name: string) => Mutation<string, unknown> | null;

/** A mutation that may run with its checked arguments, or the refusal that stands for it already. */
export type PreparedMutation =
  | {
      readonly ok: true;
      readonly mid: number;
      readonly mutation: Mutation<string, unknown>;
      readonly args: unknown;
      readonly reads: Reads;
    }
  | { readonly ok: false; readonly mid: number; readonly name: string; readonly refusal: Refusal };

const RANK: Readonly<Record<Role, number>> = { agent: 0, lead: 1, admin: 2 };

/** Whether `role` may do what asks for at least `least`. */
export function roleAllows(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** The id of the history event that a mutation makes: the same on its desk and here, unique, ordered by mid. */
export function eventIdOf(clientId: ClientId, mid: number): EventId {
  return asId(`${clientId}-${String(mid).padStart(10, '0')}`);
}

/** Checks name, permission and arguments; what fails is a refusal that is recorded like any other (Y4). */
export function prepareMutation(
  find: FindMutation,
  call: OutboxMutation,
  actor: { readonly agentId: AgentId; readonly role: Role },
  log: WorkspaceLog,
): PreparedMutation {
  const refuse = (refusal: Refusal): PreparedMutation => ({
    ok: false,
    mid: call.mid,
    name: call.name,
    refusal,
  });
  const mutation = find(call.name);
  if (mutation === null) return refuse({ type: 'unknownMutation', detail: { name: call.name } });
  if (!roleAllows(actor.role, mutation.role))
    return refuse({ type: 'forbidden', detail: { role: mutation.role } });
  const args = mutation.args.safeParse(call.args);
  if (!args.success)
    return refuse({
      type: 'invalidArguments',
      detail: { path: args.error.issues[0]?.path.join('.') ?? '' },
    });
  try {
    const reads = mutation.reads(args.data, actor.agentId);
    return { ok: true, mid: call.mid, mutation, args: args.data, reads };
  } catch (thrown) {
    log({ type: 'mutationThrew', name: call.name, mid: call.mid, error: errorText(thrown) });
    return refuse({ type: 'invalidState' });
  }
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
  readonly changes: readonly RowChange[];
}

/** Runs one mutation on the rows as they stand in the batch. One that throws is a bug: refused, logged, not in the way. */
export function runPrepared(prepared: PreparedMutation, rows: WorkingSet, context: RunContext): RanMutation {
  if (!prepared.ok) return refused(prepared.mid, prepared.name, prepared.refusal);
  const { mid, mutation, args, reads } = prepared;
  const eventId = eventIdOf(context.clientId, mid);
  try {
    const ran = mutation.run(rows.view(reads), args, {
      now: nextMoment(rows, reads, context.now, eventId),
      actor: context.actor,
      eventId,
      arrival: context.arrival,
      policy: context.policy,
    });
    if (!ran.ok) return refused(mid, mutation.name, ran.error);
    return {
      outcome: { mid, name: mutation.name, status: 'applied', code: null, detail: null },
      changes: ran.value.map((change) => signed(change, context.clientId)),
    };
  } catch (thrown) {
    context.log({ type: 'mutationThrew', name: mutation.name, mid, error: errorText(thrown) });
    return refused(mid, mutation.name, { type: 'invalidState' });
  }
}

/** The workspace's time, never before what a conversation it touches has already folded: a clock set back orders nothing (T8, Y10). */
function nextMoment(rows: WorkingSet, reads: Reads, now: EpochMillis, eventId: EventId): EpochMillis {
  let moment = now;
  for (const id of reads.conversations) {
    const conversation = rows.snapshot(id).conversation;
    if (conversation === null || conversation.foldedAt < moment) continue;
    moment =
      conversation.foldedAt === moment && conversation.foldedId < eventId
        ? moment
        : plus(conversation.foldedAt, 1);
  }
  return moment;
}

function signed(change: RowChange, clientId: ClientId): RowChange {
  return change.table === 'history' && change.op === 'put'
    ? { ...change, row: { ...change.row, clientId } }
    : change;
}

function refused(mid: number, name: string, refusal: Refusal): RanMutation {
  const detail = refusal.detail === undefined ? null : JSON.stringify(refusal.detail);
  return { outcome: { mid, name, status: 'refused', code: refusal.type, detail }, changes: [] };
}
