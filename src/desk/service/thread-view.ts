import type { ConversationId } from '../../base/ids.ts';
import type { SyncStatus } from '../../protocol/rpc/status.ts';
import type { ThreadMessage, ThreadView } from '../../protocol/rpc/thread.ts';
import type { DeskCore } from '../desk-core.ts';
import { readRow, rowsOfConversation } from '../replica/row-sql.ts';
import type { ListService } from './lists.ts';
import { heldReplies, unseenMessages, withDelivery } from './outgoing-view.ts';
import { unconfirmedParts } from './unconfirmed.ts';
import { customerOf, messagesBefore, ordersOf, otherConversations, THREAD_END } from './thread-query.ts';

const MOST_ORDERS = 20;
const MOST_OTHERS = 20;

export interface ThreadDeps {
  readonly core: DeskCore;
  readonly lists: ListService;
  readonly link: () => SyncStatus['workspace'];
}

/** Everything of one conversation at one moment; null when this desk does not hold it. */
export function openThread(deps: ThreadDeps, id: ConversationId, limit: number): ThreadView | null {
  const { core, lists } = deps;
  const { db } = core.replica;
  return db.snapshot(() => {
    const conversation = readRow(db, 'conversation', [id]);
    if (conversation === null) return null;
    const page = messagesBefore(db, id, THREAD_END, limit);
    const hasRow = (messageId: string): boolean => readRow(db, 'message', [messageId]) !== null;
    const me = core.replica.state().agentId;
    const others = otherConversations(db, conversation.customerId, id, MOST_OTHERS);
    return {
      conversation,
      customer: customerOf(db, conversation.customerId),
      messages: [
        ...withDelivery(core, id, page.messages, deps.link()),
        ...unseenMessages(core, id, hasRow, deps.link()),
      ],
      hasEarlier: page.hasEarlier,
      handoffs: rowsOfConversation(db, 'handoff', id),
      cycles: rowsOfConversation(db, 'cycle', id),
      tags: rowsOfConversation(db, 'tag', id),
      products: rowsOfConversation(db, 'product', id),
      fields: rowsOfConversation(db, 'fieldValue', id),
      orders: ordersOf(db, conversation.customerId, MOST_ORDERS),
      readMarker: me === null ? null : readRow(db, 'readMarker', [me, id]),
      followerIds: rowsOfConversation(db, 'follower', id).map((follower) => follower.agentId),
      otherConversations: lists.rowsOf(others),
      pending: core.replica.pendingOf(id),
      unconfirmed: unconfirmedParts(core, id),
      drafts: core.outbox.drafts.of(id),
      held: heldReplies(core, id),
    };
  });
}

/** The messages before a place in a thread, oldest first. */
export function earlierMessages(
  deps: ThreadDeps,
  id: ConversationId,
  before: { readonly at: number; readonly id: string },
  limit: number,
): { readonly messages: readonly ThreadMessage[]; readonly hasEarlier: boolean } {
  const page = messagesBefore(deps.core.replica.db, id, before, limit);
  return { messages: withDelivery(deps.core, id, page.messages, deps.link()), hasEarlier: page.hasEarlier };
}
