import type { RowChange, TableName } from '../../../domain/rows.ts';
import { keyOfRow } from '../../../protocol/tables.ts';
import { checksum, CommitDigest, keyId, lastChanges, wireChange } from '../log.ts';
import { type MemoryTable, type MemoryTables, setRow, type StoredRow } from './tables.ts';

/** Applies the changes at `seq`; the digest of what really changed, null when nothing did. */
export function applyChanges(
  tables: MemoryTables,
  changes: readonly RowChange[],
  seq: number,
): { readonly sum: string; readonly count: number } | null {
  const digest = new CommitDigest();
  for (const change of lastChanges(changes)) {
    const wire = wireChange(change);
    const key = change.op === 'put' ? keyOfRow(change.table, change.row) : wire.values;
    const { values, text } = wire;
    const sum = checksum(text);
    const row: StoredRow = { id: keyId(key), values, sum, key, seq, text, row: null, event: null };
    const table = tables[change.table];
    if (change.op === 'put' ? applyPut(change.table, table, row) : applyDelete(change.table, table, row))
      digest.add(wire);
  }
  return digest.count === 0 ? null : { count: digest.count, sum: digest.end() };
}

function applyPut(name: TableName, table: MemoryTable, row: StoredRow): boolean {
  if (table.rows.get(row.id)?.text === row.text) return false;
  setRow(name, table, row.id, row);
  table.changes.push(row);
  table.tombstones.delete(row.id);
  return true;
}

function applyDelete(name: TableName, table: MemoryTable, tombstone: StoredRow): boolean {
  if (!table.rows.has(tombstone.id)) return false;
  setRow(name, table, tombstone.id, null);
  table.tombstones.set(tombstone.id, tombstone);
  table.changes.push(tombstone);
  return true;
}
