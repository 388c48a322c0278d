import { asId } from '../../src/base/ids.ts';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../src/base/rng.ts';
import { DAY, epochMillis, HOUR, MINUTE } from '../../src/base/time.ts';
import {
  type Agent,
  type AiOutcome,
  type Conversation,
  type Customer,
  type Cycle,
  type Handoff,
  type HumanState,
  type Message,
  type Priority,
  PREVIEW_LENGTH,
  type ReadMarker,
  type Tag,
} from '../../src/domain/model.ts';
import { PAGES, PHRASES, type Phrases, PRODUCTS, REASONS, TAGS } from './phrases.ts';

export interface GeneratorOptions {
  readonly seed: number;
  readonly conversations: number;
  /** Messages in all, about. */
  readonly messages: number;
  /** Custom fields, each filled in a fifth of the conversations, and surveys (`generate-values.ts`); none when absent. */
  readonly fields?: number;
}

/** One generated conversation with all that belongs to it. */
export interface Bundle {
  readonly conversation: Conversation;
  /** Null when an earlier bundle brought this customer. */
  readonly customer: Customer | null;
  readonly tags: readonly Tag[];
  readonly handoffs: readonly Handoff[];
  readonly cycles: readonly Cycle[];
  readonly messages: readonly Message[];
  readonly readMarkers: readonly ReadMarker[];
}

/** Changes whenever the same options give other rows: part of a cached file's name. */
export const GENERATOR_VERSION = 1;
/** The moment the generated workspace stands at. */
export const GENERATED_NOW = epochMillis(Date.UTC(2026, 8, 1, 12));
const SPAN = 365 * DAY;
const AGENTS = 24;
const CUSTOMERS_PER_CONVERSATION = 0.8;

/** The agents of the generated workspace; the first is the one whose desk it is. */
export const GENERATED_AGENTS: readonly Agent[] = Array.from({ length: AGENTS }, (_, index) => ({
  id: asId(`agent-${String(index + 1).padStart(2, '0')}`),
  name: `Agent ${index + 1}`,
  role: index === 1 ? 'lead' : 'agent',
  active: index < AGENTS - 2,
}));
const firstAgent = GENERATED_AGENTS[0];
if (firstAgent === undefined) throw new Error('invariant broken: no agents');
export const GENERATED_ME = firstAgent.id;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** An id in the shape of a UUIDv7: ordered by `at`, unique by `index` and `sub`. */
function id(kind: number, at: number, index: number, sub: number): string {
  const time = hex(at, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(kind, 3)}-8${hex(sub, 3)}-${hex(index, 12)}`;
}

/** `weights` are shares of 100. */
function weighted<T>(rng: Rng, choices: readonly (readonly [T, number])[]): T {
  let roll = nextFloat(rng) * 100;
  for (const [value, weight] of choices) {
    roll -= weight;
    if (roll < 0) return value;
  }
  const [last] = choices.at(-1) ?? [];
  if (last === undefined) throw new Error('invariant broken: nothing to choose from');
  return last;
}

function sentence(rng: Rng, phrases: readonly string[]): string {
  return pick(rng, phrases)
    .replace('#', () => `${nextInt(rng, 10_000, 999_999)}`)
    .replace('@', () => pick(rng, PRODUCTS));
}

interface Fate {
  readonly aiOutcome: AiOutcome | null;
  readonly humanState: HumanState | null;
}

/** About 2 % open and 0.6 % snoozed, most of them young; a third ever reached humans. */
function fate(rng: Rng, age: number): Fate {
  const young = age < 3 * DAY;
  const aiOutcome: AiOutcome | null = weighted(rng, [
    [null, 8],
    ['notResolvedByAi', 25],
    ['closedUnresolved', 20],
    [young ? 'open' : 'resolvedByAi', 30],
    ['resolvedByAi', 17],
  ]);
  if (aiOutcome !== null && aiOutcome !== 'notResolvedByAi') return { aiOutcome, humanState: null };
  const fresh = age < 20 * DAY;
  const humanState: HumanState = weighted(rng, [
    ['open', fresh ? 60 : 3],
    ['snoozed', fresh ? 15 : 1],
    ['closed', 96],
  ]);
  return { aiOutcome, humanState };
}

function makeCustomer(rng: Rng, phrases: Phrases, index: number): Customer {
  const anonymous = nextFloat(rng) < 0.15;
  const name = `${pick(rng, phrases.names)} ${pick(rng, phrases.families)}`;
  return {
    id: asId(id(1, GENERATED_NOW - SPAN, index, 0)),
    name: anonymous ? null : phrases.language === 'ko' ? name.split(' ').toReversed().join('') : name,
    email: nextFloat(rng) < 0.6 ? `customer${index}@example.com` : null,
    phone: nextFloat(rng) < 0.3 ? `+46700${String(index).padStart(7, '0')}` : null,
    language: phrases.language,
  };
}

interface Draft {
  readonly rng: Rng;
  readonly index: number;
  readonly startedAt: number;
  readonly phrases: Phrases;
  readonly fate: Fate;
  readonly handoffAt: number | null;
}

function makeMessages(draft: Draft, conversationId: string, customerId: string, count: number): Message[] {
  const { rng, phrases, handoffAt } = draft;
  const made: Message[] = [];
  let at = draft.startedAt;
  for (let sub = 0; sub < count; sub += 1) {
    const human = handoffAt !== null && at >= handoffAt;
    const fromCustomer = sub % 2 === 0;
    const kind = fromCustomer ? 'customer' : human ? 'agent' : draft.fate.aiOutcome === null ? 'agent' : 'ai';
    made.push({
      id: asId(id(2, at, draft.index, sub)),
      conversationId: asId(conversationId),
      at: epochMillis(at),
      authorKind: kind,
      authorId: kind === 'customer' ? customerId : kind === 'agent' ? pick(rng, GENERATED_AGENTS).id : null,
      note: kind === 'agent' && nextFloat(rng) < 0.1,
      text: `${sentence(rng, phrases[kind])} ${sentence(rng, phrases[kind])}`,
      writtenAt: null,
    });
    at += nextInt(rng, 5_000, handoffAt === null ? 4 * MINUTE : 2 * HOUR);
  }
  return made.filter((message) => message.at <= GENERATED_NOW);
}

function makeTags(draft: Draft, conversationId: string): Tag[] {
  const { rng, fate } = draft;
  const byHuman = fate.humanState === null ? 0 : nextInt(rng, 0, 2);
  const byAi = fate.aiOutcome === null ? 0 : nextInt(rng, 0, 1);
  const made = new Map<string, Tag>();
  for (let count = 0; count < byHuman + byAi; count += 1) {
    // Squared: the first tags of the list are the common ones.
    const tag = TAGS[Math.floor(nextFloat(rng) ** 2 * TAGS.length)] ?? 'refund';
    made.set(tag, {
      conversationId: asId(conversationId),
      tag,
      appliedBy: count < byAi ? 'ai' : 'agent',
      agentId: count < byAi ? null : pick(rng, GENERATED_AGENTS).id,
      at: epochMillis(draft.startedAt + count * MINUTE),
    });
  }
  return [...made.values()];
}

/** What happened on the human side, from the draft and its messages. */
function humanSide(draft: Draft, messages: readonly Message[]) {
  const { rng, fate, handoffAt } = draft;
  const last = messages.at(-1);
  const openedAt = fate.humanState === null ? null : (handoffAt ?? draft.startedAt);
  const closedAt =
    fate.humanState === 'closed' ? (last?.at ?? draft.startedAt) + nextInt(rng, 1, 600) * 1_000 : null;
  const waiting = fate.humanState === 'open' && last?.authorKind === 'customer';
  return {
    openedAt: openedAt === null ? null : epochMillis(openedAt),
    closedAt: closedAt === null ? null : epochMillis(Math.min(closedAt, GENERATED_NOW)),
    waitingSince: waiting && last !== undefined ? last.at : null,
    snoozedUntil:
      fate.humanState === 'snoozed' ? epochMillis(GENERATED_NOW + nextInt(rng, 1, 14 * 24) * HOUR) : null,
    assigneeId:
      fate.humanState === null || nextFloat(rng) < (fate.humanState === 'open' ? 0.4 : 0.05)
        ? null
        : pick(rng, GENERATED_AGENTS).id,
    priority:
      fate.humanState === null
        ? null
        : weighted<Priority | null>(rng, [
            [null, 50],
            ['medium', 20],
            ['low', 18],
            ['high', 12],
          ]),
    readBy:
      handoffAt === null || (fate.humanState === 'open' && nextFloat(rng) < 0.3)
        ? null
        : pick(rng, GENERATED_AGENTS).id,
  };
}

function lasts(messages: readonly Message[]) {
  const last = messages.at(-1);
  const lastPublic = messages.findLast((message) => !message.note);
  const lastCustomer = messages.findLast((message) => message.authorKind === 'customer');
  return {
    firstQuestion: messages[0]?.text.slice(0, PREVIEW_LENGTH) ?? null,
    messageCount: messages.length,
    aiMessageCount: messages.filter((message) => message.authorKind === 'ai').length,
    lastMessageAt: last?.at ?? null,
    lastMessageKind: last?.authorKind ?? null,
    lastMessagePreview: last?.text.slice(0, PREVIEW_LENGTH) ?? null,
    lastPublicId: lastPublic?.id ?? null,
    lastPublicAt: lastPublic?.at ?? null,
    lastPublicKind: lastPublic?.authorKind ?? null,
    lastCustomerMessageId: lastCustomer?.id ?? null,
    lastCustomerMessageAt: lastCustomer?.at ?? null,
  };
}

/** The `index`-th conversation (0-based, in the order they started) with all that belongs to it; always the same. */
export function generateBundle(options: GeneratorOptions, index: number): Bundle {
  const rng = seededRng(Math.imul(options.seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const share = (index + nextFloat(rng)) / options.conversations;
  const startedAt = Math.floor(GENERATED_NOW - SPAN + share * (SPAN - 10 * MINUTE));
  const customerIndex = Math.floor(index * CUSTOMERS_PER_CONVERSATION);
  const isNew = index === 0 || Math.floor((index - 1) * CUSTOMERS_PER_CONVERSATION) !== customerIndex;
  const customerRng = seededRng(options.seed + customerIndex);
  const phrases = pick(customerRng, PHRASES);
  const customer = makeCustomer(customerRng, phrases, customerIndex);
  const decided = fate(rng, GENERATED_NOW - startedAt);
  const handoffAt =
    decided.aiOutcome === 'notResolvedByAi'
      ? Math.min(startedAt + nextInt(rng, 1, 20) * MINUTE, GENERATED_NOW)
      : null;
  const draft: Draft = { rng, index, startedAt, phrases, fate: decided, handoffAt };
  const conversationId = id(3, startedAt, index, 0);
  const mean = options.messages / options.conversations;
  const count = Math.max(1, Math.floor(mean + (nextFloat(rng) * 2 - 1) * (mean - 1) + nextFloat(rng)));
  const messages = makeMessages(draft, conversationId, customer.id, count);
  return assemble(draft, conversationId, isNew ? customer : null, customer, messages);
}

function assemble(
  draft: Draft,
  conversationId: string,
  fresh: Customer | null,
  customer: Customer,
  messages: readonly Message[],
): Bundle {
  const { rng, fate: decided, handoffAt, startedAt, phrases } = draft;
  const human = humanSide(draft, messages);
  const last = lasts(messages);
  const reason = handoffAt === null ? null : pick(rng, REASONS);
  const conversation: Conversation = {
    id: asId(conversationId),
    customerId: customer.id,
    source: 'generated',
    channel: weighted(rng, [
      ['web_chat', 55],
      ['email', 22],
      ['whatsapp', 15],
      ['sms', 8],
    ]),
    page: `https://shop.example.com${pick(rng, PAGES)}`,
    language: phrases.language,
    startedAt: epochMillis(startedAt),
    aiOutcome: decided.aiOutcome,
    aiRawStatus: decided.aiOutcome,
    aiClosedAt:
      decided.aiOutcome === null || decided.aiOutcome === 'open' ? null : (last.lastMessageAt ?? null),
    initialSkill: decided.aiOutcome === null ? null : 'orders',
    finalSkill: decided.aiOutcome === null ? null : pick(rng, ['orders', 'refunds', 'products']),
    handoffAt: handoffAt === null ? null : epochMillis(handoffAt),
    handoffBy: handoffAt === null ? null : 'ai',
    handoffReasonCode: reason,
    handoffReason: reason === null ? null : `Generated: ${reason}`,
    handoffCount: handoffAt === null ? 0 : 1,
    handoffOffer: null,
    handoffReadBy: human.readBy,
    humanState: decided.humanState,
    priority: human.priority,
    description: null,
    assigneeId: human.assigneeId,
    snoozedUntil: human.snoozedUntil,
    cycleCount: decided.humanState === null ? 0 : 1,
    firstOpenedAt: human.openedAt,
    openedAt: human.openedAt,
    closedAt: human.closedAt,
    closedBy: human.closedAt === null ? null : 'agent',
    ...last,
    lastCustomerArrival: messages.length,
    waitingSince: human.waitingSince,
    foldedAt: epochMillis(last.lastMessageAt ?? startedAt),
    foldedId: asId(conversationId),
  };
  return {
    conversation,
    customer: fresh,
    tags: makeTags(draft, conversationId),
    handoffs: makeHandoffs(conversation),
    cycles: makeCycles(conversation),
    messages,
    readMarkers: makeMarkers(draft, conversation),
  };
}

function makeHandoffs(conversation: Conversation): Handoff[] {
  if (conversation.handoffAt === null) return [];
  return [
    {
      conversationId: conversation.id,
      ordinal: 1,
      at: conversation.handoffAt,
      by: 'ai',
      method: 'live',
      reasonCode: conversation.handoffReasonCode,
      reason: conversation.handoffReason,
      skill: conversation.finalSkill,
    },
  ];
}

function makeCycles(conversation: Conversation): Cycle[] {
  if (conversation.openedAt === null) return [];
  return [
    {
      conversationId: conversation.id,
      ordinal: 1,
      openedAt: conversation.openedAt,
      openedBy: conversation.handoffAt === null ? 'customer' : 'handoff',
      clockStartAt: conversation.openedAt,
      firstReplyAt: null,
      replyCount: 0,
      replyTotal: 0,
      waitingSince: conversation.waitingSince,
      closedAt: conversation.closedAt,
      closedBy: conversation.closedBy,
      closedByAgentId: null,
      assigneeAtCloseId: conversation.closedAt === null ? null : conversation.assigneeId,
    },
  ];
}

function makeMarkers(draft: Draft, conversation: Conversation): ReadMarker[] {
  const at = conversation.lastMessageAt;
  if (conversation.humanState === null || at === null || nextFloat(draft.rng) < 0.4) return [];
  const readThroughAt = epochMillis(nextFloat(draft.rng) < 0.7 ? at : at - HOUR);
  return [{ agentId: GENERATED_ME, conversationId: conversation.id, readThroughAt }];
}

/** Every bundle, in the order the conversations started. */
export function* generateBundles(options: GeneratorOptions): Generator<Bundle> {
  for (let index = 0; index < options.conversations; index += 1) yield generateBundle(options, index);
}
