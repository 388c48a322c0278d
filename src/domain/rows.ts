import type {
  AgentId,
  ConversationId,
  CustomerId,
  EventId,
  MessageId,
  OrderId,
  ProductId,
} from '../base/ids.ts';
import type {
  Agent,
  Conversation,
  Csat,
  Customer,
  Cycle,
  FieldValue,
  Follower,
  Handoff,
  HistoryRow,
  Message,
  MetricEvent,
  Product,
  ReadMarker,
  Setting,
  ShopOrder,
  Tag,
  Verdict,
} from './model.ts';

/** Every table that rules write, with its row type. */
export interface Rows {
  agent: Agent;
  customer: Customer;
  conversation: Conversation;
  cycle: Cycle;
  handoff: Handoff;
  message: Message;
  tag: Tag;
  product: Product;
  shopOrder: ShopOrder;
  readMarker: ReadMarker;
  follower: Follower;
  fieldValue: FieldValue;
  csat: Csat;
  metricEvent: MetricEvent;
  verdict: Verdict;
  setting: Setting;
  history: HistoryRow;
}
export type TableName = keyof Rows;

/** The key of each table, in column order. */
export interface Keys {
  agent: readonly [AgentId];
  customer: readonly [CustomerId];
  conversation: readonly [ConversationId];
  cycle: readonly [ConversationId, number];
  handoff: readonly [ConversationId, number];
  message: readonly [MessageId];
  tag: readonly [ConversationId, string];
  product: readonly [ConversationId, ProductId];
  shopOrder: readonly [OrderId];
  readMarker: readonly [AgentId, ConversationId];
  follower: readonly [ConversationId, AgentId];
  fieldValue: readonly [ConversationId, string, number];
  csat: readonly [ConversationId, number];
  metricEvent: readonly [ConversationId, string];
  verdict: readonly [ConversationId, AgentId];
  setting: readonly [string];
  history: readonly [EventId];
}

/** One row written (whole) or deleted. The only output of rules. */
export type RowChange = {
  [T in TableName]:
    | { readonly table: T; readonly op: 'put'; readonly row: Rows[T] }
    | { readonly table: T; readonly op: 'delete'; readonly key: Keys[T] };
}[TableName];

/** Makes the change that writes `row`. */
export function put<T extends TableName>(table: T, row: Rows[T]): RowChange {
  return { table, op: 'put', row } as RowChange;
}

/** Makes the change that deletes the row at `key`. */
export function del<T extends TableName>(table: T, key: Keys[T]): RowChange {
  return { table, op: 'delete', key } as RowChange;
}

/**
 * What the state machine needs of one conversation: its row, its latest cycle, and its small collections.
 * Loaded by the engine before a rule runs. `conversation` is null before `started`.
 */
export interface Snapshot {
  readonly conversation: Conversation | null;
  /** The latest one. */
  readonly cycle: Cycle | null;
  /**
   * The one before the latest, which undoing a reopening brings back (S11). A snapshot that `step` returns may hold null
   * here although there is one; only a loaded one must hold it.
   */
  readonly previousCycle: Cycle | null;
  readonly tags: readonly Tag[];
  readonly products: readonly Product[];
  readonly fields: readonly FieldValue[];
  /** One a cycle that was asked or scored, by ordinal. */
  readonly csat: readonly Csat[];
}

export const EMPTY_SNAPSHOT: Snapshot = {
  conversation: null,
  cycle: null,
  previousCycle: null,
  tags: [],
  products: [],
  fields: [],
  csat: [],
};

/** The conversation in whose snapshot a changed row lies; null for rows that no snapshot holds. */
export function snapshotOwner(change: RowChange): ConversationId | null {
  switch (change.table) {
    case 'conversation':
      return change.op === 'put' ? change.row.id : change.key[0];
    case 'cycle':
    case 'tag':
    case 'product':
    case 'fieldValue':
    case 'csat':
      return change.op === 'put' ? change.row.conversationId : change.key[0];
    default:
      return null;
  }
}
