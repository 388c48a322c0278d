import { asId, type ConversationId, type MessageId } from '../../base/ids.ts';
import type { Rows } from '../../domain/rows.ts';
import type { Reads } from '../../mutations/mutation.ts';
import { keyOfRow, type ReplicatedTable, type WireValue, wireToRow } from '../../protocol/tables.ts';
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
  loadConversations(
    db,
    space,
    distinct(reads, ({ conversations }) => conversations),
    overlay,
  );
  loadMessages(
    db,
    space,
    distinct(reads, ({ messages }) => messages ?? NONE),
    overlay,
  );
  for (const { agents = NONE, readMarkers = NONE, settings = NONE, verdicts = NONE } of reads) {
    for (const id of agents) space.loadAgent(id, readRow(db, 'agent', [id]));
    for (const key of readMarkers) {
      const base = copyOf(overlay, 'readMarker', key);
      const row = base === undefined ? readRow(db, 'readMarker', key) : rowOf('readMarker', base);
      space.loadReadMarker(key[0], key[1], row);
    }
    for (const key of settings) {
      const base = copyOf(overlay, 'setting', [key]);
      space.loadSetting(key, base === undefined ? readRow(db, 'setting', [key]) : rowOf('setting', base));
    }
    for (const key of verdicts) {
      const base = copyOf(overlay, 'verdict', key);
      const row = base === undefined ? readRow(db, 'verdict', key) : rowOf('verdict', base);
      space.loadVerdict(key[0], key[1], row);
    }
  }
}

const NONE: readonly never[] = [];

/** What any of `reads` names, each once. */
function distinct<Id>(reads: readonly Reads[], named: (one: Reads) => readonly Id[]): readonly Id[] {
  const ids: Id[] = [];
  for (const one of reads) for (const id of named(one)) ids.push(id);
  return ids.length < 2 ? ids : [...new Set(ids)];
}

/** The base copy of a row, where one stands in for it. */
function copyOf({ byKey }: Overlay, table: ReplicatedTable, key: readonly WireValue[]): BaseRow | undefined {
  return byKey.size === 0 ? undefined : byKey.get(rowKey(table, key));
}

function rowOf<T extends 'conversation' | 'message' | 'readMarker' | 'setting' | 'verdict'>(
  table: T,
  { values }: BaseRow,
): Rows[T] | null {
  return values === null ? null : wireToRow(table, values);
}

function loadMessages(db: ReadableDb, space: RowSpace, ids: readonly MessageId[], overlay: Overlay): void {
  const found = ids.length > FEW ? new Map(rowsById(db, 'message', ids).map((row) => [row.id, row])) : null;
  for (const id of ids) {
    const base = copyOf(overlay, 'message', [id]);
    if (base !== undefined) space.loadMessage(id, rowOf('message', base));
    else space.loadMessage(id, found === null ? readRow(db, 'message', [id]) : (found.get(id) ?? null));
  }
}

function loadConversations(
  db: ReadableDb,
  space: RowSpace,
  ids: readonly ConversationId[],
  overlay: Overlay,
): void {
  if (ids.length > FEW) {
    loadMany(db, space, ids, overlay);
    return;
  }
  for (const id of ids) {
    const view = conversationRows(db, id);
    const copies = overlay.byScope.get(id);
    if (copies === undefined) space.loadConversation(id, view ?? NO_ROWS);
    // A conversation that is being cleared away leaves its small rows behind for a while: each table is asked.
    else if (view === null) loadMany(db, space, [id], overlay);
    else space.loadConversation(id, underneath(view, overlay.byKey, copies));
  }
}

type ByKey = Overlay['byKey'];

/** A conversation's rows in the view, with its base copies in the place of those that they stand for. */
function underneath(view: ConversationRows, byKey: ByKey, copies: readonly BaseRow[]): ConversationRows {
  const own = copies.find(({ table }) => table === 'conversation');
  return {
    conversation: own === undefined ? view.conversation : rowOf('conversation', own),
    cycles: listUnderneath('cycle', view.cycles, byKey, copies),
    tags: listUnderneath('tag', view.tags, byKey, copies),
    products: listUnderneath('product', view.products, byKey, copies),
    fields: listUnderneath('fieldValue', view.fields, byKey, copies),
    csat: listUnderneath('csat', view.csat, byKey, copies),
  };
}

function listUnderneath<T extends Listed>(
  table: T,
  rows: readonly Rows[T][],
  byKey: ByKey,
  copies: readonly BaseRow[],
): readonly Rows[T][] {
  if (!isAmong(table, copies)) return rows;
  const base = rows.filter((row) => !byKey.has(rowKey(table, keyOfRow(table, row))));
  for (const copy of copies)
    if (copy.table === table && copy.values !== null) base.push(wireToRow(table, copy.values));
  return base.sort(inKeyOrder(table));
}

function isAmong(table: ReplicatedTable, copies: readonly BaseRow[]): boolean {
  for (const copy of copies) if (copy.table === table) return true;
  return false;
}

function loadMany(db: ReadableDb, space: RowSpace, list: readonly ConversationId[], overlay: Overlay): void {
  const asked = list.filter((id) => copyOf(overlay, 'conversation', [id]) === undefined);
  const found = new Map(rowsById(db, 'conversation', asked).map((row) => [row.id, row]));
  const cycles = grouped(db, 'cycle', list, overlay);
  const tags = grouped(db, 'tag', list, overlay);
  const products = grouped(db, 'product', list, overlay);
  const fields = grouped(db, 'fieldValue', list, overlay);
  const csat = grouped(db, 'csat', list, overlay);
  for (const id of list) {
    const base = copyOf(overlay, 'conversation', [id]);
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
    if (copyOf(overlay, table, keyOfRow(table, row)) === undefined) add(row);
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
