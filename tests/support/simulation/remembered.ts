import type { ConversationId } from '../../../src/base/ids.ts';
import type { TableName } from '../../../src/domain/rows.ts';
import type { Store } from '../../../src/workspace/store/store.ts';

type RowsOf = ReadonlyMap<ConversationId, readonly unknown[]>;

/** A store whose rows of a conversation are read once for as long as nothing writes their table. */
export interface Remembered {
  readonly store: Store;
  /** Forgets what was read of a table: it was written. */
  wrote(table: TableName): void;
}

export function remembered(inner: Store): Remembered {
  const kept = new Map<TableName, Map<ConversationId, readonly unknown[]>>();
  const read = async (
    table: Parameters<Store['rowsOf']>[0],
    ids: readonly ConversationId[],
  ): Promise<RowsOf> => {
    const known = kept.get(table) ?? new Map<ConversationId, readonly unknown[]>();
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    for (const [id, rows] of await inner.rowsOf(table, missing)) known.set(id, rows);
    kept.set(table, known);
    return known;
  };
  return {
    // What lies under a table's name was read by that name.
    store: { ...inner, rowsOf: read as Store['rowsOf'] },
    wrote: (table) => kept.delete(table),
  };
}
