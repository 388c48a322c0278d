import { AI_OUTCOMES, HUMAN_STATES } from '../../domain/model.ts';
import { NONE, type Queue } from '../../protocol/rpc/list.ts';

/**
 * What a conversation is, in eight bits: human state (2), AI outcome (3), priority (2), hand-off not yet read (1). Value 0
 * of each is "unset", the others follow the order of the lists below.
 */
export type Code = number;
/** Codes are below this. */
export const CODES = 256;

export const STATE_VALUES: readonly string[] = [NONE, ...HUMAN_STATES];
export const OUTCOME_VALUES: readonly string[] = [NONE, ...AI_OUTCOMES];
/** In the order of a sort by priority, but for unset, which counts as medium (C5). */
export const PRIORITY_VALUES: readonly string[] = [NONE, 'low', 'medium', 'high'];

const STATE_BITS = 3;
const OUTCOME_SHIFT = 2;
const OUTCOME_BITS = 7;
const PRIORITY_SHIFT = 5;
const PRIORITY_BITS = 3;
const UNREAD_BIT = 128;

const OPEN = STATE_VALUES.indexOf('open');
const SNOOZED = STATE_VALUES.indexOf('snoozed');
const CLOSED = STATE_VALUES.indexOf('closed');
const AI_OPEN = OUTCOME_VALUES.indexOf('open');
const NOT_RESOLVED = OUTCOME_VALUES.indexOf('notResolvedByAi');

function caseText(column: string, values: readonly string[], factor: number): string {
  const whens = values.map((value, index) => `WHEN '${value}' THEN ${index * factor}`).slice(1);
  return `CASE ${column} ${whens.join(' ')} ELSE 0 END`;
}

/** The code as SQL over `conversation c`: one integer instead of three strings a row. */
export const CODE_SQL = `(${caseText('c.human_state', STATE_VALUES, 1)})
  + (${caseText('c.ai_outcome', OUTCOME_VALUES, 1 << OUTCOME_SHIFT)})
  + (${caseText('c.priority', PRIORITY_VALUES, 1 << PRIORITY_SHIFT)})
  + (CASE WHEN c.handoff_at IS NOT NULL AND c.handoff_read_by IS NULL THEN ${UNREAD_BIT} ELSE 0 END)`;

/** Index into `STATE_VALUES`. */
export const stateOf = (code: Code): number => code & STATE_BITS;
/** Index into `OUTCOME_VALUES`. */
export const outcomeOf = (code: Code): number => (code >> OUTCOME_SHIFT) & OUTCOME_BITS;
/** Index into `PRIORITY_VALUES`. */
export const priorityOf = (code: Code): number => (code >> PRIORITY_SHIFT) & PRIORITY_BITS;
/** 1 low, 2 medium or unset, 3 high. */
export const priorityRank = (code: Code): number => priorityOf(code) || 2;

/** Whether a conversation is in a queue. `assignee` and `me` are dictionary numbers, 0 is nobody. As `QUEUE_SQL`. */
export function isInQueue(queue: Queue, code: Code, assignee: number, me: number): boolean {
  const state = stateOf(code);
  switch (queue) {
    case 'inbox':
      return state === OPEN;
    case 'mine':
      return state === OPEN && assignee === me && me !== 0;
    case 'unassigned':
      return state === OPEN && assignee === 0;
    case 'unread':
      return state === OPEN && (code & UNREAD_BIT) !== 0;
    case 'snoozed':
      return state === SNOOZED;
    case 'closed':
      return state === CLOSED;
    case 'review':
      return outcomeOf(code) === NOT_RESOLVED;
    case 'withAi':
      return state === 0 && outcomeOf(code) === AI_OPEN;
    default:
      return queue === 'all';
  }
}
