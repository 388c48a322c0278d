import type { Agent, Cycle, Handoff } from '../../domain/model.ts';
import type { ThreadMessage, ThreadView } from '../../protocol/rpc/thread.ts';
import { isoTime } from './list-json.ts';

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

function shownCycle(cycle: Cycle) {
  return {
    ordinal: cycle.ordinal,
    openedAt: isoTime(cycle.openedAt),
    openedBy: cycle.openedBy,
    firstReplyAt: isoTime(cycle.firstReplyAt),
    closedAt: isoTime(cycle.closedAt),
    closedBy: cycle.closedBy,
    assigneeAtClose: cycle.assigneeAtCloseId,
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

/** One conversation as `show --json` prints it; `messages` are all of them, oldest first. Times are ISO 8601 in UTC. */
export function shownConversation(view: ThreadView, messages: readonly ThreadMessage[], agents: Agents) {
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
    cycles: view.cycles.map(shownCycle),
    messages: messages.map((message) => shownMessage(message, view, agents)),
  };
}
