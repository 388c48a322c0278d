import type { Agent, Handoff } from '../../domain/model.ts';
import type { FieldsView } from '../../protocol/rpc/fields.ts';
import type { ThreadMessage, ThreadView } from '../../protocol/rpc/thread.ts';
import type { CycleTimingsView, ThreadTimings } from '../../protocol/rpc/timings.ts';
import { isoTime } from './list-json.ts';
import { shownProfile } from './profile-json.ts';
import { shownExplanation, shownTimings } from './timings-json.ts';

type Agents = ReadonlyMap<string, Agent>;

function authorName(message: ThreadMessage, view: ThreadView, agents: Agents): string | null {
  if (message.authorKind === 'customer') return view.customer.name;
  if (message.authorKind === 'agent' && message.authorId !== null)
    return agents.get(message.authorId)?.name ?? null;
  return null;
}

function shownMessage(message: ThreadMessage, view: ThreadView, agents: Agents) {
  return {
    id: message.id,
    at: isoTime(message.at),
    writtenAt: isoTime(message.writtenAt),
    author: { kind: message.authorKind, id: message.authorId, name: authorName(message, view, agents) },
    note: message.note,
    text: message.text,
  };
}

function shownCycle({ cycle, timings }: CycleTimingsView) {
  return {
    ordinal: cycle.ordinal,
    openedAt: isoTime(cycle.openedAt),
    openedBy: cycle.openedBy,
    firstReplyAt: isoTime(cycle.firstReplyAt),
    closedAt: isoTime(cycle.closedAt),
    closedBy: cycle.closedBy,
    assigneeAtClose: cycle.assigneeAtCloseId,
    timings: shownTimings(timings),
  };
}

function shownHandoff(handoff: Handoff) {
  return {
    at: isoTime(handoff.at),
    by: handoff.by,
    method: handoff.method,
    reasonCode: handoff.reasonCode,
    reason: handoff.reason,
    skill: handoff.skill,
  };
}

/** Everything about one conversation that `show` prints; `messages` are all of them, oldest first. */
export interface WholeConversation {
  readonly view: ThreadView;
  readonly messages: readonly ThreadMessage[];
  readonly timings: ThreadTimings;
  /** The workspace's fields. */
  readonly fields: FieldsView;
}

/** One conversation as `show --json` prints it. Times are ISO 8601 in UTC, durations integer milliseconds. */
export function shownConversation({ view, messages, timings, fields }: WholeConversation, agents: Agents) {
  const { conversation, customer } = view;
  return {
    id: conversation.id,
    source: conversation.source,
    channel: conversation.channel,
    page: conversation.page,
    language: conversation.language,
    customer: { id: customer.id, name: customer.name, email: customer.email, phone: customer.phone },
    state: conversation.humanState,
    aiOutcome: conversation.aiOutcome,
    aiRawStatus: conversation.aiRawStatus,
    priority: conversation.priority,
    assignee: conversation.assigneeId,
    description: conversation.description,
    reasonCode: conversation.handoffReasonCode,
    reason: conversation.handoffReason,
    initialSkill: conversation.initialSkill,
    finalSkill: conversation.finalSkill,
    startedAt: isoTime(conversation.startedAt),
    firstOpenedAt: isoTime(conversation.firstOpenedAt),
    openedAt: isoTime(conversation.openedAt),
    closedAt: isoTime(conversation.closedAt),
    snoozedUntil: isoTime(conversation.snoozedUntil),
    tags: view.tags.map((tag) => ({ tag: tag.tag, appliedBy: tag.appliedBy, agentId: tag.agentId })),
    products: view.products.map((product) => ({
      id: product.productId,
      name: product.name,
      url: product.url,
      recommendedAt: isoTime(product.recommendedAt),
      clickedAt: isoTime(product.clickedAt),
    })),
    handoffs: view.handoffs.map(shownHandoff),
    profile: shownProfile(view, fields),
    timings: shownTimings(timings.timings),
    cycles: timings.cycles.map(shownCycle),
    explain: shownExplanation(timings),
    messages: messages.map((message) => shownMessage(message, view, agents)),
  };
}
