import {
  activityOf,
  compareHeld,
  type HeldFrom,
  isOpenWork,
  OPEN_WORK,
} from '../../../src/domain/desk-scope.ts';
import type { Conversation } from '../../../src/domain/model.ts';
import type {
  BootstrapPosition,
  Cursor,
  PullRequest,
  PullResponse,
  TableRows,
} from '../../../src/protocol/sync.ts';
import {
  CHILD_TABLES,
  isOfConversation,
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
  type WireValue,
  wireToRow,
} from '../../../src/protocol/tables.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import type { Workspace } from '../../../src/workspace/workspace.ts';
import { allRows } from './house.ts';

type Rows = Map<string, readonly WireValue[]>;
type Asked = Partial<Pick<NonNullable<PullRequest['scope']>, 'reach' | 'ids'>>;

/** A desk that holds a part, as plain as can be: rows by key, a cursor and how far back it goes. */
export class ScopedDesk {
  held: HeldFrom | null = OPEN_WORK;
  cursor: Cursor | null = null;
  position: BootstrapPosition | null = null;
  isFollowing = false;
  readonly rows: Readonly<Record<string, Rows>> = Object.fromEntries(
    REPLICATED_TABLES.map((table) => [table, new Map()]),
  );
  readonly #workspace: Workspace;
  readonly #desk: Desk;

  constructor(workspace: Workspace, desk: Desk) {
    this.#workspace = workspace;
    this.#desk = desk;
  }

  /** One page of the bootstrap; the last one begins the following. */
  async page(limit = 5_000): Promise<boolean> {
    const answer = await this.#workspace.bootstrap(this.#desk, {
      version: WIRE_VERSION,
      clientId: 'scoped',
      position: this.position,
      limit,
    });
    if (!answer.ok) throw new Error(answer.error.type);
    this.cursor ??= answer.value.cursor;
    if (answer.value.scoped !== true) this.held = null;
    this.#apply(answer.value.tables);
    this.position = answer.value.next;
    this.isFollowing = this.position === null;
    return !this.isFollowing;
  }

  /** One pull, and what it asks for beside. */
  async pull(asked: Asked = {}): Promise<Extract<PullResponse, { kind: 'changes' }>> {
    const { held } = this;
    const scope = held === null ? undefined : { held, ids: asked.ids ?? [], ...reachOf(asked) };
    const answer = await this.#workspace.pull(this.#desk, {
      version: WIRE_VERSION,
      clientId: 'scoped',
      cursor: this.cursor,
      ...(scope === undefined ? {} : { scope }),
    });
    if (!answer.ok) throw new Error(answer.error.type);
    if (answer.value.kind !== 'changes') throw new Error(answer.value.reason);
    this.#apply(answer.value.tables);
    this.cursor = answer.value.to;
    if (answer.value.scope !== undefined) this.held = answer.value.scope.held;
    return answer.value;
  }

  ids(): readonly string[] {
    return [...(this.rows['conversation']?.values() ?? [])].map((values) => String(values[0])).sort();
  }

  #apply(tables: readonly TableRows[]): void {
    for (const { table, puts, deletes } of tables) {
      const rows = this.rows[table];
      for (const values of puts) rows?.set(keyOf(table, values), values);
      for (const key of deletes) rows?.delete(JSON.stringify(key));
    }
  }
}

function reachOf({ reach }: Asked): { reach?: number } {
  return reach === undefined ? {} : { reach };
}

function keyOf(table: ReplicatedTable, values: readonly WireValue[]): string {
  const columns: readonly string[] = TABLES[table].columns;
  return JSON.stringify(TABLES[table].key.map((column) => values[columns.indexOf(column)] ?? null));
}

function ownerOf(table: ReplicatedTable, values: readonly WireValue[]): string {
  const columns: readonly string[] = TABLES[table].columns;
  return String(values[table === 'conversation' ? 0 : columns.indexOf('conversationId')]);
}

/** Whether what a desk holds says that it has this conversation. */
export function isClaimed(held: HeldFrom | null, row: Conversation): boolean {
  return held === null || isOpenWork(row) || compareHeld({ at: activityOf(row), id: row.id }, held) <= 0;
}

/**
 * What is wrong with a scoped desk that stands at the workspace's head (Y9): a row that differs from the workspace's, half a
 * conversation, rows of one that is not there, or one missing that it claims to hold. Empty: nothing.
 */
export async function faultsOf(desk: ScopedDesk, store: Store, agentId: Desk['agentId']): Promise<string[]> {
  const truth = await allRows(store, agentId);
  const faults: string[] = [];
  const heldIds = new Set(desk.ids());
  for (const table of REPLICATED_TABLES) {
    const stored = (truth[table] ?? []) as readonly (readonly WireValue[])[];
    const due = isOfConversation(table) ? stored.filter((row) => heldIds.has(ownerOf(table, row))) : stored;
    const own = desk.rows[table] ?? new Map<string, readonly WireValue[]>();
    for (const row of due)
      if (JSON.stringify(own.get(keyOf(table, row))) !== JSON.stringify(row))
        faults.push(`${table} ${keyOf(table, row)} is missing or differs`);
    if (own.size !== due.length) faults.push(`${table} has ${own.size} rows instead of ${due.length}`);
  }
  for (const values of (truth['conversation'] ?? []) as readonly (readonly WireValue[])[]) {
    const row = wireToRow('conversation', values);
    if (isClaimed(desk.held, row) && !heldIds.has(row.id)) faults.push(`${row.id} is claimed and not held`);
  }
  for (const table of CHILD_TABLES)
    for (const row of desk.rows[table]?.values() ?? [])
      if (!heldIds.has(ownerOf(table, row))) faults.push(`${table} has a row of ${ownerOf(table, row)}`);
  return faults;
}
