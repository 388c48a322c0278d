import type { WireValue } from '../../../protocol/tables.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import type { HeldFrom } from '../../../domain/desk-scope.ts';
import type { ScopeReads } from '../../scope.ts';
import { sentRow } from '../log.ts';
import { ROWS_IN_SQL } from './rows.ts';
import { sqlOf } from './statements.ts';

/** More rows than one conversation has. */
const MANY = 1_000_000;

/** `activityOf` in SQL: word for word the expression of the index `conversation_behind`. */
export const ACTIVITY_SQL = 'max(started_at, folded_at, ifnull(ai_closed_at, 0), ifnull(closed_at, 0))';
/** What is not open work (`isOpenWork`): word for word the condition of that index. */
export const NOT_OPEN_SQL = `(human_state = 'closed' OR (human_state IS NULL AND ai_outcome IS NOT 'open'))`;

/** Conversations behind a place, the latest activity first; the index is named, so that it fails loudly when it no longer fits. */
export const BEHIND_SQL = `SELECT ${ACTIVITY_SQL} AS at, id FROM conversation INDEXED BY conversation_behind
  WHERE ${NOT_OPEN_SQL} AND ${ACTIVITY_SQL} <= ? AND ${ACTIVITY_SQL} >= ?
    AND (${ACTIVITY_SQL} < ? OR id > ?) ORDER BY ${ACTIVITY_SQL} DESC, id LIMIT ?`;

export const HAS_MESSAGE_SQL = `SELECT 1 FROM message INDEXED BY message_conversation
  WHERE conversation_id = ? AND at > ? AND seq <= ? LIMIT ?`;

/** The reads of a scoped pull; call them within one snapshot. */
export function scopeReads(db: ReadableDb): ScopeReads {
  return {
    conversation: (id) => {
      const values = db.prepareRaw<WireValue[]>(sqlOf('conversation').byKey).get(id, 1);
      return values === undefined ? null : sentRow(values);
    },
    children: (table, id) => db.prepareRaw<WireValue[]>(ROWS_IN_SQL[table]).all(id, MANY).map(sentRow),
    hasMessage: (id, at, seq) => db.preparePluck<number>(HAS_MESSAGE_SQL).get(id, at, seq, 1) !== undefined,
    behind: ({ at, id }, reach, limit) => db.prepare<HeldFrom>(BEHIND_SQL).all(at, reach, at, id, limit),
  };
}
