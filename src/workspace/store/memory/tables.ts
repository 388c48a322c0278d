import type { HistoryEvent } from '../../../domain/events.ts';
import type { Rows, TableName } from '../../../domain/rows.ts';
import { TABLES, type WireValue, wireToRow } from '../../../protocol/tables.ts';
import { rowToHistoryEvent } from '../../history-rows.ts';
import type { ConversationTable, SentRow } from '../store.ts';

/** A row as it is kept: as it goes to desks, with its key, and the head at which it last changed. */
export interface StoredRow extends SentRow {
  /** `keyId` of its key. */
  readonly id: string;
  readonly key: readonly WireValue[];
  readonly seq: number;
  /** JSON of `values`. */
  readonly text: string;
  /** The row of `values`, once it was asked for. */
  row: Rows[TableName] | null;
  /** The event that a row of history keeps, once it was asked for. */
  event: HistoryEvent | null;
}

/** The rows of one conversation in one table, in key order (history: in receipt order). A change makes another group. */
interface Group {
  readonly stored: readonly StoredRow[];
  /** The rows of `stored`, once they were asked for. */
  rows: readonly Rows[TableName][] | null;
}

/** Rows of one table by `keyId` of their key, and the heads of keys that were deleted. */
export interface MemoryTable {
  readonly rows: Map<string, StoredRow>;
  readonly tombstones: Map<string, StoredRow>;
  /** `rows` in key order, once it was asked for; a change makes another list. */
  ordered: readonly StoredRow[] | null;
  /** Every row and tombstone that was ever put, in the order of `seq`; those that stand no more are not taken out. */
  readonly changes: StoredRow[];
  /** The same rows by the conversation that they belong to, where the table has such a column. */
  readonly groups: Map<WireValue, Group>;
}

export type MemoryTables = Readonly<Record<TableName, MemoryTable>>;

function emptyTable(): MemoryTable {
  return { rows: new Map(), ordered: null, tombstones: new Map(), changes: [], groups: new Map() };
}

export function memoryTables(): MemoryTables {
  return {
    setting: emptyTable(),
    agent: emptyTable(),
    customer: emptyTable(),
    conversation: emptyTable(),
    cycle: emptyTable(),
    handoff: emptyTable(),
    message: emptyTable(),
    tag: emptyTable(),
    product: emptyTable(),
    shopOrder: emptyTable(),
    readMarker: emptyTable(),
    follower: emptyTable(),
    fieldValue: emptyTable(),
    csat: emptyTable(),
    metricEvent: emptyTable(),
    verdict: emptyTable(),
    history: emptyTable(),
  };
}

/** Puts a row, or takes it away with null. An event's row may move to another conversation (S10). */
export function setRow(table: TableName, to: MemoryTable, id: string, row: StoredRow | null): void {
  const { rows, groups } = to;
  const at = CONVERSATION_AT[table];
  to.ordered = null;
  const standing = rows.get(id);
  if (row === null) rows.delete(id);
  else rows.set(id, row);
  if (at < 0) return;
  if (standing !== undefined) {
    const key = standing.values[at] ?? null;
    const stored = groups.get(key)?.stored.filter((one) => one !== standing) ?? [];
    groups.set(key, { stored, rows: null });
  }
  if (row !== null) {
    const key = row.values[at] ?? null;
    const stored = withRow(groups.get(key)?.stored ?? [], row, table === 'history' ? byReceipt : byKey);
    groups.set(key, { stored, rows: null });
  }
}

type Order = (a: StoredRow, b: StoredRow) => number;

/** The rows with another one at its place; looked for from the end, where most belong. */
function withRow(stored: readonly StoredRow[], row: StoredRow, order: Order): readonly StoredRow[] {
  const at = stored.findLastIndex((one) => order(one, row) <= 0) + 1;
  return stored.toSpliced(at, 0, row);
}

/** The part of `changes` behind `after`: nothing else is looked at. */
export function changedSince({ changes }: MemoryTable, after: number): readonly StoredRow[] {
  let from = changes.length;
  while (from > 0 && (changes[from - 1]?.seq ?? 0) > after) from -= 1;
  return from === changes.length ? NO_ROWS : changes.slice(from);
}

const NO_ROWS: readonly StoredRow[] = [];

/** One conversation's rows as they are stored, in key order (history: in receipt order). */
export function groupOf({ groups }: MemoryTable, conversationId: string): readonly StoredRow[] {
  return groups.get(conversationId)?.stored ?? NO_ROWS;
}

/** One conversation's rows, in the same order. */
export function rowsIn<T extends ConversationTable>(
  tables: MemoryTables,
  table: T,
  conversationId: string,
): readonly Rows[T][] {
  const group = tables[table].groups.get(conversationId);
  if (group === undefined) return [];
  // A group lies in one table alone.
  group.rows ??= group.stored.map((row) => rowOf(table, row));
  return group.rows as readonly Rows[T][];
}

/** The event that a stored row of history keeps. */
export function eventOf(row: StoredRow): HistoryEvent {
  row.event ??= rowToHistoryEvent(rowOf('history', row));
  return row.event;
}

/** The row of stored values. */
export function rowOf<T extends TableName>(table: T, row: StoredRow): Rows[T] {
  // A stored row lies in one table alone.
  row.row ??= wireToRow(table, row.values);
  return row.row as Rows[T];
}

/** A value of a stored row by its column's name. */
export function valueOf(table: TableName, row: StoredRow, column: string): WireValue {
  const columns: readonly string[] = TABLES[table].columns;
  return row.values[columns.indexOf(column)] ?? null;
}

/** Surrogates after everything else: code point order, which is the order of UTF-8 bytes and so SQLite's. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Orders texts as the databases do, by code point. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Orders keys as an index does: value by value, nulls first, numbers before texts. */
export function compareKeys(a: readonly WireValue[], b: readonly WireValue[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const left = a[index] ?? null;
    const right = b[index] ?? null;
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') {
      return left - right;
    }
    if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
    return typeRank(left) - typeRank(right);
  }
  return 0;
}

function typeRank(value: WireValue): number {
  if (value === null) return 0;
  return typeof value === 'number' ? 1 : 2;
}

function byKey(a: StoredRow, b: StoredRow): number {
  return compareKeys(a.key, b.key);
}

const ARRIVAL_AT = TABLES.history.columns.indexOf('arrival');

function byReceipt(a: StoredRow, b: StoredRow): number {
  return Number(a.values[ARRIVAL_AT]) - Number(b.values[ARRIVAL_AT]);
}

/** The rows of a table in key order. */
export function inKeyOrder(table: MemoryTable): readonly StoredRow[] {
  table.ordered ??= [...table.rows.values()].sort(byKey);
  return table.ordered;
}

function conversationAt(table: TableName): number {
  const columns: readonly string[] = TABLES[table].columns;
  return columns.indexOf('conversationId');
}

const CONVERSATION_AT: Readonly<Record<TableName, number>> = {
  setting: conversationAt('setting'),
  agent: conversationAt('agent'),
  customer: conversationAt('customer'),
  conversation: conversationAt('conversation'),
  cycle: conversationAt('cycle'),
  handoff: conversationAt('handoff'),
  message: conversationAt('message'),
  tag: conversationAt('tag'),
  product: conversationAt('product'),
  shopOrder: conversationAt('shopOrder'),
  readMarker: conversationAt('readMarker'),
  follower: conversationAt('follower'),
  fieldValue: conversationAt('fieldValue'),
  csat: conversationAt('csat'),
  metricEvent: conversationAt('metricEvent'),
  verdict: conversationAt('verdict'),
  history: conversationAt('history'),
};
