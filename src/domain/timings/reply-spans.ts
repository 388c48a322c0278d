import type { MessageId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Cycle, Message } from '../model.ts';
import { isPublic } from '../state/messages.ts';

/** What a timing needs of a message. */
export type TimedMessage = Pick<Message, 'id' | 'at' | 'authorKind' | 'note'>;

/** What started or stopped a clock: a message, the cycle's opening or its closing. */
export interface Mark {
  readonly type: 'opening' | 'message' | 'closing';
  readonly at: EpochMillis;
  /** The message; null when it was none, or is not known. */
  readonly messageId: MessageId | null;
}

/** One reply interval (T2), with both of its possible beginnings (T13). */
export interface ReplySpan {
  /** The first unanswered customer message, or the opening. */
  readonly first: Mark;
  /** The last customer message before the reply; the same as `first` when there was one or none. */
  readonly last: Mark;
  /** The public agent message that ended it. */
  readonly reply: Mark;
}

/** The cycle's intervals, and whether they agree with its row (replies, their total, the first, the open one). */
export interface ReplySpans {
  readonly spans: readonly ReplySpan[];
  readonly agrees: boolean;
}

/** The messages that can start or stop a clock (T6), in the order of a thread. */
export function clockMessages(messages: readonly TimedMessage[]): readonly TimedMessage[] {
  return messages
    .filter((message) => isPublic(message) && message.authorKind !== 'ai')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** A message as a mark. */
export function messageMark(message: TimedMessage): Mark {
  return { type: 'message', at: message.at, messageId: message.id };
}

/** Where the clock stood at the opening: running since then, or not yet (T1, T2). */
function openingMark(cycle: Cycle, messages: readonly TimedMessage[]): Mark | null {
  const { openedAt, openedBy, clockStartAt } = cycle;
  if (clockStartAt !== openedAt) return null;
  const opener =
    openedBy === 'customer'
      ? messages.find((message) => message.at === openedAt && message.authorKind === 'customer')
      : undefined;
  return opener === undefined ? { type: 'opening', at: openedAt, messageId: null } : messageMark(opener);
}

/** A walk through the cycle's messages, as far as it has come. */
interface Walk {
  readonly spans: readonly ReplySpan[];
  readonly total: number;
  /** The open interval's beginnings; null when nobody waits. */
  readonly first: Mark | null;
  readonly last: Mark | null;
}

function take(walk: Walk, message: TimedMessage): Walk {
  const mark = messageMark(message);
  if (message.authorKind === 'customer') return { ...walk, first: walk.first ?? mark, last: mark };
  const { first, last } = walk;
  if (first === null) return walk;
  return {
    spans: [...walk.spans, { first, last: last ?? first, reply: mark }],
    total: walk.total + (mark.at - first.at),
    first: null,
    last: null,
  };
}

/** The reading in the order of the thread: nearly always the right one. */
function plainWalk(opening: Mark | null, messages: readonly TimedMessage[]): Walk {
  const spans: ReplySpan[] = [];
  let walk: Walk = { spans: [], total: 0, first: opening, last: opening };
  for (const message of messages) {
    const next = take({ ...walk, spans: [] }, message);
    spans.push(...next.spans);
    walk = next;
  }
  return { ...walk, spans };
}

function agreesWith(walk: Walk, cycle: Cycle): boolean {
  return (
    walk.spans.length === cycle.replyCount &&
    walk.total === cycle.replyTotal &&
    (walk.spans[0]?.reply.at ?? null) === cycle.firstReplyAt &&
    (walk.first?.at ?? null) === cycle.waitingSince
  );
}

/** Which other readings are tried: other orders within a moment and either side of a boundary; or any message left out. */
type Latitude = 'ties' | 'any';

/** Steps of the search at most, so that a thread without a solution costs little. */
const MOST_STEPS = 4_000;

class Search {
  private readonly cycle: Cycle;
  private readonly messages: readonly TimedMessage[];
  private readonly latitude: Latitude;
  private steps = 0;

  constructor(cycle: Cycle, messages: readonly TimedMessage[], latitude: Latitude) {
    this.cycle = cycle;
    this.messages = messages;
    this.latitude = latitude;
  }

  /** The first reading that agrees with the cycle's row; null when none was found. */
  run(walk: Walk, rest: readonly TimedMessage[] = this.messages): Walk | null {
    this.steps += 1;
    if (this.steps > MOST_STEPS) return null;
    const next = rest[0];
    if (next === undefined) return agreesWith(walk, this.cycle) ? walk : null;
    if (walk.total > this.cycle.replyTotal || walk.spans.length > this.cycle.replyCount) return null;
    const plain = this.run(take(walk, next), rest.slice(1));
    return plain ?? this.otherwise(walk, next, rest);
  }

  private otherwise(walk: Walk, next: TimedMessage, rest: readonly TimedMessage[]): Walk | null {
    const { openedAt, closedAt } = this.cycle;
    const other = rest.find((one) => one.at === next.at && one.authorKind !== next.authorKind);
    if (other !== undefined) {
      const found = this.run(
        take(walk, other),
        rest.filter((one) => one !== other),
      );
      if (found !== null) return found;
    }
    const isAtEdge = next.at === openedAt || next.at === closedAt;
    return isAtEdge || this.latitude === 'any' ? this.run(walk, rest.slice(1)) : null;
  }
}

/**
 * The cycle's reply intervals (T2), from its row and the conversation's `clockMessages`. Messages of one moment stand in an
 * order that only the history knows, and those of the opening's or closing's moment may lie on its other side; of the
 * possible readings the first that agrees with the row is taken. None does while messages have not all arrived.
 */
export function replySpans(cycle: Cycle, messages: readonly TimedMessage[]): ReplySpans {
  const until = cycle.closedAt ?? Infinity;
  const own = messages.filter((message) => message.at >= cycle.openedAt && message.at <= until);
  const opening = openingMark(cycle, own);
  const plain = plainWalk(opening, own);
  if (agreesWith(plain, cycle)) return { spans: plain.spans, agrees: true };
  const start: Walk = { spans: [], total: 0, first: opening, last: opening };
  for (const latitude of ['ties', 'any'] as const) {
    const found = new Search(cycle, own, latitude).run(start);
    if (found !== null) return { spans: found.spans, agrees: true };
  }
  return { spans: plain.spans, agrees: false };
}
