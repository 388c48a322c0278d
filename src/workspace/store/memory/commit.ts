import type { RowChange } from '../../../domain/rows.ts';
import { TABLES, type WireValue } from '../../../protocol/tables.ts';
import { commitDigest, lastChanges, type WireChange, wireChange } from '../log.ts';
import type { MemoryTables } from './tables.ts';

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
  const { rows, tombstones } = tables[change.table];
  const key = keyOf(change);
  const id = JSON.stringify(key);
  const standing = rows.get(id);
  if (standing !== undefined && JSON.stringify(standing.values) === change.text) return false;
  rows.set(id, { values: change.values, key, seq });
  tombstones.delete(id);
  return true;
}

function applyDelete(tables: MemoryTables, change: WireChange, seq: number): boolean {
  const { rows, tombstones } = tables[change.table];
  if (!rows.delete(change.text)) return false;
  tombstones.set(change.text, { values: change.values, key: change.values, seq });
  return true;
}

function keyOf(change: WireChange): readonly WireValue[] {
  const spec = TABLES[change.table];
  const columns: readonly string[] = spec.columns;
  return spec.key.map((column) => change.values[columns.indexOf(column)] ?? null);
}
