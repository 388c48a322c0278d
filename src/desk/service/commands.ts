import type { ConversationId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Refusal } from '../../mutations/mutation.ts';
import { findMutation } from '../../mutations/registry.ts';
import { roleAllows } from '../../mutations/roles.ts';
import type { Answer } from '../../protocol/rpc/contract.ts';
import type { Saved, SyncStatus, UndoItem } from '../../protocol/rpc/status.ts';
import type { DeskCore, NewCall } from '../desk-core.ts';
import type { Entry } from '../outbox/entry.ts';
import type { DraftChange } from '../outbox/outbox.ts';
import { draftKindOf, textOf, withArgs } from '../outbox/outgoing.ts';
import { nextRedo, nextUndo, type UndoableEntry } from '../outbox/undo-chains.ts';
import { readRow } from '../replica/row-sql.ts';
import { expecting } from './expectations.ts';
import { seeingTags } from './seen-tags.ts';

/** Actions that the undo list shows (Y16). */
export const UNDO_LIMIT = 50;

export interface CommandDeps {
  readonly core: DeskCore;
  readonly link: () => SyncStatus['workspace'];
  /** There is something to push. */
  readonly kick: () => void;
}

/** Runs a mutation: refused by a rule or for one's role here, or saved; the workspace's word follows (Y1). */
export function mutate(deps: CommandDeps, call: NewCall): Answer<Saved> {
  const least = findMutation(call.name)?.role ?? 'agent';
  const { replica } = deps.core;
  if (replica.state().agentId !== null && !roleAllows(replica.frame().actor.role, least))
    return answered(err({ type: 'forbidden', detail: { role: least } }));
  const made = deps.core.mutate({ ...call, args: stamped(deps, call) });
  if (made.ok) deps.kick();
  return answered(made);
}

/**
 * What only the desk knows of a text: when it was written by the workspace's clock (Y10), and whether there was a
 * confirmed link then (Y11). A screen cannot say otherwise.
 */
function stamped({ core, link }: CommandDeps, { name, args }: NewCall): unknown {
  const kind = draftKindOf(name);
  const { db } = core.replica;
  if (kind === null) return seeingTags(db, name, expecting(db, name, args));
  const writtenAt = core.now();
  return withArgs(args, kind === 'reply' ? { writtenAt, offline: link() !== 'connected' } : { writtenAt });
}

function answered(made: Result<Entry, Refusal>): Answer<Saved> {
  if (!made.ok) return { ok: false, refusal: made.error };
  return { ok: true, value: { mid: made.value.mid, undoable: made.value.inverse !== null } };
}

/** One step in an action's chain: the call that makes it, or why there is none. */
export type Turn = Result<NewCall, Refusal>;

/**
 * One step on in an action's chain: back from where it stands, or (`undone`) on from where it was taken back. `mid` is the
 * action's, or that of the chain's last mutation.
 */
export function turnOf({ outbox }: DeskCore, mid: number | undefined, undone: boolean): Turn {
  const chains = outbox.undoable(UNDO_LIMIT);
  const next = undone ? nextRedo(chains) : nextUndo(chains);
  const found =
    mid === undefined ? next : (chains.find((entry) => entry.mid === mid || entry.tip.mid === mid) ?? null);
  const call = found === null ? null : takingBack(found.tip);
  if (found === null || call === null) return err({ type: 'notFound' });
  return found.undone === undone ? ok(call) : err({ type: 'changedSince' });
}

/** Makes the step: a new mutation, conditional on what the last one set (Y16). */
export function turned(deps: CommandDeps, turn: Turn): Answer<Saved> {
  return turn.ok ? mutate(deps, turn.value) : { ok: false, refusal: turn.error };
}

/** A call that takes an entry back, as it was captured (Y16); null where there is no way back. */
function takingBack({ mid, inverse }: Entry): NewCall | null {
  return inverse === null ? null : { ...inverse, undoes: mid };
}

/** The last actions that can be, or were, taken back; latest first. */
export function undoItems(
  core: DeskCore,
  customerName: (id: ConversationId | null) => string | null,
): readonly UndoItem[] {
  const chains = core.outbox.undoable(UNDO_LIMIT);
  const next = nextRedo(chains);
  return chains.map((entry: UndoableEntry) => ({
    mid: entry.mid,
    name: entry.name,
    conversationId: entry.conversationId,
    customerName: customerName(entry.conversationId),
    args: entry.args,
    at: entry.madeAt,
    undone: entry.undone,
    redo: redoOf(entry, next),
  }));
}

function redoOf(entry: UndoableEntry, next: UndoableEntry | null): UndoItem['redo'] {
  if (!entry.undone || entry.tip.inverse === null) return null;
  return entry.mid === next?.mid ? 'next' : 'listed';
}

/** Takes back what no push has carried (Y12); a text goes back to the composer, before what stands there. */
export function recall({ core }: CommandDeps, mid: number): boolean {
  const entry = core.outbox.entries().find((one) => one.mid === mid);
  return entry !== undefined && core.recall(mid, draftOf(core, entry));
}

function draftOf(core: DeskCore, entry: Entry): DraftChange | null {
  const kind = draftKindOf(entry.name);
  const text = textOf(entry);
  const { conversationId } = entry;
  if (kind === null || text === null || conversationId === null) return null;
  const standing = core.outbox.drafts.of(conversationId).find((draft) => draft.kind === kind);
  const joined = standing === undefined ? text : `${text}\n\n${standing.text}`;
  return { conversationId, kind, text: joined, at: core.now() };
}

/** Sends a held or refused item again as a new mutation: its author has now seen what was written since (Y11). */
export function resend(deps: CommandDeps, mid: number, text: string | undefined): Answer<Saved> {
  const item = deps.core.outbox.attention().find((one) => one.mid === mid);
  if (item === undefined) return answered(err({ type: 'notFound' }));
  const conversation =
    item.conversationId === null
      ? null
      : readRow(deps.core.replica.db, 'conversation', [item.conversationId]);
  const seen =
    draftKindOf(item.name) === 'reply' ? { lastSeenMessageId: conversation?.lastPublicId ?? null } : {};
  const edited = text === undefined || draftKindOf(item.name) === null ? {} : { text };
  // Whoever sends a change again has seen what stood in its way, and means it over that.
  const again = withArgs(item.args, { ...seen, ...edited, expect: undefined });
  return mutate(deps, { name: item.name, args: again, settles: mid });
}
