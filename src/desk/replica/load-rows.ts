import { asId, type ConversationId, type MessageId } from '../../base/ids.ts';
import type { Rows } from '../../domain/rows.ts';
import type { Reads } from '../../mutations/mutation.ts';
import { keyOfRow, wireToRow } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { BaseRow } from './base-rows.ts';
import { conversationRows, FEW, readRow, rowsById, rowsOfConversations } from './row-sql.ts';
import { type ConversationRows, inKeyOrder, NO_ROWS, type RowSpace, rowKey } from './row-space.ts';

/** Base copies that stand in for the view's rows, by `rowKey` and by scope. */
export interface Overlay {
  readonly byKey: ReadonlyMap<string, BaseRow>;
  readonly byScope: ReadonlyMap<string, readonly BaseRow[]>;
}

export const NO_OVERLAY: Overlay = { byKey: new Map(), byScope: new Map() };

export function overlayOf(rows: ReadonlyMap<string, BaseRow>): Overlay {
  const byScope = new Map<string, BaseRow[]>();
  for (const row of rows.values()) {
    const group = byScope.get(row.scope);
    if (group === undefined) byScope.set(row.scope, [row]);
    else group.push(row);
  }
  return { byKey: rows, byScope };
}

/** Loads the rows that `reads` name into `space`: the view's, or the base's where an overlay holds them (Y7). */
export function loadReads(db: ReadableDb, space: RowSpace, reads: readonly Reads[], overlay: Overlay): void {
  loadConversations(db, space, new Set(reads.flatMap((one) => [...one.conversations])), overlay);
  loadMessages(db, space, new Set(reads.flatMap((one) => [...(one.messages ?? [])])), overlay);
  for (const { agents = [], readMarkers = [], settings = [], verdicts = [] } of reads) {
    for (const id of agents) space.loadAgent(id, readRow(db, 'agent', [id]));
    for (const key of readMarkers) {
      const base = overlay.byKey.get(rowKey('readMarker', key));
      space.loadReadMarker(
        ...key,
        base === undefined ? readRow(db, 'readMarker', key) : rowOf('readMarker', base),
      );
    }
    for (const key of settings) {
      const base = overlay.byKey.get(rowKey('setting', [key]));
      space.loadSetting(key, base === undefined ? readRow(db, 'setting', [key]) : rowOf('setting', base));
    }
    for (const key of verdicts) {
      const base = overlay.byKey.get(rowKey('verdict', key));
      space.loadVerdict(...key, base === undefined ? readRow(db, 'verdict', key) : rowOf('verdict', base));
    }
  }
}

function rowOf<T extends 'conversation' | 'message' | 'readMarker' | 'setting' | 'verdict'>(
  table: T,
  { values }: BaseRow,
): Rows[T] | null {
  return values === null ? null : wireToRow(table, values);
}

function loadMessages(
  db: ReadableDb,
  space: RowSpace,
  ids: ReadonlySet<MessageId>,
  { byKey }: Overlay,
): void {
  if (ids.size === 0) return;
  const found = new Map(rowsById(db, 'message', [...ids]).map((row) => [row.id, row]));
  for (const id of ids) {
    const base = byKey.get(rowKey('message', [id]));
    space.loadMessage(id, base === undefined ? (found.get(id) ?? null) : rowOf('message', base));
  }
}

function loadConversations(
  db: ReadableDb,
  space: RowSpace,
  ids: ReadonlySet<ConversationId>,
  overlay: Overlay,
): void {
  if (ids.size === 0) return;
  if (ids.size <= FEW && overlay.byKey.size === 0) {
    for (const id of ids) space.loadConversation(id, conversationRows(db, id) ?? NO_ROWS);
    return;
  }
  const list = [...ids];
  const asked = list.filter((id) => !overlay.byKey.has(rowKey('conversation', [id])));
  const found = new Map(rowsById(db, 'conversation', asked).map((row) => [row.id, row]));
  const cycles = grouped(db, 'cycle', list, overlay);
  const tags = grouped(db, 'tag', list, overlay);
  const products = grouped(db, 'product', list, overlay);
  const fields = grouped(db, 'fieldValue', list, overlay);
  const csat = grouped(db, 'csat', list, overlay);
  for (const id of list) {
    const base = overlay.byKey.get(rowKey('conversation', [id]));
    const rows: ConversationRows = {
      conversation: base === undefined ? (found.get(id) ?? null) : rowOf('conversation', base),
      cycles: cycles.get(id) ?? [],
      tags: tags.get(id) ?? [],
      products: products.get(id) ?? [],
      fields: fields.get(id) ?? [],
      csat: csat.get(id) ?? [],
    };
    space.loadConversation(id, rows);
  }
}

type Listed = 'cycle' | 'tag' | 'product' | 'fieldValue' | 'csat';

/** Rows of a small table by conversation, in key order, base copies in place of the view's rows. */
function grouped<T extends Listed>(
  db: ReadableDb,
  table: T,
  ids: readonly ConversationId[],
  overlay: Overlay,
): ReadonlyMap<ConversationId, readonly Rows[T][]> {
  const groups = new Map<ConversationId, Rows[T][]>();
  const add = (row: Rows[T]): void => {
    const id = asId<'ConversationId'>(String(keyOfRow(table, row)[0]));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  };
  for (const row of rowsOfConversations(db, table, ids)) {
    if (overlay.byKey.size === 0 || !overlay.byKey.has(rowKey(table, keyOfRow(table, row)))) add(row);
  }
  for (const id of overlay.byScope.size === 0 ? [] : ids) {
    for (const copy of overlay.byScope.get(id) ?? []) {
      if (copy.table === table && copy.values !== null) add(wireToRow(table, copy.values));
    }
  }
  const order = inKeyOrder(table);
  for (const group of groups.values()) if (group.length > 1) group.sort(order);
  return groups;
}
