import { asId, type AgentId, type ConversationId, type CustomerId } from '../../base/ids.ts';
import type { Agent, Customer, Message, ShopOrder } from '../../domain/model.ts';
import { type WireValue, wireToRow } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { columnsOf, readRow } from '../replica/row-sql.ts';

/** A place in a thread: messages lie in (at, id) order. */
export interface ThreadPlace {
  readonly at: number;
  readonly id: string;
}

/** Behind every message. */
export const THREAD_END: ThreadPlace = { at: Number.MAX_SAFE_INTEGER, id: '' };

const BEFORE = `SELECT ${columnsOf('message')} FROM message
  WHERE conversation_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`;
const ORDERS = `SELECT ${columnsOf('shopOrder')} FROM shop_order
  WHERE customer_id = ? ORDER BY at DESC, id DESC LIMIT ?`;
const OTHERS = `SELECT id FROM conversation
  WHERE customer_id = ? AND id <> ? ORDER BY started_at DESC, id DESC LIMIT ?`;
const AGENTS = `SELECT ${columnsOf('agent')} FROM agent ORDER BY name, id LIMIT ?`;
const MOST_AGENTS = 10_000;

/** The last `limit` messages before a place, oldest first, and whether more lie before them. */
export function messagesBefore(
  db: ReadableDb,
  conversationId: ConversationId,
  before: ThreadPlace,
  limit: number,
): { readonly messages: readonly Message[]; readonly hasEarlier: boolean } {
  const found = db
    .prepareRaw<WireValue[], [string, number, string, number]>(BEFORE)
    .all(conversationId, before.at, before.id, limit + 1);
  const messages = found.slice(0, limit).map((values) => wireToRow('message', values));
  return { messages: messages.reverse(), hasEarlier: found.length > limit };
}

/** A customer's latest orders, latest first. */
export function ordersOf(db: ReadableDb, customerId: CustomerId, limit: number): readonly ShopOrder[] {
  return db
    .prepareRaw<WireValue[], [string, number]>(ORDERS)
    .all(customerId, limit)
    .map((values) => wireToRow('shopOrder', values));
}

/** A customer's other conversations, latest first. */
export function otherConversations(
  db: ReadableDb,
  customerId: CustomerId,
  than: ConversationId,
  limit: number,
): readonly ConversationId[] {
  return db
    .preparePluck<string, [string, string, number]>(OTHERS)
    .all(customerId, than, limit)
    .map((id) => asId<'ConversationId'>(id));
}

/** The customer; nothing but the id while the row has not arrived. */
export function customerOf(db: ReadableDb, id: CustomerId): Customer {
  return readRow(db, 'customer', [id]) ?? { id, name: null, email: null, phone: null, language: null };
}

/** Every agent by name. */
export function agentsOf(db: ReadableDb): readonly Agent[] {
  return db
    .prepareRaw<WireValue[], [number]>(AGENTS)
    .all(MOST_AGENTS)
    .map((values) => wireToRow('agent', values));
}

/** One agent; nothing but the id while the row has not arrived. */
export function agentOf(db: ReadableDb, id: AgentId): Agent {
  return readRow(db, 'agent', [id]) ?? { id, name: id, role: 'agent', active: true };
}
