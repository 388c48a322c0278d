import { must } from '../../../base/must.ts';
import type { RowChange } from '../../../domain/rows.ts';
import { TABLES, type WireValue } from '../../../protocol/tables.ts';
import { commitDigest, keyId, lastChanges, type WireChange, wireChange } from '../log.ts';
import { type MemoryTables, setRow, type StoredRow } from './tables.ts';

/** Applies the changes at `seq`; the digest of what really changed, null when nothing did. */
export function applyChanges(
  tables: MemoryTables,
  changes: readonly RowChange[],
  seq: number,
): { readonly sum: string; readonly count: number } | null {
  const digest = commitDigest();
  for (const change of lastChanges(changes)) {
    const wire = wireChange(change);
    if (wire.op === 'put' ? applyPut(tables, wire, seq) : applyDelete(tables, wire, seq)) digest.add(wire);
  }
  return digest.count === 0 ? null : { count: digest.count, sum: digest.end() };
}

function applyPut(tables: MemoryTables, change: WireChange, seq: number): boolean {
  const table = tables[change.table];
  const key = keyOf(change);
  const id = keyId(key);
  if (table.rows.get(id)?.text === change.text) return false;
  const row: StoredRow = { id, values: change.values, key, seq, text: change.text };
  setRow(change.table, table, id, row);
  table.changes.push(row);
  table.tombstones.delete(id);
  return true;
}

function applyDelete(tables: MemoryTables, change: WireChange, seq: number): boolean {
  const table = tables[change.table];
  const { values, text } = change;
  const id = keyId(values);
  if (!table.rows.has(id)) return false;
  setRow(change.table, table, id, null);
  const tombstone: StoredRow = { id, values, key: values, seq, text };
  table.tombstones.set(id, tombstone);
  table.changes.push(tombstone);
  return true;
}

function keyOf(change: WireChange): readonly WireValue[] {
  const places = must(KEY_PLACES.get(change.table), change.table);
  return places.map((place) => change.values[place] ?? null);
}

/** Where each table's rows hold their key. */
const KEY_PLACES: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(TABLES).map(([table, spec]) => {
    const columns: readonly string[] = spec.columns;
    return [table, spec.key.map((column) => columns.indexOf(column))];
  }),
);
