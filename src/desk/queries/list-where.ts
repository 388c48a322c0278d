import type { AgentId } from '../../base/ids.ts';
import { type FilterName, FILTER_NAMES, type ListQuery, type Queue } from '../../protocol/rpc/list.ts';
import type { SqlValue } from '../../sqlite/types.ts';

/** A piece of a statement with what its `?` bind. The text is one of a closed set; values are only ever bound. */
export interface SqlPart {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/**
 * What each queue holds, of `conversation c`. Written so that a partial index of the same words serves it. The same in
 * typed arrays: `isInQueue` in `src/desk/columns/codes.ts`; a property test holds the two together.
 */
const QUEUE_SQL: Readonly<Record<Queue, string | null>> = {
  inbox: "c.human_state = 'open'",
  mine: "c.human_state = 'open' AND c.assignee_id = ?",
  unassigned: "c.human_state = 'open' AND c.assignee_id IS NULL",
  unread: "c.human_state = 'open' AND c.handoff_at IS NOT NULL AND c.handoff_read_by IS NULL",
  snoozed: "c.human_state = 'snoozed'",
  closed: "c.human_state = 'closed'",
  review: "c.ai_outcome = 'notResolvedByAi'",
  withAi: "c.human_state IS NULL AND c.ai_outcome = 'open'",
  all: null,
};

/** Each filter as one test against a bound JSON array: one text, however many values. `none` stands for null. */
const FILTER_SQL: Readonly<Record<FilterName, string>> = {
  state: "ifnull(c.human_state, 'none') IN (SELECT value FROM json_each(?))",
  aiOutcome: "ifnull(c.ai_outcome, 'none') IN (SELECT value FROM json_each(?))",
  priority: "ifnull(c.priority, 'none') IN (SELECT value FROM json_each(?))",
  tag: 'EXISTS (SELECT 1 FROM tag f WHERE f.conversation_id = c.id AND f.tag IN (SELECT value FROM json_each(?)))',
  assignee: "ifnull(c.assignee_id, 'none') IN (SELECT value FROM json_each(?))",
  channel: 'c.channel IN (SELECT value FROM json_each(?))',
};

/** The conditions of a query: its queue and each filter that has values; an empty filter filters nothing. */
export function whereOf(query: ListQuery, me: AgentId): readonly SqlPart[] {
  const queue = QUEUE_SQL[query.queue];
  const parts: SqlPart[] = queue === null ? [] : [{ sql: queue, params: query.queue === 'mine' ? [me] : [] }];
  for (const name of FILTER_NAMES) {
    const values = query.filters[name];
    if (values !== undefined && values.length > 0) {
      parts.push({ sql: FILTER_SQL[name], params: [JSON.stringify(values)] });
    }
  }
  return parts;
}

/** ` WHERE a AND b`, or nothing. */
export function whereText(parts: readonly SqlPart[]): string {
  return parts.length === 0 ? '' : ` WHERE ${parts.map((part) => part.sql).join(' AND ')}`;
}

/** The bound values of parts, in order. */
export function paramsOf(parts: readonly SqlPart[]): SqlValue[] {
  return parts.flatMap((part) => part.params);
}
