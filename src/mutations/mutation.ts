import type { z } from 'zod';
import type { AgentId, ConversationId, EventId, MessageId } from '../base/ids.ts';
import type { Result } from '../base/result.ts';
import type { EpochMillis } from '../base/time.ts';
import type { Policy } from '../domain/events.ts';
import type { ListMerge } from '../domain/fields/list-merge.ts';
import type { Agent, Message, ReadMarker, Role, Setting, Verdict } from '../domain/model.ts';
import type { RowChange, Snapshot } from '../domain/rows.ts';

/** The rows a mutation names before it runs (Y2); the engine loads them, so no database handle reaches a rule. */
export interface Reads {
  readonly conversations: readonly ConversationId[];
  readonly messages?: readonly MessageId[];
  readonly agents?: readonly AgentId[];
  readonly readMarkers?: readonly (readonly [AgentId, ConversationId])[];
  /** Keys of settings: documents of the workspace (`field:profile.goal`, `survey:…`). */
  readonly settings?: readonly string[];
  readonly verdicts?: readonly (readonly [ConversationId, AgentId])[];
}

/** The loaded rows. Asking for a row that `reads` did not name throws. */
export interface LoadedRows {
  snapshot(id: ConversationId): Snapshot;
  message(id: MessageId): Message | null;
  agent(id: AgentId): Agent | null;
  readMarker(agentId: AgentId, conversationId: ConversationId): ReadMarker | null;
  setting(key: string): Setting | null;
  verdict(conversationId: ConversationId, agentId: AgentId): Verdict | null;
}

/** What surrounds a run. Desk and workspace each supply their own; the workspace's decides (Y2, Y10). */
export interface MutationContext {
  readonly now: EpochMillis;
  readonly actor: { readonly id: AgentId; readonly role: Role };
  /** Id of the first history event this run makes: unique per mutation, the same on desk and workspace; a second one is `${eventId}.1`. */
  readonly eventId: EventId;
  /** Receipt number of that event (see `HistoryEvent.arrival`). */
  readonly arrival: number;
  readonly policy: Policy;
}

/** Why a rule refused. `code` is stable; the detail fills the sentence the screen makes of it. */
export interface Refusal {
  readonly type: RefusalCode;
  /** Who or what stood in the way: an agent's id, a message's id, a value; never a sentence. */
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

export const REFUSAL_CODES = [
  'notFound',
  'forbidden',
  'invalidArguments',
  'unknownMutation',
  'invalidState',
  /** S6: the customer wrote after the last message the agent saw. */
  'newCustomerMessage',
  /** S7: someone else took it first; detail.agentId. */
  'takenBySomeoneElse',
  /** Y11: someone wrote publicly since a reply was written offline; detail.messageId. */
  'staleReply',
  /** Y16: the value an undo would take back no longer stands. */
  'changedSince',
  'tooManyTags',
  'alreadyExists',
  /** F1: detail.field, detail.expected (a field type), detail.got (a `ValueKind`). */
  'wrongType',
  /** Nobody defined the field, or it was deleted; detail.field. */
  'noSuchField',
  /** F3: it takes no values until it is restored; detail.field. */
  'fieldArchived',
  /** C2, Q6: it is not set by hand; or C8: it cannot be deleted; detail.field. */
  'fieldLocked',
  /** F3: the key belonged to a field that was deleted; detail.field. */
  'keyRetired',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A named command (Y1, Y2): one per file, pure, synchronous, the only way anything changes. */
export interface Mutation<Name extends string = string, Args = unknown> {
  /** Wire name, noun.verb; never reused (Y14). */
  readonly name: Name;
  readonly args: z.ZodType<Args>;
  /** Least role that may call it; the workspace checks (a type error if absent). */
  readonly role: Role;
  reads(args: Args, actorId: AgentId): Reads;
  run(rows: LoadedRows, args: Args, ctx: MutationContext): Result<readonly RowChange[], Refusal>;
  /**
   * The mutation that takes this one back (Y16), built from the rows before it ran; conditional on the value it set.
   * Null: cannot be undone, or there was nothing to undo.
   */
  inverse(rows: LoadedRows, args: Args, actorId: AgentId): InverseCall | null;
  /**
   * Of a change that merges item by item, from the rows before it ran: how it comes out otherwise than its author saw (F1,
   * S8). Null: as the author saw it, or the call does not say what that was.
   */
  merges?(rows: LoadedRows, args: Args): ListMerge | null;
  /** The line that an applied call leaves in the workspace's audit log: `action` is a code, `detail` goes in as JSON. */
  audit?(args: Args): { readonly action: string; readonly detail: object };
}

/** A named call with its arguments, as the outbox stores it. */
export interface InverseCall {
  readonly name: string;
  readonly args: unknown;
}

/** Defines a mutation with its types tied together. */
export function defineMutation<const Name extends string, Args>(
  mutation: Mutation<Name, Args>,
): Mutation<Name, Args> {
  return mutation;
}
