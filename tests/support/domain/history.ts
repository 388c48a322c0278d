import {
  type AgentId,
  asId,
  type ConversationId,
  type EventId,
  type MessageId,
} from '../../../src/base/ids.ts';
import { type EpochMillis, epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type Fact, type HistoryEvent, type Policy } from '../../../src/domain/events.ts';
import { type FoldResult, foldHistory } from '../../../src/domain/fold.ts';
import type { AuthorKind, ClosedBy, Conversation, Cycle } from '../../../src/domain/model.ts';

/** Minute 0 of every story: a Tuesday, 09:00 UTC. */
export const DAWN = Date.UTC(2026, 8, 1, 9);

export const C1 = asId<'ConversationId'>('c1');
export const ANA = asId<'AgentId'>('ana');
export const BO = asId<'AgentId'>('bo');

/** The moment so many minutes after minute 0. */
export function minute(minutes: number): EpochMillis {
  return epochMillis(DAWN + minutes * 60_000);
}

export function hours(count: number): number {
  return count * 60;
}

export function messageIdOf(name: string): MessageId {
  return asId<'MessageId'>(name);
}

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

export interface Post {
  readonly text?: string;
  readonly note?: boolean;
  readonly id?: string;
  readonly authorId?: string | null;
}

export function postedFact(authorKind: AuthorKind, id: string, post: Post = {}): FactOf<'messagePosted'> {
  const author = authorKind === 'agent' ? ANA : null;
  return {
    type: 'messagePosted',
    messageId: messageIdOf(post.id ?? id),
    authorKind,
    authorId: post.authorId === undefined ? author : post.authorId,
    note: post.note ?? false,
    text: post.text ?? `${authorKind} writes ${id}`,
    writtenAt: null,
  };
}

export function startedFact(over: Partial<FactOf<'started'>> = {}): FactOf<'started'> {
  return {
    type: 'started',
    customerId: asId<'CustomerId'>('customer'),
    source: 'shop',
    channel: 'web_chat',
    page: 'https://www.example.com/help',
    language: 'en',
    initialSkill: 'order_tracking',
    withAi: true,
    ...over,
  };
}

export function escalatedFact(over: Partial<FactOf<'escalated'>> = {}): FactOf<'escalated'> {
  return {
    type: 'escalated',
    method: 'live',
    reasonCode: 'knowledge_gap',
    reason: 'The AI does not know',
    tags: [],
    skill: null,
    ...over,
  };
}

/**
 * Writes a history, minute by minute. Events are received in the order in which they are written here and their ids follow
 * that order too; one written later at an earlier minute is a late one.
 */
export class Story {
  readonly events: HistoryEvent[] = [];
  readonly conversationId: ConversationId;

  constructor(start: Partial<FactOf<'started'>> | null = {}, conversationId: ConversationId = C1) {
    this.conversationId = conversationId;
    if (start !== null) this.add(0, startedFact(start));
  }

  add(at: number, fact: Fact, origin: HistoryEvent['origin'] = 'source'): HistoryEvent {
    const arrival = this.events.length + 1;
    const event: HistoryEvent = {
      id: asId<'EventId'>(`e${String(arrival).padStart(4, '0')}`),
      conversationId: this.conversationId,
      at: minute(at),
      arrival,
      origin,
      fact,
    };
    this.events.push(event);
    return event;
  }

  customer(at: number, post: Post = {}): this {
    this.add(at, postedFact('customer', `m${this.events.length}`, post));
    return this;
  }

  ai(at: number, post: Post = {}): this {
    this.add(at, postedFact('ai', `m${this.events.length}`, post));
    return this;
  }

  agent(at: number, post: Post = {}): this {
    this.add(at, postedFact('agent', `m${this.events.length}`, post));
    return this;
  }

  note(at: number, post: Post = {}): this {
    this.add(at, postedFact('agent', `m${this.events.length}`, { ...post, note: true }));
    return this;
  }

  system(at: number, post: Post = {}): this {
    this.add(at, postedFact('system', `m${this.events.length}`, post));
    return this;
  }

  escalated(at: number, over: Partial<FactOf<'escalated'>> = {}): this {
    this.add(at, escalatedFact(over));
    return this;
  }

  resolved(at: number, over: Partial<FactOf<'resolved'>> = {}): this {
    this.add(at, { type: 'resolved', finalSkill: null, tags: [], rawStatus: null, ...over });
    return this;
  }

  /** An agent's close from a desk. */
  close(at: number, agentId: AgentId = ANA): this {
    this.add(at, { type: 'closed', by: 'agent', agentId }, 'desk');
    return this;
  }

  /** A close that the source reports. */
  closedBy(at: number, by: ClosedBy): this {
    this.add(at, { type: 'closed', by, agentId: null });
    return this;
  }

  undoClose(at: number): this {
    this.add(at, { type: 'closeUndone', agentId: ANA }, 'desk');
    return this;
  }

  reopen(at: number): this {
    this.add(at, { type: 'reopened', agentId: ANA }, 'desk');
    return this;
  }

  undoReopen(at: number): this {
    this.add(at, { type: 'reopenUndone', agentId: ANA }, 'desk');
    return this;
  }

  snooze(at: number, until: number): this {
    this.add(at, { type: 'snoozed', until: minute(until), agentId: ANA }, 'desk');
    return this;
  }

  assign(at: number, assigneeId: AgentId | null): this {
    this.add(at, { type: 'assigned', assigneeId, agentId: ANA }, 'desk');
    return this;
  }

  takeOver(at: number, agentId: AgentId = ANA): this {
    this.add(at, { type: 'takenOver', agentId }, 'desk');
    return this;
  }

  offered(at: number, over: Partial<FactOf<'handoffOffered'>> = {}): this {
    this.add(at, {
      type: 'handoffOffered',
      reasonCode: 'policy',
      reason: 'Not allowed',
      skill: null,
      ...over,
    });
    return this;
  }

  /** Any other fact, as the source tells it. */
  fact(at: number, fact: Fact, origin: HistoryEvent['origin'] = 'source'): this {
    this.add(at, fact, origin);
    return this;
  }

  /** Folded from scratch; with `now` in minutes, time has passed up to it. */
  fold(now?: number, policy: Policy = DEFAULT_POLICY): FoldResult {
    return foldHistory(this.events, policy, now === undefined ? undefined : minute(now));
  }

  /** The conversation after all of it. */
  conversation(now?: number, policy: Policy = DEFAULT_POLICY): Conversation {
    const { conversation } = this.fold(now, policy).snapshot;
    if (conversation === null) throw new Error('the story has no start');
    return conversation;
  }

  cycles(policy: Policy = DEFAULT_POLICY): readonly Cycle[] {
    return this.fold(undefined, policy).rows.cycles;
  }

  cycle(ordinal = 1): Cycle {
    const cycle = this.cycles().find((candidate) => candidate.ordinal === ordinal);
    if (cycle === undefined) throw new Error(`the story has no cycle ${ordinal}`);
    return cycle;
  }
}

/** Minutes from minute 0, for expectations that read like the story; null stays null. */
export function inMinutes(at: EpochMillis | null): number | null {
  return at === null ? null : (at - DAWN) / 60_000;
}

export function eventId(text: string): EventId {
  return asId<'EventId'>(text);
}
