import type {
  AgentId,
  ClientId,
  ConversationId,
  CustomerId,
  EventId,
  MessageId,
  OrderId,
  ProductId,
} from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';

/** The team's side of a conversation; null while only the AI has it. */
export type HumanState = 'open' | 'snoozed' | 'closed';
/** What became of the AI's side (S1–S4, O5–O7); null when no AI took part. */
export type AiOutcome = 'open' | 'resolvedByAi' | 'notResolvedByAi' | 'closedUnresolved';
/** Set priority (C5). Unset is null and shows as medium, told apart. */
export type Priority = 'high' | 'medium' | 'low';
export type AuthorKind = 'customer' | 'ai' | 'agent' | 'system';
export type Role = 'agent' | 'lead' | 'admin';
export type HandoffMethod = 'live' | 'ticket' | 'message';
export type ClosedBy = 'customer' | 'auto' | 'agent' | 'ai';

export const HUMAN_STATES: readonly HumanState[] = ['open', 'snoozed', 'closed'];
export const AI_OUTCOMES: readonly AiOutcome[] = [
  'open',
  'resolvedByAi',
  'notResolvedByAi',
  'closedUnresolved',
];
export const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low'];
/** The channels we name ourselves; a source may bring others, which pass through as they are. */
export const KNOWN_CHANNELS: readonly string[] = ['web_chat', 'email', 'sms', 'whatsapp'];

/** A human agent of the workspace. */
export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
}

/** Who the person is. Anonymous when name, email and phone are all null. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** BCP 47, as the source said it. */
  readonly language: string | null;
}

/**
 * One thread with one customer: the folded state of its history. Everything a rule needs is a column (Y2).
 * Text columns made for lists are cut to `PREVIEW_LENGTH` characters.
 */
export interface Conversation {
  readonly id: ConversationId;
  readonly customerId: CustomerId;
  /** Where it came from: the ingest source's name. */
  readonly source: string;
  readonly channel: string;
  /** The inflow page, `source.page` (C2). */
  readonly page: string | null;
  readonly language: string | null;
  readonly startedAt: EpochMillis;

  readonly aiOutcome: AiOutcome | null;
  /** The source's own status, word for word. */
  readonly aiRawStatus: string | null;
  /** When the AI's side ended without humans (resolved, closed, idle). */
  readonly aiClosedAt: EpochMillis | null;
  readonly initialSkill: string | null;
  readonly finalSkill: string | null;

  /** First hand-off, and who started it: the AI (S2) or an agent who took over (S4). */
  readonly handoffAt: EpochMillis | null;
  readonly handoffBy: 'ai' | 'agent' | null;
  /** Latest reason (S2): a code and a text. */
  readonly handoffReasonCode: string | null;
  readonly handoffReason: string | null;
  readonly handoffCount: number;
  /** An offer of a hand-off that has no yes yet, or got a no (S2, O6). */
  readonly handoffOffer: 'offered' | 'declined' | null;
  /** The first agent who read it after the hand-off; null while nobody has. */
  readonly handoffReadBy: AgentId | null;

  readonly humanState: HumanState | null;
  readonly priority: Priority | null;
  readonly description: string | null;
  readonly assigneeId: AgentId | null;
  readonly snoozedUntil: EpochMillis | null;
  /** Number of the current cycle, 0 before the first (S1). */
  readonly cycleCount: number;
  readonly firstOpenedAt: EpochMillis | null;
  readonly openedAt: EpochMillis | null;
  /** Null while open or reopened (T9). */
  readonly closedAt: EpochMillis | null;
  readonly closedBy: ClosedBy | null;

  /** First public customer message, for lists. */
  readonly firstQuestion: string | null;
  readonly messageCount: number;
  readonly aiMessageCount: number;
  /** Latest message of any kind but system; notes included. */
  readonly lastMessageAt: EpochMillis | null;
  readonly lastMessageKind: AuthorKind | null;
  readonly lastMessagePreview: string | null;
  /** Latest public message of customer, AI or agent (S3: ignores notes and system). */
  readonly lastPublicId: MessageId | null;
  readonly lastPublicAt: EpochMillis | null;
  readonly lastPublicKind: AuthorKind | null;
  readonly lastCustomerMessageId: MessageId | null;
  readonly lastCustomerMessageAt: EpochMillis | null;
  /** Highest receipt number among customer messages: tells a late, unseen one (T8). */
  readonly lastCustomerArrival: number;
  /** First customer message that no public agent message followed (T2); null when answered. */
  readonly waitingSince: EpochMillis | null;
  /** Position of the last folded event; a smaller one refolds (T8, T11). */
  readonly foldedAt: EpochMillis;
  readonly foldedId: EventId;
}

export const PREVIEW_LENGTH = 240;

/** From an opening to the next closing (ordinal from 1). */
export interface Cycle {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly openedAt: EpochMillis;
  readonly openedBy: 'handoff' | 'customer' | 'agent';
  /** Where its reply clock starts: `openedAt`, or the customer's first message when an agent opened it (T1, S4). */
  readonly clockStartAt: EpochMillis | null;
  readonly firstReplyAt: EpochMillis | null;
  readonly replyCount: number;
  readonly replyTotal: number;
  readonly waitingSince: EpochMillis | null;
  readonly closedAt: EpochMillis | null;
  readonly closedBy: ClosedBy | null;
  readonly closedByAgentId: AgentId | null;
  /** The assignee at closing owns the score (Q3). */
  readonly assigneeAtCloseId: AgentId | null;
}

/** One giving-over to humans with its reason; a second one in an open cycle adds a row (S2). */
export interface Handoff {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly at: EpochMillis;
  readonly by: 'ai' | 'agent';
  readonly method: HandoffMethod;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly skill: string | null;
}

export interface Message {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  /** When it counts (T8): the source's time, or when the workspace received it. */
  readonly at: EpochMillis;
  readonly authorKind: AuthorKind;
  readonly authorId: string | null;
  /** Seen by the team only. */
  readonly note: boolean;
  readonly text: string;
  /** When an agent wrote it, corrected by the desk's offset; null when it was not written on a desk. */
  readonly writtenAt: EpochMillis | null;
}

/** A tag on a conversation. The first application stands; who applied it is kept (S8). */
export interface Tag {
  readonly conversationId: ConversationId;
  readonly tag: string;
  readonly appliedBy: 'ai' | 'agent';
  readonly agentId: AgentId | null;
  readonly at: EpochMillis;
}

/** A product the AI recommended in this conversation (K4), and its latest click (A1). */
export interface Product {
  readonly conversationId: ConversationId;
  readonly productId: ProductId;
  readonly name: string | null;
  readonly url: string | null;
  readonly recommendedAt: EpochMillis;
  readonly clickedAt: EpochMillis | null;
}

/** An order of a customer; value in integer minor units of `currency`. */
export interface ShopOrder {
  readonly id: OrderId;
  readonly customerId: CustomerId;
  readonly at: EpochMillis;
  readonly valueMinor: number;
  readonly currency: string;
}

/** How far one agent has read one conversation. */
export interface ReadMarker {
  readonly agentId: AgentId;
  readonly conversationId: ConversationId;
  readonly readThroughAt: EpochMillis;
}

/** An agent who follows a conversation without owning it (S7). */
export interface Follower {
  readonly conversationId: ConversationId;
  readonly agentId: AgentId;
}

/** One item of a conversation profile value; a list has one row an item (C7, F1). Exactly one of number/text is set. */
export interface FieldValue {
  readonly conversationId: ConversationId;
  readonly field: string;
  readonly ordinal: number;
  readonly number: number | null;
  readonly text: string | null;
}

/** Points of a CSAT scale (Q1): 2, 3 or 5; null is an imported score whose scale nobody said (Q6). */
export type CsatScale = 2 | 3 | 5;
/** Where the customer answers: in our own messenger, or behind a signed link (C11, Q5). */
export type CsatMedium = 'form' | 'link';

/** The survey of one human cycle (Q3: at most one), and its latest answer (Q4). */
export interface Csat {
  readonly conversationId: ConversationId;
  /** The cycle it asks about. */
  readonly ordinal: number;
  /** Document `survey:<id>` it was made from; null for an imported score. */
  readonly surveyId: string | null;
  readonly scale: CsatScale | null;
  /** Language of the form, BCP 47. */
  readonly language: string | null;
  readonly medium: CsatMedium | null;
  /** The assignee at closing owns the score (Q3). */
  readonly ownerId: AgentId | null;
  readonly sentAt: EpochMillis;
  readonly expiresAt: EpochMillis | null;
  readonly score: number | null;
  readonly comment: string | null;
  readonly answeredAt: EpochMillis | null;
  /** How many answers came; the earlier ones stay in the history (Q4). */
  readonly answerCount: number;
  /** Where the customer answers: a path on the workspace's address, signed (Q5); null for an imported score. */
  readonly link: string | null;
}

/** What the activity feed, the overview and the segments count (K1–K4, A1); made by the state machine. */
export type Metric = 'started' | 'resolved' | 'escalated' | 'recommended' | 'clicked';
export const METRICS: readonly Metric[] = ['started', 'resolved', 'escalated', 'recommended', 'clicked'];

/** One data point of a metric with its properties; `id` is unique within its conversation and the same after a refold. */
export interface MetricEvent {
  readonly conversationId: ConversationId;
  readonly id: string;
  readonly customerId: CustomerId;
  readonly metric: Metric;
  readonly at: EpochMillis;
  readonly channel: string;
  /** `started`: the initial one; `resolved`: the final one; `escalated`: the one that gave up. */
  readonly skill: string | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  /** JSON array of texts: tags the AI applied (K2, K3). */
  readonly tags: string | null;
  /** JSON array of product ids (K4). */
  readonly products: string | null;
}

/** What a reviewer finds about a hand-off (O10). */
export type ReviewVerdict = 'shouldHaveHandled' | 'rightHandoff' | 'knowledgeGap' | 'policy' | 'defect';
export const REVIEW_VERDICTS: readonly ReviewVerdict[] = [
  'shouldHaveHandled',
  'rightHandoff',
  'knowledgeGap',
  'policy',
  'defect',
];

/** One reviewer's finding about one conversation (O10). */
export interface Verdict {
  readonly conversationId: ConversationId;
  readonly agentId: AgentId;
  readonly verdict: ReviewVerdict | null;
  readonly note: string | null;
  /** Whom the reviewer asks to look at it, for coaching. */
  readonly coachId: AgentId | null;
  readonly at: EpochMillis;
}

/** A workspace setting; `value` is JSON. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** A stored event of a conversation's history; `fact` is JSON of a `Fact`. Lives in the workspace, never on a desk. */
export interface HistoryRow {
  readonly id: EventId;
  readonly conversationId: ConversationId;
  readonly at: EpochMillis;
  readonly arrival: number;
  readonly origin: 'source' | 'desk';
  readonly clientId: ClientId | null;
  readonly fact: string;
}
