import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { FieldCell, ListRow, RowTag } from '../../protocol/rpc/list.ts';

/** What only this desk knows of a conversation; handed in, since it lies in another file. */
export interface RowMarks {
  readonly hasDraft: boolean;
  readonly pending: number;
  readonly attention: 'held' | 'refused' | null;
}
export type MarksOf = (id: ConversationId) => RowMarks;

/** What a list shows just as the replica keeps it: all of a row but what is worked out for it. */
type KeptColumns = Omit<ListRow, 'tags' | 'unread' | 'unreadHandoff' | 'fields' | keyof RowMarks>;

/** A row of `ROW_COLUMNS`, as the driver gives it. */
export interface ListRecord extends KeptColumns {
  readonly n: number;
  readonly customerN: number | null;
  readonly handoffAt: EpochMillis | null;
  readonly handoffReadBy: AgentId | null;
  readonly lastCustomerMessageAt: EpochMillis | null;
  /** JSON: `[[tag, appliedBy], …]` in the order of the tags' names. */
  readonly tags: string;
  /** My read marker; null where there is none or nobody is asked for it (`isUnread`). */
  readonly readThroughAt: EpochMillis | null;
}

/** What a list shows of `conversation c`, its customer `cu`, its tags, and my read marker. Binds one `?`: my id. */
export const ROW_COLUMNS = `
  c.n AS n, c.id AS id, cu.n AS customerN,
  cu.name AS customerName, cu.email AS customerEmail, cu.phone AS customerPhone,
  c.channel AS channel, c.page AS page, c.language AS language, c.human_state AS humanState,
  c.ai_outcome AS aiOutcome, c.priority AS priority, c.assignee_id AS assigneeId,
  c.first_question AS firstQuestion, c.last_message_preview AS lastMessagePreview,
  c.last_message_kind AS lastMessageKind, c.last_message_at AS lastMessageAt, c.waiting_since AS waitingSince,
  c.started_at AS startedAt, c.opened_at AS openedAt, c.closed_at AS closedAt, c.snoozed_until AS snoozedUntil,
  c.handoff_reason_code AS handoffReasonCode, c.handoff_reason AS handoffReason, c.message_count AS messageCount,
  c.handoff_at AS handoffAt, c.handoff_read_by AS handoffReadBy,
  c.last_customer_message_at AS lastCustomerMessageAt,
  (SELECT json_group_array(json_array(t.tag, t.applied_by)) FROM tag t WHERE t.conversation_id = c.id) AS tags,
  CASE WHEN c.human_state IN ('open', 'snoozed') THEN
    (SELECT m.read_through_at FROM read_marker m WHERE m.agent_id = ? AND m.conversation_id = c.id)
  END AS readThroughAt`;

/** The join that `ROW_COLUMNS` needs. A customer may arrive after its conversation while a bootstrap runs. */
export const ROW_JOIN = ' LEFT JOIN customer cu ON cu.id = c.customer_id';

/**
 * Whether a conversation is unread for me: it stands before humans (open or snoozed), and the customer wrote, or the AI
 * handed it over, after the moment up to which I read.
 */
export function isUnread(record: ListRecord): boolean {
  if (record.humanState !== 'open' && record.humanState !== 'snoozed') return false;
  const news = Math.max(record.lastCustomerMessageAt ?? 0, record.handoffAt ?? 0);
  return news > (record.readThroughAt ?? 0);
}

const NO_TAGS: readonly RowTag[] = [];
const NO_FIELDS: Readonly<Record<string, FieldCell>> = {};

function parseTags(json: string): readonly RowTag[] {
  if (json === '[]') return NO_TAGS;
  const pairs = JSON.parse(json) as readonly (readonly [string, RowTag['appliedBy']])[];
  return pairs.map(([tag, appliedBy]) => ({ tag, appliedBy }));
}

/** The list's row of a record, the desk's own marks and the values of chosen columns. */
export function recordToListRow(
  record: ListRecord,
  marks: RowMarks,
  fields: Readonly<Record<string, FieldCell>> = NO_FIELDS,
): ListRow {
  return {
    id: record.id,
    customerName: record.customerName,
    customerEmail: record.customerEmail,
    customerPhone: record.customerPhone,
    channel: record.channel,
    page: record.page,
    language: record.language,
    humanState: record.humanState,
    aiOutcome: record.aiOutcome,
    priority: record.priority,
    assigneeId: record.assigneeId,
    firstQuestion: record.firstQuestion,
    lastMessagePreview: record.lastMessagePreview,
    lastMessageKind: record.lastMessageKind,
    lastMessageAt: record.lastMessageAt,
    waitingSince: record.waitingSince,
    startedAt: record.startedAt,
    openedAt: record.openedAt,
    closedAt: record.closedAt,
    snoozedUntil: record.snoozedUntil,
    handoffReasonCode: record.handoffReasonCode,
    handoffReason: record.handoffReason,
    messageCount: record.messageCount,
    tags: parseTags(record.tags),
    unread: isUnread(record),
    unreadHandoff: record.handoffAt !== null && record.handoffReadBy === null,
    hasDraft: marks.hasDraft,
    pending: marks.pending,
    attention: marks.attention,
    fields,
  };
}
