import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import { type Cycle, type Message, PREVIEW_LENGTH } from '../../../src/domain/model.ts';
import { tagLimitOf } from '../../../src/domain/step.ts';

/** Hears of each claim, and whether it holds. */
type Claims = (what: string, holds: boolean) => void;

function isDistinct(values: readonly string[]): boolean {
  return values.length < 2 || new Set(values).size === values.length;
}

/** What holds of the human side: its state, its cycles, and the columns that show the current one (T9). */
function humanClaims(
  claim: Claims,
  { conversation, cycles }: ConversationRows,
  ordered: readonly Cycle[],
): void {
  const { humanState, cycleCount } = conversation;
  const last = ordered.at(-1) ?? null;
  const isOpen = humanState === 'open' || humanState === 'snoozed';
  claim('cycleCount counts the cycles', cycleCount === cycles.length);
  claim(
    'cycles are numbered from 1 without gaps',
    ordered.every((cycle, index) => cycle.ordinal === index + 1),
  );
  claim('no human state exactly where there is no cycle', (humanState === null) === (cycleCount === 0));
  claim(
    'only the latest cycle is open',
    ordered.every(({ closedAt }, index) => closedAt !== null || index === ordered.length - 1),
  );
  claim(
    'open or snoozed exactly while the latest cycle is open',
    isOpen === (last !== null && last.closedAt === null),
  );
  claim(
    'a snooze has an end, and nothing else has',
    (humanState === 'snoozed') === (conversation.snoozedUntil !== null),
  );
  claim('openedAt is the current cycle’s', conversation.openedAt === (last?.openedAt ?? null));
  claim('closedAt is the current cycle’s', conversation.closedAt === (last?.closedAt ?? null));
  claim('closedBy is the current cycle’s', conversation.closedBy === (last?.closedBy ?? null));
  claim('firstOpenedAt is the first cycle’s', conversation.firstOpenedAt === (ordered[0]?.openedAt ?? null));
  claim('the customer waits only in an open cycle', isOpen || conversation.waitingSince === null);
  claim('waitingSince is the open cycle’s', !isOpen || conversation.waitingSince === last?.waitingSince);
  claim(
    'cycles do not overlap',
    ordered.every((cycle, index) => index === 0 || cycle.openedAt >= (ordered[index - 1]?.closedAt ?? 0)),
  );
}

/** What holds of one cycle. */
function cycleClaims(claim: Claims, cycle: Cycle): void {
  const { openedAt, clockStartAt, firstReplyAt, waitingSince, closedAt, replyCount, replyTotal } = cycle;
  claim('a cycle closes at or after it opens', closedAt === null || closedAt >= openedAt);
  claim('closedBy goes with closedAt', (closedAt === null) === (cycle.closedBy === null));
  claim('no agent closed an open cycle', closedAt !== null || cycle.closedByAgentId === null);
  claim('no clock starts before its cycle', clockStartAt === null || clockStartAt >= openedAt);
  claim(
    'nobody waits before the clock starts',
    waitingSince === null || (clockStartAt !== null && waitingSince >= clockStartAt),
  );
  claim(
    'a first reply comes after the clock starts',
    firstReplyAt === null || (clockStartAt !== null && firstReplyAt >= clockStartAt),
  );
  claim('a first reply exactly where replies are counted', (firstReplyAt !== null) === replyCount > 0);
  claim('intervals are never negative', replyTotal >= 0 && (replyCount > 0 || replyTotal === 0));
}

/** What holds of the AI's side (S2, S3). */
function aiClaims(claim: Claims, { conversation, handoffs }: ConversationRows): void {
  const { aiOutcome, handoffAt, handoffBy, handoffCount, handoffOffer, handoffReadBy } = conversation;
  const isClosed = aiOutcome === 'resolvedByAi' || aiOutcome === 'closedUnresolved';
  claim(
    'notResolvedByAi exactly where there was a hand-off',
    (aiOutcome === 'notResolvedByAi') === (handoffAt !== null),
  );
  claim('what the AI has, no human has', aiOutcome !== 'open' || conversation.humanState === null);
  claim('a hand-off has an initiator', (handoffAt === null) === (handoffBy === null));
  claim('handoffCount counts the hand-offs', handoffCount === handoffs.length);
  claim(
    'the AI’s side has an end exactly where it is closed',
    isClosed === (conversation.aiClosedAt !== null),
  );
  claim('nobody reads a hand-off that is none', handoffAt !== null || handoffReadBy === null);
  claim(
    'an offer is flagged with a known word',
    handoffOffer === null || handoffOffer === 'offered' || handoffOffer === 'declined',
  );
  claim(
    'hand-offs are numbered from 1',
    handoffs.every((row) => row.ordinal >= 1 && row.ordinal <= handoffs.length),
  );
}

/** What holds of the messages, and of the columns that tell of them. */
function messageClaims(claim: Claims, { conversation, messages }: ConversationRows): void {
  const { lastPublicId, lastCustomerMessageId, firstQuestion, lastMessagePreview } = conversation;
  const shown = messages.filter((message) => !message.note && message.authorKind !== 'system');
  const fromCustomer = shown.filter((message) => message.authorKind === 'customer');
  const fromAi = shown.filter((message) => message.authorKind === 'ai');
  claim('messageCount counts public messages', conversation.messageCount === shown.length);
  claim('aiMessageCount counts the AI’s', conversation.aiMessageCount === fromAi.length);
  claim('lastPublicId names a public message', namesOneOf(shown, lastPublicId));
  claim('lastCustomerMessageId names one of the customer’s', namesOneOf(fromCustomer, lastCustomerMessageId));
  claim(
    'a first question exactly where the customer wrote',
    (firstQuestion !== null) === fromCustomer.length > 0,
  );
  claim('previews are short', isShort(firstQuestion) && isShort(lastMessagePreview));
}

/** Whether an id is of one of these, or there is neither. */
function namesOneOf(messages: readonly Message[], id: string | null): boolean {
  return id === null ? messages.length === 0 : messages.some((message) => message.id === id);
}

function isShort(text: string | null): boolean {
  return text === null || text.length <= PREVIEW_LENGTH;
}

/** What holds of tags, fields and the other lists. */
function collectionClaims(claim: Claims, rows: ConversationRows): void {
  const { conversation, messages, tags, fields, products, followers } = rows;
  const isOfIt = (row: { readonly conversationId: string }): boolean =>
    row.conversationId === conversation.id;
  claim(
    'tags are distinct and within the limit',
    isDistinct(tags.map((row) => row.tag)) && tags.length <= tagLimitOf(conversation),
  );
  claim('products are distinct', isDistinct(products.map((row) => row.productId)));
  claim('followers are distinct', isDistinct(followers.map((row) => row.agentId)));
  claim(
    'field rows are distinct and hold one value',
    isDistinct(fields.map((row) => `${row.field}\n${row.ordinal}`)) &&
      fields.every((row) => (row.number === null) !== (row.text === null)),
  );
  claim(
    'every row is this conversation’s',
    messages.every(isOfIt) &&
      tags.every(isOfIt) &&
      products.every(isOfIt) &&
      fields.every(isOfIt) &&
      followers.every(isOfIt),
  );
}

/** The invariants that every reachable state satisfies: the names of those that are broken, none when all hold. */
export function brokenInvariants(rows: ConversationRows): readonly string[] {
  const broken: string[] = [];
  const claim: Claims = (what, holds) => {
    if (!holds) broken.push(what);
  };
  const ordered = [...rows.cycles].sort((a, b) => a.ordinal - b.ordinal);
  humanClaims(claim, rows, ordered);
  for (const cycle of ordered) cycleClaims(claim, cycle);
  aiClaims(claim, rows);
  messageClaims(claim, rows);
  collectionClaims(claim, rows);
  return broken;
}
