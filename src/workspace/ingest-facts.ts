import { asId } from '../base/ids.ts';
import type { Fact, HistoryEvent } from '../domain/events.ts';
import type { IngestEvent } from '../protocol/ingest.ts';
import { momentOf, type ReceivedEvent } from './ingest-parse.ts';

/** Events that belong to one conversation and enter its history. */
export type ConversationEvent = Exclude<
  IngestEvent,
  { type: 'order.placed' | 'customer.identified' | 'agent.known' | 'agent.statusChanged' }
>;

/** Whether an event enters a conversation's history; the others are about a customer, an agent or the AI itself. */
export function isConversationEvent(event: IngestEvent): event is ConversationEvent {
  switch (event.type) {
    case 'order.placed':
    case 'customer.identified':
    case 'agent.known':
    case 'agent.statusChanged':
      return false;
    default:
      return true;
  }
}

function idOrNull<B extends string>(id: string | null | undefined): ReturnType<typeof asId<B>> | null {
  return id === null || id === undefined ? null : asId<B>(id);
}

/** What an event says in the words of the rules; one event may say several things. Pure. */
export function factsOf(event: ConversationEvent, source: string): readonly Fact[] {
  switch (event.type) {
    case 'conversation.started':
      return [startedFact(event, source)];
    case 'message.posted':
      return [messageFact(event)];
    case 'conversation.escalated':
    case 'handoff.offered':
    case 'handoff.accepted':
    case 'handoff.declined':
      return [handoffFact(event)];
    case 'product.recommended':
      return [
        {
          type: 'productsRecommended',
          products: event.products.map((product) => ({
            id: asId(product.id),
            name: product.name ?? null,
            url: product.url ?? null,
          })),
        },
      ];
    case 'csat.sent':
      return [sentFact(event)];
    case 'csat.answered':
      return [scoreFact(event)];
    case 'product.clicked':
      return [{ type: 'productClicked', productId: asId(event.productId) }];
    case 'conversation.tagged':
      return tagFacts(event);
    default:
      return [stateFact(event)];
  }
}

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

function startedFact(event: EventOf<'conversation.started'>, source: string): Fact {
  return {
    type: 'started',
    customerId: asId(event.profile.id),
    source,
    channel: event.channel,
    page: event.page ?? null,
    language: event.language ?? event.profile.language ?? null,
    initialSkill: event.initialSkill ?? null,
    withAi: event.handledBy === 'ai',
  };
}

function messageFact(event: EventOf<'message.posted'>): Fact {
  return {
    type: 'messagePosted',
    messageId: asId(event.messageId),
    authorKind: event.author.kind,
    authorId: event.author.id ?? null,
    note: event.note,
    text: event.text,
    writtenAt: null,
  };
}

function handoffFact(
  event: EventOf<'conversation.escalated' | 'handoff.offered' | 'handoff.accepted' | 'handoff.declined'>,
): Fact {
  if (event.type === 'handoff.accepted') return { type: 'handoffAccepted' };
  if (event.type === 'handoff.declined') return { type: 'handoffDeclined' };
  const why = {
    reasonCode: event.reasonCode ?? null,
    reason: event.reason ?? null,
    skill: event.skill ?? null,
  };
  return event.type === 'handoff.offered'
    ? { type: 'handoffOffered', ...why }
    : { type: 'escalated', method: event.method, tags: event.tags, ...why };
}

function sentFact(event: EventOf<'csat.sent'>): Fact {
  return {
    type: 'surveySent',
    ordinal: event.cycle ?? null,
    surveyId: event.survey,
    scale: event.scale,
    language: event.language ?? null,
    medium: event.medium,
    ownerId: null,
    expiresAt: event.expiresAt === null || event.expiresAt === undefined ? null : momentOf(event.expiresAt),
    link: null,
  };
}

function scoreFact(event: EventOf<'csat.answered'>): Fact {
  return {
    type: 'scoreImported',
    ordinal: event.cycle ?? null,
    scale: event.scale ?? null,
    score: event.score,
    comment: event.comment ?? null,
  };
}

function tagFacts(event: EventOf<'conversation.tagged'>): readonly Fact[] {
  const agentId = idOrNull<'AgentId'>(event.agentId);
  return [
    ...event.tags.map((tag): Fact => ({ type: 'tagAdded', tag, appliedBy: event.by, agentId })),
    ...event.removed.map((tag): Fact => ({ type: 'tagRemoved', tag })),
  ];
}

function stateFact(
  event: EventOf<
    | 'conversation.resolved'
    | 'conversation.closed'
    | 'conversation.reopened'
    | 'conversation.snoozed'
    | 'conversation.assigned'
    | 'conversation.prioritized'
    | 'conversation.described'
    | 'conversation.profileSet'
  >,
): Fact {
  switch (event.type) {
    case 'conversation.resolved':
      return {
        type: 'resolved',
        finalSkill: event.finalSkill ?? null,
        tags: event.tags,
        rawStatus: event.status ?? null,
      };
    case 'conversation.closed':
      return { type: 'closed', by: event.by, agentId: idOrNull(event.agentId) };
    case 'conversation.reopened':
      return { type: 'reopened', agentId: idOrNull(event.agentId) };
    case 'conversation.snoozed':
      return { type: 'snoozed', until: momentOf(event.until), agentId: idOrNull(event.agentId) };
    case 'conversation.assigned':
      return {
        type: 'assigned',
        assigneeId: idOrNull(event.assigneeId),
        agentId: idOrNull(event.agentId),
      };
    case 'conversation.prioritized':
      return { type: 'prioritySet', priority: event.priority };
    case 'conversation.described':
      return { type: 'descriptionSet', description: event.description };
    case 'conversation.profileSet':
      return { type: 'profileSet', values: event.values };
  }
}

/** A received event with what it adds to a conversation's history: nothing for one about a customer or an agent. */
export interface HistoricalEvent {
  readonly received: ReceivedEvent;
  readonly history: readonly HistoryEvent[];
}

/**
 * Says what a received event adds to history. Several facts of one event keep its order: the first has its id, the
 * others a number after it. `arrival` is given later, in the order of history.
 */
export function historical(received: ReceivedEvent, source: string): HistoricalEvent {
  const { event, id, at } = received;
  if (!isConversationEvent(event)) return { received, history: [] };
  const history = factsOf(event, source).map(
    (fact, index): HistoryEvent => ({
      id: index === 0 ? id : asId(`${id}#${String(index + 1).padStart(4, '0')}`),
      conversationId: asId(event.conversationId),
      at,
      arrival: 0,
      origin: 'source',
      fact,
    }),
  );
  return { received, history };
}

/** Agents that a fact names: each needs a row, so that a name can be shown. */
export function agentsIn(fact: Fact): readonly string[] {
  switch (fact.type) {
    case 'messagePosted':
      return fact.authorKind === 'agent' && fact.authorId !== null ? [fact.authorId] : [];
    case 'assigned':
      return [fact.assigneeId, fact.agentId].filter((id) => id !== null);
    case 'closed':
    case 'reopened':
    case 'snoozed':
    case 'woken':
    case 'tagAdded':
      return fact.agentId === null ? [] : [fact.agentId];
    default:
      return [];
  }
}
