import type { Rows, TableName } from '../domain/rows.ts';
import { ROW_KEY, ROW_TO_WIRE } from './row-to-wire.ts';
import { WIRE_TO_ROW } from './wire-to-row.ts';

/** The tables a desk holds a replica of: all but the history, in the order a bootstrap sends them. */
export const REPLICATED_TABLES = [
  'setting',
  'agent',
  'customer',
  'conversation',
  'cycle',
  'handoff',
  'tag',
  'product',
  'follower',
  'fieldValue',
  'csat',
  'metricEvent',
  'verdict',
  'readMarker',
  'shopOrder',
  'message',
] as const satisfies readonly TableName[];
export type ReplicatedTable = (typeof REPLICATED_TABLES)[number];

/** Every table: what a desk holds, and the history. */
export const ALL_TABLES = [...REPLICATED_TABLES, 'history'] as const satisfies readonly TableName[];

/** The replicated tables whose rows hang on one conversation and are sent with it. */
export const CHILD_TABLES = [
  'cycle',
  'handoff',
  'message',
  'tag',
  'product',
  'follower',
  'fieldValue',
  'csat',
  'metricEvent',
  'verdict',
] as const satisfies readonly ReplicatedTable[];

/** Whether a table's rows are sent with one conversation; the others a desk always holds whole (Y9). */
export function isOfConversation(table: ReplicatedTable): boolean {
  return table === 'conversation' || CHILD_TABLES.some((child) => child === table);
}

/** How one table crosses a wire and lies in SQLite: property names in column order, the key first in `key`. */
export interface TableSpec<T extends TableName> {
  /** SQL table name. */
  readonly sql: string;
  readonly key: readonly (keyof Rows[T] & string)[];
  readonly columns: readonly (keyof Rows[T] & string)[];
  /** Columns whose values are booleans: 0 or 1 in SQLite and on the wire. */
  readonly booleans: readonly (keyof Rows[T] & string)[];
}

type Specs = { readonly [T in TableName]: TableSpec<T> };

/** Every table's columns, once: SQL statements, the wire's arrays and row digests are made from this list. */
export const TABLES: Specs = {
  setting: { sql: 'setting', key: ['key'], columns: ['key', 'value'], booleans: [] },
  agent: { sql: 'agent', key: ['id'], columns: ['id', 'name', 'role', 'active'], booleans: ['active'] },
  customer: {
    sql: 'customer',
    key: ['id'],
    columns: ['id', 'name', 'email', 'phone', 'language'],
    booleans: [],
  },
  conversation: {
    sql: 'conversation',
    key: ['id'],
    columns: [
      'id',
      'customerId',
      'source',
      'channel',
      'page',
      'language',
      'startedAt',
      'aiOutcome',
      'aiRawStatus',
      'aiClosedAt',
      'initialSkill',
      'finalSkill',
      'handoffAt',
      'handoffBy',
      'handoffReasonCode',
      'handoffReason',
      'handoffCount',
      'handoffOffer',
      'handoffReadBy',
      'humanState',
      'priority',
      'description',
      'assigneeId',
      'snoozedUntil',
      'cycleCount',
      'firstOpenedAt',
      'openedAt',
      'closedAt',
      'closedBy',
      'firstQuestion',
      'messageCount',
      'aiMessageCount',
      'lastMessageAt',
      'lastMessageKind',
      'lastMessagePreview',
      'lastPublicId',
      'lastPublicAt',
      'lastPublicKind',
      'lastCustomerMessageId',
      'lastCustomerMessageAt',
      'lastCustomerArrival',
      'waitingSince',
      'foldedAt',
      'foldedId',
    ],
    booleans: [],
  },
  cycle: {
    sql: 'cycle',
    key: ['conversationId', 'ordinal'],
    columns: [
      'conversationId',
      'ordinal',
      'openedAt',
      'openedBy',
      'clockStartAt',
      'firstReplyAt',
      'replyCount',
      'replyTotal',
      'waitingSince',
      'closedAt',
      'closedBy',
      'closedByAgentId',
      'assigneeAtCloseId',
    ],
    booleans: [],
  },
  handoff: {
    sql: 'handoff',
    key: ['conversationId', 'ordinal'],
    columns: ['conversationId', 'ordinal', 'at', 'by', 'method', 'reasonCode', 'reason', 'skill'],
    booleans: [],
  },
  message: {
    sql: 'message',
    key: ['id'],
    columns: ['id', 'conversationId', 'at', 'authorKind', 'authorId', 'note', 'text', 'writtenAt'],
    booleans: ['note'],
  },
  tag: {
    sql: 'tag',
    key: ['conversationId', 'tag'],
    columns: ['conversationId', 'tag', 'appliedBy', 'agentId', 'at'],
    booleans: [],
  },
  product: {
    sql: 'product',
    key: ['conversationId', 'productId'],
    columns: ['conversationId', 'productId', 'name', 'url', 'recommendedAt', 'clickedAt'],
    booleans: [],
  },
  shopOrder: {
    sql: 'shop_order',
    key: ['id'],
    columns: ['id', 'customerId', 'at', 'valueMinor', 'currency'],
    booleans: [],
  },
  readMarker: {
    sql: 'read_marker',
    key: ['agentId', 'conversationId'],
    columns: ['agentId', 'conversationId', 'readThroughAt'],
    booleans: [],
  },
  follower: {
    sql: 'follower',
    key: ['conversationId', 'agentId'],
    columns: ['conversationId', 'agentId'],
    booleans: [],
  },
  fieldValue: {
    sql: 'field_value',
    key: ['conversationId', 'field', 'ordinal'],
    columns: ['conversationId', 'field', 'ordinal', 'number', 'text'],
    booleans: [],
  },
  csat: {
    sql: 'csat',
    key: ['conversationId', 'ordinal'],
    columns: [
      'conversationId',
      'ordinal',
      'surveyId',
      'scale',
      'language',
      'medium',
      'ownerId',
      'sentAt',
      'expiresAt',
      'score',
      'comment',
      'answeredAt',
      'answerCount',
      'link',
    ],
    booleans: [],
  },
  metricEvent: {
    sql: 'metric_event',
    key: ['conversationId', 'id'],
    columns: [
      'conversationId',
      'id',
      'customerId',
      'metric',
      'at',
      'channel',
      'skill',
      'reasonCode',
      'reason',
      'tags',
      'products',
    ],
    booleans: [],
  },
  verdict: {
    sql: 'verdict',
    key: ['conversationId', 'agentId'],
    columns: ['conversationId', 'agentId', 'verdict', 'note', 'coachId', 'at'],
    booleans: [],
  },
  history: {
    sql: 'history',
    key: ['id'],
    columns: ['id', 'conversationId', 'at', 'arrival', 'origin', 'clientId', 'fact'],
    booleans: [],
  },
};

/** `lastPublicAt` → `last_public_at`: the SQL name of a property. */
export function sqlName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A value of a row on the wire and in SQLite. */
export type WireValue = string | number | null;

/** A row as it crosses the wire and is bound to SQL: values in column order, booleans as 0 or 1. Throws on any other value. */
export function rowToWire<T extends TableName>(table: T, row: Rows[T]): WireValue[] {
  const values = ROW_TO_WIRE[table](row);
  for (let index = 0; index < values.length; index += 1) {
    const value: unknown = values[index];
    if (typeof value === 'string' || value === null || typeof value === 'number') continue;
    throw new Error(`invariant broken: ${table}.${TABLES[table].columns[index] ?? ''} holds ${typeof value}`);
  }
  return values;
}

/** The row that `rowToWire` made `values` of; throws when the number of values is wrong. */
export function wireToRow<T extends TableName>(table: T, values: readonly WireValue[]): Rows[T] {
  if (values.length !== TABLES[table].columns.length)
    throw new Error(`invariant broken: ${table} row of ${values.length} values`);
  // The column list and the row type are tied together by a test over every table.
  return WIRE_TO_ROW[table](values) as unknown as Rows[T];
}

/** The key of a row on the wire. */
export function keyOfRow<T extends TableName>(table: T, row: Rows[T]): readonly WireValue[] {
  return ROW_KEY[table](row);
}
