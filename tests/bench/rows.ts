import type { Rows, TableName } from '../../src/domain/rows.ts';
import { type ReplicatedTable, rowToWire, type WireValue } from '../../src/protocol/tables.ts';
import type { TableRows } from '../../src/protocol/sync.ts';
import { type Bundle, GENERATED_AGENTS } from './generate.ts';

/** Rows by table, as they cross the wire and are bound to SQL. */
export type WireRows = Map<ReplicatedTable, WireValue[][]>;

/** The digests of rows by table, in the rows' order. */
export type RowSums = ReadonlyMap<ReplicatedTable, readonly number[]>;

function add<T extends TableName & ReplicatedTable>(
  into: WireRows,
  table: T,
  rows: readonly Rows[T][],
): void {
  if (rows.length === 0) return;
  const wire = rows.map((row) => rowToWire(table, row));
  const held = into.get(table);
  if (held === undefined) into.set(table, wire);
  else for (const row of wire) held.push(row);
}

/** The agents' rows: every generated replica starts with them. */
export function agentRows(): WireRows {
  const rows: WireRows = new Map();
  add(rows, 'agent', GENERATED_AGENTS);
  return rows;
}

/** The bundles' rows by table. */
export function wireRowsOf(bundles: Iterable<Bundle>): WireRows {
  const rows: WireRows = new Map();
  for (const bundle of bundles) {
    if (bundle.customer !== null) add(rows, 'customer', [bundle.customer]);
    add(rows, 'conversation', [bundle.conversation]);
    add(rows, 'tag', bundle.tags);
    add(rows, 'handoff', bundle.handoffs);
    add(rows, 'cycle', bundle.cycles);
    add(rows, 'readMarker', bundle.readMarkers);
    add(rows, 'message', bundle.messages);
  }
  return rows;
}

/** The same rows as a pull or a bootstrap page carries them. */
export function tableRowsOf(bundles: Iterable<Bundle>): TableRows[] {
  return [...wireRowsOf(bundles)].map(([table, puts]) => ({ table, puts, deletes: [] }));
}
