import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import { type Cycle, PREVIEW_LENGTH } from '../../../src/domain/model.ts';
import { tagLimitOf } from '../../../src/domain/step.ts';

type Claim = readonly [what: string, holds: boolean];

function isDistinct(values: readonly string[]): boolean {
  return values.length < 2 || new Set(values).size === values.length;
}

/** What holds of the human side: its state, its cycles, and the columns that show the current one (T9). */
function humanClaims({ conversation, cycles }: ConversationRows, ordered: readonly Cycle[]): Claim[] {
  const { humanState, cycleCount } = conversation;
  const last = ordered.at(-1) ?? null;
  const isOpen = humanState === 'open' || humanState === 'snoozed';
  return [
    ['cycleCount counts the cycles', cycleCount === cycles.length],
    ['cycles are numbered from 1 without gaps', ordered.every((cycle, index) => cycle.ordinal === index + 1)],
    ['no human state exactly where there is no cycle', (humanState === null) === (cycleCount === 0)],
    ['only the latest cycle is open', ordered.slice(0, -1).every((cycle) => cycle.closedAt !== null)],
    [
      'open or snoozed exactly while the latest cycle is open',
      isOpen === (last !== null && last.closedAt === null),
    ],
    [
      'a snooze has an end, and nothing else has',
      (humanState === 'snoozed') === (conversation.snoozedUntil !== null),
    ],
    ['openedAt is the current cycle’s', conversation.openedAt === (last?.openedAt ?? null)],
    ['closedAt is the current cycle’s', conversation.closedAt === (last?.closedAt ?? null)],
    ['closedBy is the current cycle’s', conversation.closedBy === (last?.closedBy ?? null)],
    ['firstOpenedAt is the first cycle’s', conversation.firstOpenedAt === (ordered[0]?.openedAt ?? null)],
    ['the customer waits only in an open cycle', isOpen || conversation.waitingSince === null],
    ['waitingSince is the open cycle’s', !isOpen || conversation.waitingSince === last?.waitingSince],
    [
      'cycles do not overlap',
      ordered.every((cycle, index) => index === 0 || cycle.openedAt >= (ordered[index - 1]?.closedAt ?? 0)),
    ],
  ];
}

/** What holds of one cycle. */
function cycleClaims(cycle: Cycle): Claim[] {
  const { openedAt, clockStartAt, firstReplyAt, waitingSince, closedAt } = cycle;
  return [
    ['a cycle closes at or after it opens', closedAt === null || closedAt >= openedAt],
    ['closedBy goes with closedAt', (closedAt === null) === (cycle.closedBy === null)],
    ['no agent closed an open cycle', closedAt !== null || cycle.closedByAgentId === null],
    ['no clock starts before its cycle', clockStartAt === null || clockStartAt >= openedAt],
    [
      'nobody waits before the clock starts',
      waitingSince === null || (clockStartAt !== null && waitingSince >= clockStartAt),
    ],
    [
      'a first reply comes after the clock starts',
      firstReplyAt === null || (clockStartAt !== null && firstReplyAt >= clockStartAt),
    ],
    ['a first reply exactly where replies are counted', (firstReplyAt !== null) === cycle.replyCount > 0],
    [
      'intervals are never negative',
      cycle.replyTotal >= 0 && (cycle.replyCount > 0 || cycle.replyTotal === 0),
    ],
  ];
}

/** What holds of the AI's side (S2, S3). */
function aiClaims({ conversation, handoffs }: ConversationRows): Claim[] {
  const { aiOutcome, handoffAt, handoffBy, handoffCount, handoffOffer, handoffReadBy } = conversation;
  const isClosed = aiOutcome === 'resolvedByAi' || aiOutcome === 'closedUnresolved';
  return [
    [
      'notResolvedByAi exactly where there was a hand-off',
      (aiOutcome === 'notResolvedByAi') === (handoffAt !== null),
    ],
    ['what the AI has, no human has', aiOutcome !== 'open' || conversation.humanState === null],
    ['a hand-off has an initiator', (handoffAt === null) === (handoffBy === null)],
    ['handoffCount counts the hand-offs', handoffCount === handoffs.length],
    ['the AI’s side has an end exactly where it is closed', isClosed === (conversation.aiClosedAt !== null)],
    ['nobody reads a hand-off that is none', handoffAt !== null || handoffReadBy === null],
    [
      'an offer is flagged with a known word',
      handoffOffer === null || handoffOffer === 'offered' || handoffOffer === 'declined',
    ],
    [
      'hand-offs are numbered from 1',
      handoffs.every((row) => row.ordinal >= 1 && row.ordinal <= handoffs.length),
    ],
  ];
}

/** What holds of messages, tags and fields. */
function collectionClaims(rows: ConversationRows): Claim[] {
  const { conversation, messages, tags, fields, products, followers } = rows;
  const shown = messages.filter((message) => !message.note && message.authorKind !== 'system');
  const fromCustomer = shown.filter((message) => message.authorKind === 'customer');
  return [
    ['messageCount counts public messages', conversation.messageCount === shown.length],
    [
      'aiMessageCount counts the AI’s',
      conversation.aiMessageCount === shown.filter((m) => m.authorKind === 'ai').length,
    ],
    [
      'lastPublicId names a public message',
      conversation.lastPublicId === null
        ? shown.length === 0
        : shown.some((m) => m.id === conversation.lastPublicId),
    ],
    [
      'lastCustomerMessageId names one of the customer’s',
      conversation.lastCustomerMessageId === null
        ? fromCustomer.length === 0
        : fromCustomer.some((m) => m.id === conversation.lastCustomerMessageId),
    ],
    [
      'a first question exactly where the customer wrote',
      (conversation.firstQuestion !== null) === fromCustomer.length > 0,
    ],
    [
      'previews are short',
      [conversation.firstQuestion, conversation.lastMessagePreview].every(
        (text) => (text ?? '').length <= PREVIEW_LENGTH,
      ),
    ],
    [
      'tags are distinct and within the limit',
      isDistinct(tags.map((row) => row.tag)) && tags.length <= tagLimitOf(conversation),
    ],
    ['products are distinct', isDistinct(products.map((row) => row.productId))],
    ['followers are distinct', isDistinct(followers.map((row) => row.agentId))],
    [
      'field rows are distinct and hold one value',
      isDistinct(fields.map((row) => `${row.field}\n${row.ordinal}`)) &&
        fields.every((row) => (row.number === null) !== (row.text === null)),
    ],
    [
      'every row is this conversation’s',
      [messages, tags, products, fields, followers].every((list) =>
        list.every((row) => row.conversationId === conversation.id),
      ),
    ],
  ];
}

/** The invariants that every reachable state satisfies: the names of those that are broken, none when all hold. */
export function brokenInvariants(rows: ConversationRows): readonly string[] {
  const ordered = [...rows.cycles].sort((a, b) => a.ordinal - b.ordinal);
  const claims = [
    ...humanClaims(rows, ordered),
    ...ordered.flatMap(cycleClaims),
    ...aiClaims(rows),
    ...collectionClaims(rows),
  ];
  return claims.filter(([, holds]) => !holds).map(([what]) => what);
}
