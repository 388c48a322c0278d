import type { ConversationId } from '../base/ids.ts';
import { put, type RowChange } from '../domain/rows.ts';
import type { Changes } from './history.ts';
import type { LoadedRows, MutationContext } from './mutation.ts';

/**
 * Moves the author's read marker over the message that `changes` posted, if everything before it was read: one's own
 * message, which may count later than it was written (T8), makes nothing unread.
 */
export function readAlong(
  rows: LoadedRows,
  conversationId: ConversationId,
  ctx: MutationContext,
  changes: Changes,
): readonly RowChange[] {
  const marker = rows.readMarker(ctx.actor.id, conversationId);
  const lastBefore = rows.snapshot(conversationId).conversation?.lastMessageAt ?? null;
  if (marker === null || lastBefore === null || marker.readThroughAt < lastBefore) return [];
  return changes.flatMap((change) =>
    change.table === 'message' && change.op === 'put'
      ? [put('readMarker', { ...marker, readThroughAt: change.row.at })]
      : [],
  );
}
