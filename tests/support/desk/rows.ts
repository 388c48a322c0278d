import { must } from '../../../src/base/must.ts';
import { readBaseRows } from '../../../src/desk/replica/base-rows.ts';
import { loadReads, overlayOf } from '../../../src/desk/replica/load-rows.ts';
import { rebase } from '../../../src/desk/replica/rebase.ts';
import type { Replica } from '../../../src/desk/replica/replica.ts';
import { columnsOf } from '../../../src/desk/replica/row-sql.ts';
import { rowKey, rowSpace } from '../../../src/desk/replica/row-space.ts';
import type { BootstrapPosition, SyncTransport } from '../../../src/protocol/sync.ts';
import {
  keyOfRow,
  REPLICATED_TABLES,
  rowToWire,
  TABLES,
  type WireValue,
  wireToRow,
} from '../../../src/protocol/tables.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';

/** Every row of a copy of the workspace, by table and key: two copies are equal when these are. */
export type Copy = ReadonlyMap<string, readonly WireValue[]>;

function add(
  copy: Map<string, readonly WireValue[]>,
  table: (typeof REPLICATED_TABLES)[number],
  values: readonly WireValue[],
) {
  copy.set(rowKey(table, keyOfRow(table, wireToRow(table, values))), values);
}

/** What the desk shows. */
export function viewOf(replica: Replica): Copy {
  const copy = new Map<string, readonly WireValue[]>();
  for (const table of REPLICATED_TABLES) {
    const sql = `SELECT ${columnsOf(table)} FROM ${TABLES[table].sql} LIMIT ?`;
    for (const values of replica.db.prepareRaw<WireValue[], [number]>(sql).all(1_000_000))
      add(copy, table, values);
  }
  return copy;
}

/** What the desk knows of the workspace: the view without its own pending work. */
export function baseOf(replica: Replica): Copy {
  const copy = new Map(viewOf(replica));
  for (const [key, row] of readBaseRows(replica.db, 'all')) {
    if (row.values === null) copy.delete(key);
    else copy.set(key, row.values);
  }
  return copy;
}

/** What the view must be: the pending mutations run anew on the base, from nothing (I8). */
export function foldOf(replica: Replica): Copy {
  const copy = new Map(baseOf(replica));
  const space = rowSpace();
  const overlay = overlayOf(readBaseRows(replica.db, 'all'));
  loadReads(
    replica.db,
    space,
    replica.pending().map((call) => call.reads),
    overlay,
  );
  rebase(space, replica.pending(), replica.frame());
  for (const [key, final] of space.finals()) {
    if (final.row === null) copy.delete(key);
    else copy.set(key, rowToWire(final.table, final.row as never));
  }
  return copy;
}

/** What the workspace holds for a desk: its bootstrap from the first page to the last. */
export async function truthFor(transport: SyncTransport): Promise<Copy> {
  const copy = new Map<string, readonly WireValue[]>();
  let position: BootstrapPosition | null = null;
  do {
    const page = await transport.bootstrap({
      version: WIRE_VERSION,
      clientId: 'auditor',
      position,
      limit: 500,
    });
    if (!page.ok) throw new Error(page.error.type);
    for (const { table, puts } of page.value.tables) for (const values of puts) add(copy, table, values);
    position = page.value.next;
  } while (position !== null);
  return copy;
}

/** The keys at which two copies differ, with both rows: empty when they are equal. */
export function differences(left: Copy, right: Copy): readonly unknown[] {
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys]
    .filter((key) => JSON.stringify(left.get(key)) !== JSON.stringify(right.get(key)))
    .map((key) => ({ key: must(key, 'a key'), left: left.get(key) ?? null, right: right.get(key) ?? null }));
}
