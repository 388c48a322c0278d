import { activityOf, isOpenWork } from '../../../domain/desk-scope.ts';
import type { ScopeReads } from '../../scope.ts';
import { keyId } from '../log.ts';
import { compareText, groupOf, type MemoryTables, rowOf, valueOf } from './tables.ts';

/** The reads of a scoped pull over tables in memory. */
export function scopeReadsOf(tables: MemoryTables): ScopeReads {
  return {
    conversation: (id) => tables.conversation.rows.get(keyId([id])) ?? null,
    children: (table, id) => groupOf(tables[table], id),
    hasMessage: (id, at, seq) =>
      groupOf(tables.message, id).some((row) => row.seq <= seq && Number(valueOf('message', row, 'at')) > at),
    behind: (held, reach, limit) =>
      [...tables.conversation.rows.values()]
        .map((row) => rowOf('conversation', row))
        .filter((row) => !isOpenWork(row))
        .map((row) => ({ at: activityOf(row), id: String(row.id) }))
        .filter(
          ({ at, id }) => at >= reach && (at < held.at || (at === held.at && compareText(id, held.id) > 0)),
        )
        .sort((a, b) => b.at - a.at || compareText(a.id, b.id))
        .slice(0, limit),
  };
}
