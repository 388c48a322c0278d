import { asId, type ConversationId, type EventId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type EpochMillis, epochMillis } from '../base/time.ts';
import type { Fact, HistoryEvent } from '../domain/events.ts';
import type { Conversation } from '../domain/model.ts';
import { put, type RowChange, type Snapshot } from '../domain/rows.ts';
import { settle, step } from '../domain/step.ts';
import type { LoadedRows, MutationContext, Refusal } from './mutation.ts';

/** A conversation as it stands when a mutation runs, and when the mutation counts. */
export interface Target {
  /** Rows that time changed up to that moment, besides the conversation's own: they go with what happens. */
  readonly passed: Changes;
  readonly snapshot: Snapshot;
  readonly conversation: Conversation;
  readonly at: EpochMillis;
}

export type Changes = readonly RowChange[];

/** Refuses with a code and what fills its sentence. */
export function refuse(type: Refusal['type'], detail?: Refusal['detail']): Result<never, Refusal> {
  return err(detail === undefined ? { type } : { type, detail });
}

/** Nothing to do: what was asked for stands already. */
export const NO_CHANGES: Result<Changes, Refusal> = ok([]);

/** The moment a mutation counts (T8): now, but never before what its conversation has folded or what time has closed. */
function momentOf(conversation: Conversation, { now, eventId }: MutationContext): EpochMillis {
  const { foldedAt, foldedId, aiClosedAt } = conversation;
  const next = foldedId < eventId ? foldedAt : foldedAt + 1;
  return epochMillis(Math.max(now, next, aiClosedAt ?? 0));
}

/** The conversation a mutation is about, with time passed up to its moment; refused when there is none. */
export function target(rows: LoadedRows, id: ConversationId, ctx: MutationContext): Result<Target, Refusal> {
  const stored = rows.snapshot(id);
  if (stored.conversation === null) return refuse('notFound', { conversationId: id });
  const at = momentOf(stored.conversation, ctx);
  const { snapshot, changes } = settle(stored, at, ctx.policy);
  const passed = changes.filter((change) => !isConversationRow(change));
  return ok({ passed, snapshot, conversation: snapshot.conversation ?? stored.conversation, at });
}

function eventIdAt(base: EventId, index: number): EventId {
  return index === 0 ? base : asId<'EventId'>(`${base}.${index}`);
}

function historyChange(event: HistoryEvent): RowChange {
  const { id, conversationId, at, arrival, origin, fact } = event;
  return put('history', {
    id,
    conversationId,
    at,
    arrival,
    origin,
    clientId: null,
    fact: JSON.stringify(fact),
  });
}

function isConversationRow(change: RowChange): boolean {
  return change.table === 'conversation';
}

/**
 * Lets facts happen to a conversation, in order, at its moment: the rows they change and their history events. Several
 * facts of one mutation have ids that sort in their order behind the mutation's own.
 */
export function happen(target: Target, ctx: MutationContext, facts: readonly Fact[]): Changes {
  const changes: RowChange[] = [...target.passed];
  const events: RowChange[] = [];
  let snapshot = target.snapshot;
  facts.forEach((fact, index) => {
    const event: HistoryEvent = {
      id: eventIdAt(ctx.eventId, index),
      conversationId: target.conversation.id,
      at: target.at,
      arrival: ctx.arrival,
      origin: 'desk',
      fact,
    };
    const result = step(snapshot, event, ctx.policy);
    snapshot = result.snapshot;
    const isLast = index === facts.length - 1;
    // Every step writes the conversation whole; only the last one counts.
    changes.push(
      ...(isLast ? result.changes : result.changes.filter((change) => !isConversationRow(change))),
    );
    events.push(historyChange(event));
  });
  return [...changes, ...events];
}

/** Runs `decide` on the conversation as it stands; what it answers happens, and nothing at all for no facts. */
export function onConversation(
  rows: LoadedRows,
  id: ConversationId,
  ctx: MutationContext,
  decide: (target: Target) => Result<readonly Fact[], Refusal>,
): Result<Changes, Refusal> {
  const found = target(rows, id, ctx);
  if (!found.ok) return found;
  const facts = decide(found.value);
  if (!facts.ok) return facts;
  return facts.value.length === 0 ? NO_CHANGES : ok(happen(found.value, ctx, facts.value));
}
