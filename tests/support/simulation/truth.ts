import { must } from '../../../src/base/must.ts';
import type { AgentId } from '../../../src/base/ids.ts';
import type { RowChange } from '../../../src/domain/rows.ts';
import { keyOfRow, type ReplicatedTable, rowToWire, type WireValue } from '../../../src/protocol/tables.ts';
import { lastChanges } from '../../../src/workspace/store/log.ts';
import { ByRow, joined } from './by-row.ts';
import type { Key } from './memory/memory-table.ts';

/** A row's values in the order of the wire. */
export type RowValues = readonly WireValue[];

/** A row by its table and its key. */
export interface RowAt {
  readonly table: ReplicatedTable;
  readonly key: Key;
}

/** A row after a commit: its values, or null where it was deleted. Whose it is, where only one agent sees it. */
export interface Change extends RowAt {
  readonly values: RowValues | null;
  readonly owner: string | null;
}

interface Node {
  readonly seq: number;
  readonly chain: string;
  readonly before: Node | null;
  readonly changes: readonly Change[];
}

/** Rows as they go over the wire. */
export type RowMap = ByRow<RowValues>;

const NOTHING: readonly Change[] = [];

function changeOf(change: RowChange): Change | null {
  if (change.table === 'history') return null;
  const key: readonly WireValue[] = change.op === 'put' ? keyOfRow(change.table, change.row) : change.key;
  return {
    table: change.table,
    key: joined(key),
    values: change.op === 'put' ? rowToWire(change.table, change.row) : null,
    owner: change.table === 'readMarker' ? String(key[0]) : null,
  };
}

/** Whether two rows are the same, value by value; null: there is none. */
export function areSame(left: RowValues | null, right: RowValues | null): boolean {
  if (left === right) return true;
  if (left === null || right === null || left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

/** Every history the workspace has ever told, as a tree by chain: what a desk at a cursor must hold is read off here. */
export class Truth {
  readonly #nodes = new Map<string, Node>();
  readonly #root: Node;

  constructor(genesis: string) {
    this.#root = { seq: 0, chain: genesis, before: null, changes: [] };
    this.#nodes.set(genesis, this.#root);
  }

  /** The same histories, to be continued apart. */
  continued(): Truth {
    const next = new Truth(this.#root.chain);
    for (const [chain, node] of this.#nodes) next.#nodes.set(chain, node);
    return next;
  }

  add(before: string, chain: string, changes: readonly RowChange[]): void {
    if (this.#nodes.has(chain)) return;
    const from = must(this.#nodes.get(before), 'the commit before');
    const kept = lastChanges(changes)
      .map(changeOf)
      .filter((change) => change !== null);
    this.#nodes.set(chain, { seq: from.seq + 1, chain, before: from, changes: kept });
  }

  seqOf(chain: string): number | null {
    return this.#nodes.get(chain)?.seq ?? null;
  }

  /**
   * Moves `rows`, which stand at `from`, to `to`; from nothing where history does not lead there. Answers what it
   * wrote; null: any row may be another.
   */
  move(rows: RowMap, from: string | null, to: string, agentId: AgentId): readonly Change[] | null {
    if (from === to) return NOTHING;
    const { path, isFrom } = this.#path(from, to);
    if (!isFrom) rows.clear();
    const written: Change[] = [];
    for (const { changes } of path) {
      for (const change of changes) {
        const { table, key, values, owner } = change;
        if (owner !== null && owner !== agentId) continue;
        if (values === null) rows.delete(table, key);
        else rows.set(table, key, values);
        written.push(change);
      }
    }
    return isFrom ? written : null;
  }

  /** Every row at a place of history, with whose it is: worked out from nothing. */
  whole(chain: string): ByRow<Change> {
    const rows = new ByRow<Change>();
    for (const { changes } of this.#path(null, chain).path)
      for (const change of changes) {
        if (change.values === null) rows.delete(change.table, change.key);
        else rows.set(change.table, change.key, change);
      }
    return rows;
  }

  /** The commits that lead to `to`, the first one first: behind `from`, or all where history does not lead there. */
  #path(from: string | null, to: string): { readonly path: readonly Node[]; readonly isFrom: boolean } {
    const path: Node[] = [];
    let node: Node | null = must(this.#nodes.get(to), 'a chain that the workspace once had');
    while (node !== null && node.chain !== from) {
      path.push(node);
      node = node.before;
    }
    return { path: path.reverse(), isFrom: node !== null };
  }
}
