import { onTestFinished } from 'vitest';
import { type AgentId, asId } from '../../../src/base/ids.ts';
import { type ManualClock, manualClock } from '../../../src/base/time.ts';
import type { Role } from '../../../src/domain/model.ts';
import type { IngestEventInput, IngestResponse } from '../../../src/protocol/ingest.ts';
import type { PushResponse } from '../../../src/protocol/sync.ts';
import { REPLICATED_TABLES } from '../../../src/protocol/tables.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import type { WorkspaceEvent } from '../../../src/workspace/log-events.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';
import { openSqliteStore } from '../../../src/workspace/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import { type Workspace, workspaceOver } from '../../../src/workspace/workspace.ts';

export const START = Date.UTC(2026, 5, 1, 9);

/** Secrets that differ and repeat from run to run. */
export function countedSecrets(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `secret-${String(count).padStart(36, '0')}`;
  };
}

export function memoryStore(path = ':memory:'): Store {
  const opened = openSqliteStore(path, { workspaceId: 'w-1', epoch: 'e-1' }, manualClock(START).now());
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}

/** A workspace in memory with its clock, store and log in the test's hands. */
export interface House {
  readonly workspace: Workspace;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly log: WorkspaceEvent[];
  /** Ingests, and fails the test when anything is turned away. */
  ingest(...events: readonly IngestEventInput[]): Promise<IngestResponse>;
  hire(name: string, role?: Role): Promise<Desk>;
  /** Pushes calls numbered from `from` on. */
  push(desk: Desk, clientId: string, from: number, ...calls: readonly Call[]): Promise<PushResponse>;
  /** Every row of every replicated table, by table, as a desk of `agentId` may see them. */
  rows(agentId?: AgentId): Promise<Readonly<Record<string, readonly (readonly unknown[])[]>>>;
}

export type Call = readonly [name: string, args: unknown];

export interface HouseOptions {
  readonly prepare?: PrepareMutation;
  readonly path?: string;
  readonly now?: number;
  /** SQLite in memory when absent. */
  readonly store?: Store;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = manualClock(options.now ?? START);
  const log: WorkspaceEvent[] = [];
  const store = options.store ?? memoryStore(options.path);
  const workspace = await workspaceOver(store, {
    clock,
    newSecret: countedSecrets(),
    log: (event) => log.push(event),
    ...(options.prepare === undefined ? {} : { prepare: options.prepare }),
  });
  onTestFinished(() => workspace.close());
  return {
    workspace,
    store,
    clock,
    log,
    ingest: async (...events) => {
      const answer = await workspace.ingest('test', { events });
      if (!answer.ok || answer.value.rejected.length > 0) throw new Error(JSON.stringify(answer));
      return answer.value;
    },
    hire: async (name, role = 'agent') => {
      const agentId = asId<'AgentId'>(name);
      const added = await workspace.addAgent({ name, role, id: agentId });
      if (!added.ok) throw new Error(added.error.type);
      return { agentId, role };
    },
    push: async (desk, clientId, from, ...calls) => {
      const answer = await workspace.push(desk, pushBody(clientId, from, ...calls));
      if (!answer.ok) throw new Error(answer.error.type);
      return answer.value;
    },
    rows: (agentId = asId('nobody')) => allRows(store, agentId),
  };
}

/** The body of a push. */
export function pushBody(clientId: string, from: number, ...calls: readonly Call[]) {
  return {
    version: WIRE_VERSION,
    clientId,
    mutations: calls.map(([name, args], index) => ({ mid: from + index, name, args, madeAt: START })),
  };
}

export async function allRows(
  store: Store,
  agentId: AgentId,
): Promise<Readonly<Record<string, readonly (readonly unknown[])[]>>> {
  const rows: Record<string, readonly (readonly unknown[])[]> = {};
  for (const table of REPLICATED_TABLES)
    rows[table] = await store.page({ table, after: null, limit: 1_000_000, agentId });
  return rows;
}
