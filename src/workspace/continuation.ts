import { asId, type ConversationId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import type { HistoryEvent } from '../domain/events.ts';
import type { Conversation } from '../domain/model.ts';
import type { Continuation } from './store/store.ts';

/**
 * Where events of a conversation go that no longer takes replies (S5, S10): its continuation `<id>~<n>` from the moment
 * of the message that started it. Recorded, so that folding again never sends an event elsewhere.
 */
export interface Routes {
  /** The conversation that an event at `at`, addressed to `id`, belongs to. */
  targetOf(id: ConversationId, at: EpochMillis): ConversationId;
  /** Opens the next continuation after `id`, itself one or not. */
  open(id: ConversationId, fromAt: EpochMillis): ConversationId;
  /** Continuations opened since this was made. */
  readonly opened: readonly Continuation[];
}

/** Routes over the recorded continuations. */
export function routesOver(recorded: readonly Continuation[]): Routes {
  const byRoot = new Map<ConversationId, Continuation[]>();
  const rootOf = new Map<ConversationId, ConversationId>();
  const opened: Continuation[] = [];
  const add = (one: Continuation): void => {
    const list = byRoot.get(one.conversationId);
    if (list === undefined) byRoot.set(one.conversationId, [one]);
    else list.push(one);
    rootOf.set(one.continuationId, one.conversationId);
  };
  for (const one of recorded) add(one);
  return {
    opened,
    targetOf: (id, at) => {
      let target: Continuation | null = null;
      for (const one of byRoot.get(id) ?? [])
        if (one.fromAt <= at && (target === null || one.fromAt >= target.fromAt)) target = one;
      return target?.continuationId ?? id;
    },
    open: (id, fromAt) => {
      const conversationId = rootOf.get(id) ?? id;
      const ordinal = (byRoot.get(conversationId)?.length ?? 0) + 1;
      const one = {
        conversationId,
        ordinal,
        continuationId: asId<'ConversationId'>(`${conversationId}~${ordinal}`),
        fromAt,
      };
      add(one);
      opened.push(one);
      return one.continuationId;
    },
  };
}

/** The start of a continuation: what the conversation before it began with, at the message that opened it. */
export function continuationStart(
  before: Conversation,
  continuationId: ConversationId,
  spill: HistoryEvent,
): HistoryEvent {
  return {
    id: asId(`${continuationId}#start`),
    conversationId: continuationId,
    at: spill.at,
    arrival: spill.arrival,
    origin: 'source',
    fact: {
      type: 'started',
      customerId: before.customerId,
      source: before.source,
      channel: before.channel,
      page: before.page,
      language: before.language,
      initialSkill: before.initialSkill,
      withAi: before.aiOutcome !== null,
    },
  };
}
