import type { AgentId } from '../../../base/ids.ts';
import {
  CHILD_TABLES,
  isOfConversation,
  REPLICATED_TABLES,
  type ReplicatedTable,
  type WireValue,
} from '../../../protocol/tables.ts';
import {
  type ChangesAnswer,
  type ChangesQuery,
  type LogHead,
  type PageQuery,
  type TableChanges,
} from '../store.ts';
import { scopedChanges } from '../../scope.ts';
import { scopeReadsOf } from './scope.ts';
import {
  changedSince,
  compareKeys,
  groupOf,
  inKeyOrder,
  type MemoryTable,
  type MemoryTables,
  rowOf,
  type StoredRow,
} from './tables.ts';

function isMine(table: ReplicatedTable, row: StoredRow, agentId: AgentId): boolean {
  return table !== 'readMarker' || row.key[0] === agentId;
}

interface Standing {
  readonly puts: StoredRow[];
  readonly deletes: StoredRow[];
}

/** Those of `since` that stand as they were put or deleted then, as far as this agent may see them. */
function standing(
  table: ReplicatedTable,
  { rows, tombstones }: MemoryTable,
  since: readonly StoredRow[],
  agentId: AgentId,
): Standing {
  const found: Standing = { puts: [], deletes: [] };
  for (const row of since) {
    if (!isMine(table, row, agentId)) continue;
    if (rows.get(row.id) === row) found.puts.push(row);
    else if (tombstones.get(row.id) === row) found.deletes.push(row);
  }
  return found;
}

function inChangeOrder(rows: StoredRow[]): readonly StoredRow[] {
  return rows.length < 2 ? rows : rows.sort((a, b) => a.seq - b.seq || compareKeys(a.key, b.key));
}

/** Rows changed since a position. */
export function changesIn(
  tables: MemoryTables,
  head: LogHead,
  lastMid: number,
  query: ChangesQuery,
): ChangesAnswer {
  let count = 0;
  const answer: TableChanges[] = [];
  // A desk that has seen the log's end is the usual one: no table is looked at for it.
  for (const table of query.after >= head.seq ? [] : REPLICATED_TABLES) {
    const since = changedSince(tables[table], query.after);
    if (since.length === 0) continue;
    const { puts, deletes } = standing(table, tables[table], since, query.agentId);
    count += puts.length + deletes.length;
    if (count > query.maxRows) return { kind: 'tooMany' };
    if (puts.length + deletes.length === 0) continue;
    answer.push({
      table,
      puts: inChangeOrder(puts),
      deletes: inChangeOrder(deletes).map(({ key }) => key),
    });
  }
  if (query.scope === undefined) return { kind: 'changes', head, lastMid, tables: answer };
  const scoped = scopedChanges(scopeReadsOf(tables), answer, { ...query, ask: query.scope });
  return scoped === null ? { kind: 'tooMany' } : { kind: 'changes', head, lastMid, ...scoped };
}

/** One page of a table in key order. */
export function pageOf(tables: MemoryTables, query: PageQuery): readonly (readonly WireValue[])[] {
  const { table, after, limit, agentId } = query;
  const page: (readonly WireValue[])[] = [];
  for (const row of inKeyOrder(tables[table])) {
    if (page.length === limit) break;
    if (isMine(table, row, agentId) && (after === null || compareKeys(row.key, after) > 0))
      page.push(row.values);
  }
  return page;
}

/** Rows that a bootstrap sends: all, and those of open conversations once more. */
export function countIn(tables: MemoryTables, agentId: AgentId, isScoped: boolean): number {
  let count = 0;
  for (const table of REPLICATED_TABLES) {
    if (isScoped && isOfConversation(table)) continue;
    const { rows } = tables[table];
    if (table !== 'readMarker') count += rows.size;
    else for (const row of rows.values()) if (isMine(table, row, agentId)) count += 1;
  }
  for (const stored of tables.conversation.rows.values()) {
    const { id, humanState, aiOutcome } = rowOf('conversation', stored);
    const isWithAi = isScoped && humanState === null && aiOutcome === 'open';
    if (humanState !== 'open' && humanState !== 'snoozed' && !isWithAi) continue;
    count += 2;
    for (const table of CHILD_TABLES) count += groupOf(tables[table], id).length;
  }
  return count;
}
