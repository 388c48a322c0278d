import type { ConversationId } from '../../../../src/base/ids.ts';
import type { Conversation, Csat, Cycle, Message } from '../../../../src/domain/model.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';

/** The messages up to the hand-off, and those since. Both in (at, id) order. */
export interface ThreadParts {
  readonly ai: readonly ThreadMessage[];
  readonly human: readonly ThreadMessage[];
}

/** When the team's part begins: at the first hand-off, else at the first opening; null while only the AI has it. */
export function humanFrom(
  conversation: Pick<Conversation, 'handoffAt' | 'firstOpenedAt' | 'aiOutcome'>,
): number | null {
  if (conversation.aiOutcome === null) return Number.NEGATIVE_INFINITY;
  return conversation.handoffAt ?? conversation.firstOpenedAt;
}

/** Parts a thread at its hand-off. What an agent wrote before it (a note) is the team's and is never folded away. */
export function partsOf(
  messages: readonly ThreadMessage[],
  conversation: Pick<Conversation, 'handoffAt' | 'firstOpenedAt' | 'aiOutcome'>,
): ThreadParts {
  const from = humanFrom(conversation);
  const isAiPart = ({ at, authorKind }: Message): boolean =>
    from !== null && at <= from && authorKind !== 'agent';
  return {
    ai: messages.filter(isAiPart),
    human: messages.filter((message) => !isAiPart(message)),
  };
}

/** How many messages the folded part stands for. With earlier ones not loaded, the conversation's own count tells. */
export function aiPartCount(
  parts: ThreadParts,
  conversation: Pick<Conversation, 'messageCount'>,
  hasEarlier: boolean,
): number {
  const said = (messages: readonly Message[]): number =>
    messages.filter(({ authorKind }) => authorKind !== 'system').length;
  return hasEarlier ? Math.max(0, conversation.messageCount - said(parts.human)) : said(parts.ai);
}

/** Milliseconds from the start to where the AI's part ended; null while it goes on or when there was none. */
export function timeWithAi(
  conversation: Pick<Conversation, 'startedAt' | 'handoffAt' | 'aiClosedAt' | 'aiOutcome'>,
): number | null {
  if (conversation.aiOutcome === null) return null;
  const end = conversation.handoffAt ?? conversation.aiClosedAt;
  return end === null ? null : Math.max(0, end - conversation.startedAt);
}

/** The customer's latest public message that no agent has answered; the AI's own words are no answer to a hand-off. */
export function unansweredQuestion(messages: readonly Message[]): Message | null {
  const last = messages.findLast(
    ({ authorKind, note }) => !note && (authorKind === 'customer' || authorKind === 'agent'),
  );
  return last?.authorKind === 'customer' ? last : null;
}

/** The last public message on the screen that the workspace knows or will know: what a reply answers (Y11). */
export function lastPublicSeen(messages: readonly ThreadMessage[]): ThreadMessage | null {
  return (
    messages.findLast(
      ({ note, authorKind, delivery }) => !note && authorKind !== 'system' && delivery?.state !== 'failed',
    ) ?? null
  );
}

/** What was said publicly since a moment, by others than `me`. */
export function publicSince(
  messages: readonly ThreadMessage[],
  since: number,
  me: string | null,
): readonly ThreadMessage[] {
  return messages.filter(
    ({ at, note, authorKind, authorId }) =>
      at > since && !note && authorKind !== 'system' && !(authorKind === 'agent' && authorId === me),
  );
}

/** The first message since `readThroughAt` that somebody else wrote. Null: all is read, or nothing ever was. */
export function firstUnread(
  messages: readonly ThreadMessage[],
  readThroughAt: number | null,
  me: string | null,
): ThreadMessage | null {
  if (readThroughAt === null) return null;
  return (
    messages.find(
      ({ at, authorKind, authorId }) =>
        at > readThroughAt && authorKind !== 'system' && !(authorKind === 'agent' && authorId === me),
    ) ?? null
  );
}

/** One line of the thread. Keys are unique within a thread. */
export type ThreadItem =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'new'; readonly key: string }
  | { readonly type: 'closed'; readonly key: string; readonly at: number; readonly cycle: Cycle }
  | { readonly type: 'reopened'; readonly key: string; readonly at: number; readonly cycle: Cycle }
  | { readonly type: 'asked'; readonly key: string; readonly at: number; readonly csat: Csat }
  | { readonly type: 'answered'; readonly key: string; readonly at: number; readonly csat: Csat }
  | { readonly type: 'message'; readonly key: string; readonly at: number; readonly message: ThreadMessage };

/** Endings and openings of cycles in the span of the messages; the first opening is the hand-off's own. */
export function cycleItems(cycles: readonly Cycle[], from: number): ThreadItem[] {
  return cycles.flatMap((cycle): ThreadItem[] => {
    const items: ThreadItem[] = [];
    if (cycle.ordinal > 1) {
      items.push({ type: 'reopened', key: `open-${cycle.ordinal}`, at: cycle.openedAt, cycle });
    }
    if (cycle.closedAt !== null) {
      items.push({ type: 'closed', key: `close-${cycle.ordinal}`, at: cycle.closedAt, cycle });
    }
    return items.filter((item) => 'at' in item && item.at >= from);
  });
}

/** Surveys that went out, and the latest answer to each, in the span of the messages. */
export function surveyItems(asked: readonly Csat[], from: number): ThreadItem[] {
  return asked.flatMap((csat): ThreadItem[] => {
    const { ordinal, surveyId, sentAt, answeredAt } = csat;
    const items: ThreadItem[] = [];
    if (surveyId !== null) items.push({ type: 'asked', key: `asked-${ordinal}`, at: sentAt, csat });
    if (answeredAt !== null)
      items.push({ type: 'answered', key: `answered-${ordinal}`, at: answeredAt, csat });
    return items.filter((item) => 'at' in item && item.at >= from);
  });
}

/** What surrounds the messages of a part. */
export interface ItemOptions {
  readonly cycles: readonly Cycle[];
  /** What the customer was asked. */
  readonly asked: readonly Csat[];
  /** Moments before this are not on the screen. */
  readonly from: number;
  /** Above this message stands the line "New". */
  readonly unreadId: string | null;
  /** Number of the civil day of a moment. */
  readonly dayOf: (at: number) => number;
  /** The day of what stands right above, which needs no second divider; null when nothing does. */
  readonly dayBefore: number | null;
}

function order(item: ThreadItem): number {
  // At one moment: what opened it, what was said, what closed it.
  return item.type === 'reopened' ? 0 : item.type === 'message' ? 1 : 2;
}

/** Lays messages and cycles in order, with a divider at each new day and the line above the first unread one. */
export function itemsOf(messages: readonly ThreadMessage[], options: ItemOptions): readonly ThreadItem[] {
  const said = messages.map(
    (message): ThreadItem => ({ type: 'message', key: message.id, at: message.at, message }),
  );
  const cycles = cycleItems(options.cycles, options.from);
  const at = (item: ThreadItem): number => ('at' in item ? item.at : 0);
  const surveys = surveyItems(options.asked, options.from);
  const all = [...said, ...cycles, ...surveys].sort((a, b) => at(a) - at(b) || order(a) - order(b));
  const items: ThreadItem[] = [];
  let day = options.dayBefore;
  for (const item of all) {
    const itsDay = options.dayOf(at(item));
    if (itsDay !== day) items.push({ type: 'day', key: `day-${items.length}-${itsDay}`, at: at(item) });
    day = itsDay;
    if (item.key === options.unreadId) items.push({ type: 'new', key: 'new' });
    items.push(item);
  }
  return items;
}

/**
 * The older messages of a conversation that were seen once, kept below the window that the engine keeps fresh, so that a
 * thread neither jumps nor gets a hole while new messages push the window on.
 */
export interface Older {
  readonly conversationId: ConversationId;
  readonly messages: readonly ThreadMessage[];
  readonly hasEarlier: boolean;
}

function isBefore(a: Pick<Message, 'at' | 'id'>, b: Pick<Message, 'at' | 'id'>): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** The window with the older messages in front of it. */
export function joinOlder(view: ThreadView, older: Older | null): Older {
  const { id } = view.conversation;
  const first = view.messages[0];
  if (older === null || older.conversationId !== id || first === undefined) {
    return { conversationId: id, messages: view.messages, hasEarlier: view.hasEarlier };
  }
  const before = older.messages.filter((message) => isBefore(message, first));
  if (before.length === 0) {
    return { conversationId: id, messages: view.messages, hasEarlier: view.hasEarlier };
  }
  return { conversationId: id, messages: [...before, ...view.messages], hasEarlier: older.hasEarlier };
}
