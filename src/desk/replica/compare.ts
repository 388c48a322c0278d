import type { ReplicatedTable, WireValue } from '../../protocol/tables.ts';
import { REPLICATED_TABLES, TABLES } from '../../protocol/tables.ts';
import type { TableRows } from '../../protocol/sync.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { type BaseRow, readBaseRows } from './base-rows.ts';
import { rowKey } from './row-space.ts';
import { wireRow } from './row-sql.ts';

/** A row that the replica's base and the workspace do not agree on (I1). `count`: the numbers of rows differ. */
export interface Difference {
  readonly table: ReplicatedTable;
  readonly key: readonly WireValue[] | null;
  readonly kind: 'missing' | 'different' | 'count';
}

/** Takes the workspace's rows page by page and finds where the replica's base differs. */
export interface Comparison {
  add(tables: readonly TableRows[]): void;
  /** The differences found, counts included; call it after the last page. */
  finish(): readonly Difference[];
  readonly compared: number;
}

const MAX_DIFFERENCES = 100;

function keyOf(table: ReplicatedTable, values: readonly WireValue[]): WireValue[] {
  const columns: readonly string[] = TABLES[table].columns;
  return TABLES[table].key.map((column) => values[columns.indexOf(column)] ?? null);
}

function isSame(left: readonly WireValue[], right: readonly WireValue[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** How many rows the base has in a table: those of the view, without what only pending mutations made or took. */
function baseCount(db: ReadableDb, table: ReplicatedTable, base: ReadonlyMap<string, BaseRow>): number {
  let count = db.preparePluck<number>(`SELECT count(*) FROM ${TABLES[table].sql}`).get() ?? 0;
  for (const row of base.values()) {
    if (row.table !== table) continue;
    const isInView = wireRow(db, table, row.key) !== null;
    if (row.values === null && isInView) count -= 1;
    if (row.values !== null && !isInView) count += 1;
  }
  return count;
}

/** Starts a comparison of the replica in `db` with a workspace that is not written meanwhile. */
export function compareReplica(db: ReadableDb): Comparison {
  const base = readBaseRows(db, 'all');
  const seen = new Map<ReplicatedTable, Set<string>>(REPLICATED_TABLES.map((table) => [table, new Set()]));
  const differences: Difference[] = [];
  let compared = 0;
  const note = (difference: Difference): void => {
    if (differences.length < MAX_DIFFERENCES) differences.push(difference);
  };
  return {
    add: (tables) => {
      for (const { table, puts } of tables) {
        for (const values of puts) {
          const key = keyOf(table, values);
          const id = rowKey(table, key);
          if (seen.get(table)?.has(id) === true) continue;
          seen.get(table)?.add(id);
          compared += 1;
          const held = base.get(id);
          const own = held === undefined ? wireRow(db, table, key) : held.values;
          if (own === null) note({ table, key, kind: 'missing' });
          else if (!isSame(own, values)) note({ table, key, kind: 'different' });
        }
      }
    },
    finish: () => {
      for (const table of REPLICATED_TABLES) {
        if (baseCount(db, table, base) !== (seen.get(table)?.size ?? 0))
          note({ table, key: null, kind: 'count' });
      }
      return differences;
    },
    get compared() {
      return compared;
    },
  };
}
