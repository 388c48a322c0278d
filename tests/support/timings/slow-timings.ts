import type { HistoryEvent } from '../../../src/domain/events.ts';

/*
 * The six timings, slow and obvious: rules T1 to T8 read aloud over a history in which everything happens at whole
 * minutes, and then every minute of every span is looked at by itself.
 */

const MINUTE = 60_000;

interface SlowSpan {
  /** First and last question, and the answer, in minutes since 1970. */
  readonly first: number;
  readonly last: number;
  readonly end: number;
}

export interface SlowCycle {
  openedAt: number;
  closedAt: number | null;
  waiting: { first: number; last: number } | null;
  readonly replies: SlowSpan[];
}

/** The cycles of a handed-over or human conversation, one event after the other. */
export function slowCycles(events: readonly HistoryEvent[]): readonly SlowCycle[] {
  const cycles: SlowCycle[] = [];
  let withAi = true;
  let lastPublic = -Infinity;
  const open = (at: number, waits: boolean): SlowCycle => {
    const cycle: SlowCycle = {
      openedAt: at,
      closedAt: null,
      waiting: waits ? { first: at, last: at } : null,
      replies: [],
    };
    cycles.push(cycle);
    return cycle;
  };
  for (const { fact, at: moment } of events) {
    const at = moment / MINUTE;
    const cycle = cycles.at(-1);
    const isOpen = cycle !== undefined && cycle.closedAt === null;
    if (fact.type === 'started') withAi = fact.withAi;
    if (fact.type === 'escalated' && !isOpen) open(at, true);
    if (fact.type === 'closed' && isOpen) cycle.closedAt = at;
    if (fact.type === 'reopened' && cycle?.closedAt != null) open(at, false);
    if (fact.type === 'closeUndone' && cycle?.closedAt != null && lastPublic <= cycle.closedAt)
      cycle.closedAt = null;
    if (fact.type !== 'messagePosted' || fact.note || fact.authorKind === 'system') continue;
    lastPublic = at;
    if (fact.authorKind === 'customer') {
      if (isOpen) {
        cycle.waiting ??= { first: at, last: at };
        cycle.waiting.last = at;
      } else if (cycle !== undefined || !withAi) open(at, true);
    }
    if (fact.authorKind === 'agent' && isOpen && cycle.waiting !== null) {
      cycle.replies.push({ ...cycle.waiting, end: at });
      cycle.waiting = null;
    }
  }
  return cycles;
}

export type SlowValue = number | 'notYet' | 'noReply' | 'outsideHours' | 'noSchedule';

/** What a minute is: open, closed, or without any schedule. */
type Hours = (minute: number) => boolean | null;

function meanOf(lengths: readonly number[]): number {
  let sum = 0;
  for (const length of lengths) sum += length;
  return Math.round((sum * MINUTE) / lengths.length);
}

function wall(spans: readonly (readonly [number, number])[], missing: SlowValue): SlowValue {
  const lengths: number[] = [];
  for (const [from, to] of spans) {
    let minutes = 0;
    for (let minute = from; minute < to; minute += 1) minutes += 1;
    lengths.push(minutes);
  }
  return lengths.length === 0 ? missing : meanOf(lengths);
}

interface Choices {
  readonly hasSchedule: boolean;
  /** Ours, or Channel Talk's ways. */
  readonly isOurs: boolean;
}

function inHours(
  spans: readonly (readonly [number, number])[],
  missing: SlowValue,
  isReply: boolean,
  hours: Hours,
  { hasSchedule, isOurs }: Choices,
): SlowValue {
  if (!hasSchedule) return 'noSchedule';
  if (spans.length === 0) return missing;
  let isScheduled = false;
  const lengths: number[] = [];
  for (const [from, to] of spans) {
    let minutes = 0;
    for (let minute = from; minute < to; minute += 1) if (hours(minute) === true) minutes += 1;
    for (let minute = from; minute <= to; minute += 1) if (hours(minute) !== null) isScheduled = true;
    const touches = minutes > 0 || (from === to && hours(from) === true);
    if (isOurs && touches) lengths.push(minutes);
    if (!isOurs && (!isReply || hours(to) === true)) lengths.push(minutes);
  }
  if (!isScheduled) return 'noSchedule';
  return lengths.length === 0 ? 'outsideHours' : meanOf(lengths);
}

/** One cycle's six values under a policy's name. */
export function slowTimings(cycle: SlowCycle, hours: Hours, choices: Choices): Record<string, SlowValue> {
  const { isOurs } = choices;
  const missing = cycle.closedAt === null ? 'notYet' : 'noReply';
  const [first] = cycle.replies;
  const waiting: [number, number][] =
    first === undefined ? [] : [[isOurs ? first.first : cycle.openedAt, first.end]];
  const replies = cycle.replies.map(({ first: asked, last, end }) => [isOurs ? asked : last, end] as const);
  const resolution: [number, number][] = cycle.closedAt === null ? [] : [[cycle.openedAt, cycle.closedAt]];
  return {
    waitingTime: wall(waiting, missing),
    avgReplyTime: wall(replies, missing),
    resolutionTime: wall(resolution, 'notYet'),
    operationWaitingTime: inHours(waiting, missing, false, hours, choices),
    operationAvgReplyTime: inHours(replies, missing, true, hours, choices),
    operationResolutionTime: inHours(resolution, 'notYet', false, hours, choices),
  };
}
