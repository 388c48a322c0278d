import type { RowChange } from '../rows.ts';
import type { Cycle } from '../model.ts';
import { messageMark, type Mark, type ReplySpan, type TimedMessage } from './reply-spans.ts';
import { type CycleTimings, cycleSpans, type TimingRules, timingsOf } from './timings.ts';

/** One cycle as far as it is known: its row and the intervals that were answered. */
interface TrackedCycle {
  readonly row: Cycle;
  readonly replies: readonly ReplySpan[];
  /** Beginnings of the interval that is open. */
  readonly first: Mark | null;
  readonly last: Mark | null;
}

/** A conversation's timings, kept up event by event (T11): what `step` changed is all it needs to hear. */
export interface TimingState {
  readonly cycles: ReadonlyMap<number, TrackedCycle>;
}

export const EMPTY_TIMINGS: TimingState = { cycles: new Map() };

function postedIn(changes: readonly RowChange[]): TimedMessage | null {
  for (const change of changes) if (change.op === 'put' && change.table === 'message') return change.row;
  return null;
}

function markAt(at: Cycle['openedAt'], posted: TimedMessage | null): Mark {
  return posted?.authorKind === 'customer' && posted.at === at
    ? messageMark(posted)
    : { type: 'opening', at, messageId: null };
}

/** A cycle seen for the first time: its clock may run since the opening, and an agent's message may have answered at once. */
function opened(row: Cycle, posted: TimedMessage | null): TrackedCycle {
  const first = row.clockStartAt === null ? null : markAt(row.clockStartAt, posted);
  const fresh: TrackedCycle = { row, replies: [], first, last: first };
  return answered(fresh, row, posted);
}

/** Closes the open interval when the row counts one reply more. */
function answered(tracked: TrackedCycle, row: Cycle, posted: TimedMessage | null): TrackedCycle {
  const { replies, first, last } = tracked;
  if (posted === null || first === null || row.replyCount === replies.length) return { ...tracked, row };
  const reply = { first, last: last ?? first, reply: messageMark(posted) };
  return { row, replies: [...replies, reply], first: null, last: null };
}

function advanced(before: TrackedCycle | undefined, row: Cycle, posted: TimedMessage | null): TrackedCycle {
  if (before === undefined) return opened(row, posted);
  const starts = before.first === null && row.waitingSince !== null;
  const first = starts ? markAt(row.waitingSince, posted) : before.first;
  return answered({ ...before, first, last: starts ? first : before.last }, row, posted);
}

/** A customer's further message into an open interval restarts it for the policies that count from the last one (T13). */
function asked(cycles: Map<number, TrackedCycle>, posted: TimedMessage | null): void {
  if (posted === null || posted.authorKind !== 'customer' || posted.note) return;
  const current = [...cycles.values()].at(-1);
  if (current === undefined || current.first === null || current.row.closedAt !== null) return;
  cycles.set(current.row.ordinal, { ...current, last: messageMark(posted) });
}

/**
 * The state after one event, whose row changes `step` returned. After a refold start from `EMPTY_TIMINGS` and go through
 * the history again, or compute from scratch with `conversationTimings`: they agree (T11).
 */
export function advanceTimings(state: TimingState, changes: readonly RowChange[]): TimingState {
  const posted = postedIn(changes);
  const cycles = new Map(state.cycles);
  for (const change of changes) {
    if (change.table !== 'cycle') continue;
    if (change.op === 'delete') cycles.delete(change.key[1]);
    else cycles.set(change.row.ordinal, advanced(cycles.get(change.row.ordinal), change.row, posted));
  }
  asked(cycles, posted);
  return { cycles };
}

/** Every cycle's timings as the state knows them, earliest first: equal to `conversationTimings` (T11). */
export function timingsOfState(state: TimingState, rules: TimingRules): readonly CycleTimings[] {
  return [...state.cycles.values()]
    .sort((a, b) => a.row.ordinal - b.row.ordinal)
    .map(({ row, replies }) => {
      const spans = cycleSpans(row, replies, rules.policy);
      return { cycle: row, spans, agrees: true, timings: timingsOf(spans, row.closedAt !== null, rules) };
    });
}
