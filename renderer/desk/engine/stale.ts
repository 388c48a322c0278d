import type { DeskMethod, Invalidation, Topic } from '../../../src/protocol/rpc/contract.ts';

/** The topics whose events make an answer of a method old. Methods that are not here are asked anew each time. */
const TOPICS_OF: Partial<Record<DeskMethod, readonly Topic[]>> = {
  'app.info': ['info'],
  'exports.options': ['info'],
  'exports.jobs': ['exports'],
  'fields.list': ['info'],
  'fields.values': ['info'],
  'list.facets': ['list'],
  'list.rows': ['list'],
  'settings.workspace': ['info'],
  'scope.state': ['status', 'info'],
  'scope.conversation': ['thread', 'status'],
  'surveys.list': ['info'],
  'surveys.matches': ['list', 'info'],
  'surveys.ofConversation': ['thread', 'info'],
  'thread.open': ['thread'],
  'thread.timings': ['thread', 'info'],
  'timings.settings': ['info'],
  'search.messages': ['thread'],
  'undo.list': ['undo'],
  'outbox.list': ['outbox'],
  'outbox.merged': ['outbox'],
  'sync.status': ['status'],
  'insight.overview': ['insight'],
  'insight.sales': ['insight'],
  'insight.metrics': ['insight'],
  'insight.activity': ['insight'],
  'insight.review': ['insight'],
  'insight.segments': ['insight'],
  'insight.segmentCount': ['insight'],
  'insight.segmentMembers': ['insight'],
  'insight.values': ['insight'],
  'insight.views': ['info'],
  'insight.csat': ['insight'],
  'insight.csatComments': ['insight'],
};

/** The conversation a query is about; null when it is about many. */
function conversationOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('conversationId' in input)) return null;
  return typeof input.conversationId === 'string' ? input.conversationId : null;
}

/** Whether the answer to `method(input)` may have changed with this event. */
export function isStaleAfter(method: DeskMethod, input: unknown, event: Invalidation): boolean {
  if (TOPICS_OF[method]?.includes(event.topic) !== true) return false;
  const conversation = conversationOf(input);
  return conversation === null || event.ids === null || event.ids.includes(conversation);
}
