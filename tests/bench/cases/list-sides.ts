import type { DEFAULT_SORTS, Queue } from '../../../src/protocol/rpc/list.ts';
import type { SqlValue } from '../../../src/sqlite/database.ts';

/** The two hand-written stretches of a queue's default order: rows with a value, and after them those without. */
export interface HandWritten {
  readonly first: string;
  readonly next: string;
  /** The condition alone. */
  readonly where: string;
}

const COLUMNS = `c.n, c.id, cu.name AS customerName, cu.email AS customerEmail, cu.phone AS customerPhone, c.channel,
  c.page, c.language, c.human_state AS humanState, c.ai_outcome AS aiOutcome, c.priority, c.assignee_id AS assigneeId,
  c.first_question AS firstQuestion, c.last_message_preview AS lastMessagePreview,
  c.last_message_kind AS lastMessageKind, c.last_message_at AS lastMessageAt, c.waiting_since AS waitingSince,
  c.started_at AS startedAt, c.opened_at AS openedAt, c.closed_at AS closedAt, c.snoozed_until AS snoozedUntil,
  c.handoff_reason_code AS handoffReasonCode, c.message_count AS messageCount, c.handoff_at AS handoffAt,
  c.handoff_read_by AS handoffReadBy, c.last_customer_message_at AS lastCustomerMessageAt,
  (SELECT json_group_array(json_array(t.tag, t.applied_by)) FROM tag t WHERE t.conversation_id = c.id) AS tags,
  (SELECT m.read_through_at FROM read_marker m WHERE m.agent_id = ? AND m.conversation_id = c.id) AS readThroughAt`;

const WHERE: Readonly<Record<Queue, string>> = {
  inbox: "c.human_state = 'open'",
  mine: "c.human_state = 'open' AND c.assignee_id = 'agent-01'",
  unassigned: "c.human_state = 'open' AND c.assignee_id IS NULL",
  unread: "c.human_state = 'open' AND c.handoff_at IS NOT NULL AND c.handoff_read_by IS NULL",
  snoozed: "c.human_state = 'snoozed'",
  closed: "c.human_state = 'closed'",
  review: "c.ai_outcome = 'notResolvedByAi'",
  withAi: "c.human_state IS NULL AND c.ai_outcome = 'open'",
  all: '1',
};

/** Left alone, the planner takes `list_state_activity` for some of these and sorts: 40 ms a page instead of one. */
const INDEX: Readonly<Record<Queue, string>> = {
  inbox: 'list_open_waiting',
  mine: 'list_open_assignee',
  unassigned: 'list_open_assignee',
  unread: 'list_open_unread',
  snoozed: 'list_state_activity',
  closed: 'list_state_activity',
  review: 'list_review',
  withAi: 'list_with_ai',
  all: 'list_activity',
};

/** What one would write by hand for a page of a queue in its default order: joined, keyed, limit bound. */
export function handWritten(queue: Queue, by: (typeof DEFAULT_SORTS)[Queue]['by']): HandWritten {
  const [column, order, sign] =
    by === 'waiting' ? ['c.waiting_since', 'ASC', '>'] : ['c.last_message_at', 'DESC', '<'];
  const where = `${WHERE[queue]} AND ${column} IS NOT NULL`;
  const text = (key: string): string =>
    `SELECT ${COLUMNS} FROM conversation c INDEXED BY ${INDEX[queue]} LEFT JOIN customer cu ON cu.id = c.customer_id
     WHERE ${where} ${key} ORDER BY ${column} ${order}, c.n ${order} LIMIT ?`;
  return { where, first: text(''), next: text(`AND (${column}, c.n) ${sign} (?, ?)`) };
}

/** A hand-written record as the driver gives it. */
export type HandRecord = Readonly<Record<string, SqlValue>>;
