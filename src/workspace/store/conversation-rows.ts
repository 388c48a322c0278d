import type { ConversationId } from '../../base/ids.ts';
import type { ConversationRows } from '../../domain/conversation-rows.ts';
import type { Conversation } from '../../domain/model.ts';
import type { Rows } from '../../domain/rows.ts';
import type { ConversationTable, RuledRows } from './store.ts';

/** How a store reads one conversation's rows of one table, in key order. */
export type RowsIn = <T extends ConversationTable>(table: T, id: ConversationId) => readonly Rows[T][];

/** What rules read of a conversation, gathered from its tables. */
export function ruledRowsOf(conversation: Conversation, rowsIn: RowsIn): RuledRows {
  const { id } = conversation;
  return {
    conversation,
    cycles: rowsIn('cycle', id),
    tags: rowsIn('tag', id),
    products: rowsIn('product', id),
    fields: rowsIn('fieldValue', id),
    csat: rowsIn('csat', id),
  };
}

/** Everything that a conversation's history made, gathered from its tables. */
export function conversationRowsOf(conversation: Conversation, rowsIn: RowsIn): ConversationRows {
  const { id } = conversation;
  return {
    conversation,
    cycles: rowsIn('cycle', id),
    handoffs: rowsIn('handoff', id),
    tags: rowsIn('tag', id),
    products: rowsIn('product', id),
    fields: rowsIn('fieldValue', id),
    csat: rowsIn('csat', id),
    metricEvents: rowsIn('metricEvent', id),
    followers: rowsIn('follower', id),
    messages: rowsIn('message', id),
  };
}
