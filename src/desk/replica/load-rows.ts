import type { ConversationId } from '../../base/ids.ts';
import type { Rows } from '../../domain/rows.ts';
import type { Reads } from '../../mutations/mutation.ts';
import { keyOfRow, wireToRow } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { BaseRow } from './base-rows.ts';
import { readRow, rowsOfConversation } from './row-sql.ts';
import { compareKeys, type ConversationRows, NO_ROWS, type RowSpace, rowKey } from './row-space.ts';

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

/** Loads the rows that `reads` names into `space`: the view's, or the base's where an overlay holds them (Y7). */
export function loadReads(db: ReadableDb, space: RowSpace, reads: Reads, overlay: Overlay): void {
  for (const id of reads.conversations) {
    if (!space.has(id)) space.loadConversation(id, conversationRows(db, id, overlay));
  }
  for (const id of reads.messages ?? []) space.loadMessage(id, single(db, 'message', [id], overlay));
  for (const id of reads.agents ?? []) space.loadAgent(id, readRow(db, 'agent', [id]));
  for (const [agentId, conversationId] of reads.readMarkers ?? []) {
    const row = single(db, 'readMarker', [agentId, conversationId], overlay);
    space.loadReadMarker(agentId, conversationId, row);
  }
}

function single<T extends 'message' | 'readMarker'>(
  db: ReadableDb,
  table: T,
  key: readonly string[],
  overlay: Overlay,
): Rows[T] | null {
  const base = overlay.byKey.get(rowKey(table, key));
  if (base === undefined) return readRow(db, table, key);
  return base.values === null ? null : wireToRow(table, base.values);
}

function conversationRows(db: ReadableDb, id: ConversationId, overlay: Overlay): ConversationRows {
  const copies = overlay.byScope.get(id);
  const base = overlay.byKey.get(rowKey('conversation', [id]));
  const baseValues = base?.values;
  const conversation =
    baseValues === undefined
      ? readRow(db, 'conversation', [id])
      : baseValues === null
        ? null
        : wireToRow('conversation', baseValues);
  if (conversation === null && copies === undefined) return NO_ROWS;
  return {
    conversation,
    cycles: listed(db, 'cycle', id, copies),
    tags: listed(db, 'tag', id, copies),
    products: listed(db, 'product', id, copies),
    fields: listed(db, 'fieldValue', id, copies),
  };
}

type Listed = 'cycle' | 'tag' | 'product' | 'fieldValue';

function listed<T extends Listed>(
  db: ReadableDb,
  table: T,
  id: ConversationId,
  copies: readonly BaseRow[] | undefined,
): readonly Rows[T][] {
  const rows = rowsOfConversation(db, table, id);
  const own = copies?.filter((copy) => copy.table === table) ?? [];
  if (own.length === 0) return rows;
  const kept: Rows[T][] = rows.filter(
    (row) => !own.some((copy) => compareKeys(copy.key, keyOfRow(table, row)) === 0),
  );
  for (const copy of own) if (copy.values !== null) kept.push(wireToRow(table, copy.values));
  return kept.sort((left, right) => compareKeys(keyOfRow(table, left), keyOfRow(table, right)));
}
