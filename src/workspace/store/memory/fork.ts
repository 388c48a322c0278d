import { ALL_TABLES } from '../../../protocol/tables.ts';
import { type MemoryTable, type MemoryTables, memoryTables } from './tables.ts';

/** Tables that hold the same rows, to be written apart: a stored row itself is never another, nor is a group. */
export function forkOf(tables: MemoryTables): MemoryTables {
  const forked = memoryTables();
  for (const table of ALL_TABLES) fill(forked[table], tables[table]);
  return forked;
}

function fill(to: MemoryTable, from: MemoryTable): void {
  for (const [id, row] of from.rows) to.rows.set(id, row);
  to.ordered = from.ordered;
  for (const [id, row] of from.tombstones) to.tombstones.set(id, row);
  for (const row of from.changes) to.changes.push(row);
  for (const [key, group] of from.groups) to.groups.set(key, group);
}
