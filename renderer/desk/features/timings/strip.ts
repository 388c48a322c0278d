import type { EpochMillis } from '../../../../src/base/time.ts';
import type { Stretch } from '../../../../src/domain/hours/business-hours.ts';
import type { ExplainedSpan, TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import type { Cycle } from '../../../../src/domain/model.ts';
import type { Mark } from '../../../../src/domain/timings/reply-spans.ts';
import type { TimingKey } from '../../../../src/domain/timings/timings.ts';
import type { CycleTimingsView } from '../../../../src/protocol/rpc/timings.ts';
import { measureOf } from './measure.ts';
import { type Scale, timeScale } from './scale.ts';

/** What lies at a moment of a cycle's life. */
export type StripMarkKind = 'opening' | 'customer' | 'agent' | 'closing';

export interface StripMark {
  readonly kind: StripMarkKind;
  readonly at: EpochMillis;
  /** Place on the axis, 0 to 1. */
  readonly x: number;
  readonly messageId: string | null;
  /** What it does to the clock that is shown; a mark that does nothing only tells where the cycle began or ended. */
  readonly role: 'starts' | 'stops' | 'none';
}

/** A part of the axis, both from 0 to 1. */
export interface Part {
  readonly x: number;
  readonly width: number;
}

export interface StripSpan extends Part {
  readonly span: ExplainedSpan;
  /** The parts of it that are counted. */
  readonly counted: readonly Part[];
}

/** Time that is drawn shorter than it is. */
export interface StripBreak extends Part {
  /** Milliseconds. */
  readonly length: number;
}

/** A cycle's life under one of its timings, ready to draw (T10). */
export interface Strip {
  readonly marks: readonly StripMark[];
  readonly spans: readonly StripSpan[];
  /** Outside business hours; none where no schedule is in force. */
  readonly closed: readonly Part[];
  readonly breaks: readonly StripBreak[];
  /** A clock that still runs: it has no value yet. */
  readonly running: Part | null;
  readonly scale: Scale;
}

type Unplaced = Omit<StripMark, 'x'>;

function markOf(mark: Mark, role: 'starts' | 'stops'): Unplaced {
  const kind = mark.type === 'message' ? (role === 'starts' ? 'customer' : 'agent') : mark.type;
  return { kind, at: mark.at, messageId: mark.messageId, role };
}

/** Since when the clock of a timing runs, in a cycle where it has not stopped; null where it stands. */
export function runningSince({ cycle }: Pick<CycleTimingsView, 'cycle'>, key: TimingKey): EpochMillis | null {
  const { closedAt, openedAt, waitingSince, firstReplyAt } = cycle;
  if (closedAt !== null) return null;
  const { measure } = measureOf(key);
  if (measure === 'resolution') return openedAt;
  return measure === 'average' || firstReplyAt === null ? waitingSince : null;
}

/** What started a clock that still runs: the opening, or a customer's message that waits. */
function runningMark(cycle: Cycle, since: EpochMillis): Unplaced {
  const kind = since === cycle.openedAt && cycle.openedBy !== 'customer' ? 'opening' : 'customer';
  return { kind, at: since, messageId: null, role: 'starts' };
}

/** What started and stopped the clock, with both ends of the cycle; in order, each moment's once. */
export function marksOf(
  { cycle }: Pick<CycleTimingsView, 'cycle'>,
  explanation: TimingExplanation,
): readonly Unplaced[] {
  const since = runningSince({ cycle }, explanation.key);
  const own = [
    ...explanation.spans.flatMap(({ start, stop }) => [markOf(start, 'starts'), markOf(stop, 'stops')]),
    ...(since === null ? [] : [runningMark(cycle, since)]),
  ];
  const has = (at: number, kind: StripMarkKind): boolean =>
    own.some((mark) => mark.at === at && (mark.kind === kind || mark.kind === 'customer'));
  const ends: Unplaced[] = [];
  const { openedAt, closedAt } = cycle;
  if (!has(openedAt, 'opening')) ends.push({ kind: 'opening', at: openedAt, messageId: null, role: 'none' });
  if (closedAt !== null && !own.some(({ kind }) => kind === 'closing'))
    ends.push({ kind: 'closing', at: closedAt, messageId: null, role: 'none' });
  const ORDER: Readonly<Record<StripMarkKind, number>> = { opening: 0, customer: 1, agent: 2, closing: 3 };
  return [...own, ...ends].sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}

function partOf(scale: Scale, from: number, to: number): Part {
  const x = scale.place(from);
  return { x, width: scale.place(to) - x };
}

/** What of [from, to] is not open. */
export function closedParts(from: number, to: number, open: readonly Stretch[]): readonly Stretch[] {
  const parts: Stretch[] = [];
  let at = from;
  for (const stretch of open) {
    if (stretch.from > at) parts.push({ from: at as EpochMillis, to: stretch.from });
    at = Math.max(at, stretch.to);
  }
  if (at < to) parts.push({ from: at as EpochMillis, to: to as EpochMillis });
  return parts;
}

function spanOf(scale: Scale, span: ExplainedSpan): StripSpan {
  const parts = span.inHours === null ? [span] : span.open;
  return {
    ...partOf(scale, span.from, span.to),
    span,
    counted: span.counts ? parts.map(({ from, to }) => partOf(scale, from, to)) : [],
  };
}

/** Lays a cycle out under one of its timings. */
export function stripOf(view: CycleTimingsView, explanation: TimingExplanation): Strip {
  const { openedAt } = view.cycle;
  const found = marksOf(view, explanation);
  const until = Math.max(view.until, ...found.map(({ at }) => at));
  const closed = view.open === null ? [] : closedParts(openedAt, until, view.open);
  const edges = closed.flatMap(({ from, to }) => [from, to]);
  const scale = timeScale([openedAt, ...found.map(({ at }) => at), until], edges);
  const since = runningSince(view, explanation.key);
  return {
    running: since === null ? null : partOf(scale, since, until),
    marks: found.map((mark) => ({ ...mark, x: scale.place(mark.at) })),
    spans: explanation.spans.map((span) => spanOf(scale, span)),
    closed: closed.map(({ from, to }) => partOf(scale, from, to)),
    breaks: scale.pieces
      .filter(({ broken }) => broken)
      .map(({ x, width, from, to }) => ({ x, width, length: to - from })),
    scale,
  };
}

/** A word under or over the axis. */
export interface AxisWord {
  readonly at: EpochMillis;
  readonly x: number;
}

/**
 * The moments of `marks` that can be written beside each other, at least `room` of the axis apart; the last one always. `differs`
 * leaves out what says the same as the one before.
 */
export function axisWords(
  marks: readonly AxisWord[],
  room: number,
  differs: (one: EpochMillis, other: EpochMillis) => boolean,
): readonly AxisWord[] {
  const words: AxisWord[] = [];
  for (const { at, x } of marks) {
    const last = words.at(-1);
    if (last === undefined || (x - last.x >= room && differs(last.at, at))) words.push({ at, x });
  }
  return words;
}
