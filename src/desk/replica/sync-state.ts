import { z } from 'zod';
import { asId } from '../../base/ids.ts';
import type { AgentId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { HeldFrom } from '../../domain/desk-scope.ts';
import type { Role } from '../../domain/model.ts';
import {
  type BootstrapPosition,
  bootstrapPositionSchema,
  type Cursor,
  cursorSchema,
  heldFromSchema,
} from '../../protocol/sync.ts';
import type { ReadableDb, WritableDb } from '../../sqlite/database.ts';

/** Where the replica stands; stored in the transaction of the rows it speaks of (Y1, Y7). */
export interface SyncState {
  readonly workspaceId: string | null;
  readonly agentId: AgentId | null;
  readonly role: Role | null;
  /** Of the last pull; of the first page while a bootstrap runs (Y9). */
  readonly cursor: Cursor | null;
  /** Mutations of this desk up to here are in the base rows. */
  readonly lastMid: number;
  readonly lastSyncAt: EpochMillis | null;
  readonly bootstrap: BootstrapState;
  /** What to add to this machine's clock to get the workspace's, in milliseconds (Y10). */
  readonly clockOffset: number;
  /** How far back it holds what is not open; null: everything (Y9). Says something only of a complete replica. */
  readonly held: HeldFrom | null;
  /** Back to when somebody here asked for more than the desk's scope; stays when the replica is filled anew. */
  readonly asked: number | null;
}

/** `due`: nothing is held. `running`: goes on at `position`. `done`: pulls lead on from the cursor. */
export interface BootstrapState {
  readonly state: 'due' | 'running' | 'done';
  readonly position: BootstrapPosition | null;
  /** Where the log stood when the last page was read; null once a pull has led beyond it (Y6). */
  readonly seen: Cursor | null;
  readonly done: number;
  readonly total: number;
}

export const BOOTSTRAP_DUE: BootstrapState = {
  state: 'due',
  position: null,
  seen: null,
  done: 0,
  total: 0,
};

interface StateRow {
  readonly workspace_id: string | null;
  readonly agent_id: string | null;
  readonly role: string | null;
  readonly epoch: string | null;
  readonly seq: number | null;
  readonly chain: string | null;
  readonly last_mid: number;
  readonly last_sync_at: number | null;
  readonly bootstrap_state: string;
  readonly bootstrap_position: string | null;
  readonly bootstrap_done: number;
  readonly bootstrap_total: number;
  readonly clock_offset: number;
  readonly scope_held: string | null;
  readonly scope_asked: number | null;
}

const COLUMNS = [
  'workspace_id',
  'agent_id',
  'role',
  'epoch',
  'seq',
  'chain',
  'last_mid',
  'last_sync_at',
  'bootstrap_state',
  'bootstrap_position',
  'bootstrap_done',
  'bootstrap_total',
  'clock_offset',
  'scope_held',
  'scope_asked',
];
const SELECT = `SELECT ${COLUMNS.join(', ')} FROM sync_state WHERE id = 1`;
const UPDATE = `UPDATE sync_state SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE id = 1`;

const ROLES: readonly string[] = ['agent', 'lead', 'admin'] satisfies readonly Role[];

function isRole(text: string | null): text is Role {
  return text !== null && ROLES.includes(text);
}

/** Reads where the replica stands. */
export function readSyncState(db: ReadableDb): SyncState {
  const row = must(db.get<StateRow>(SELECT), 'the sync state');
  const { epoch, seq, chain, bootstrap_state: state } = row;
  const { position, seen } = placeOf(row.bootstrap_position);
  return {
    workspaceId: row.workspace_id,
    agentId: row.agent_id === null ? null : asId<'AgentId'>(row.agent_id),
    role: isRole(row.role) ? row.role : null,
    cursor: epoch === null || seq === null || chain === null ? null : { epoch, seq, chain },
    lastMid: row.last_mid,
    lastSyncAt: row.last_sync_at === null ? null : epochMillis(row.last_sync_at),
    bootstrap: {
      state: state === 'done' || state === 'running' ? state : 'due',
      position,
      seen,
      done: row.bootstrap_done,
      total: row.bootstrap_total,
    },
    clockOffset: row.clock_offset,
    held: row.scope_held === null ? null : heldFromSchema.parse(JSON.parse(row.scope_held)),
    asked: row.scope_asked,
  };
}

const place = z.object({ position: bootstrapPositionSchema.nullable(), seen: cursorSchema.nullable() });

/** Position and witness of a bootstrap; builds before wire version 2 stored the position alone. */
function placeOf(text: string | null): Pick<BootstrapState, 'position' | 'seen'> {
  if (text === null) return { position: null, seen: null };
  const stored: unknown = JSON.parse(text);
  const found = place.safeParse(stored);
  return found.success ? found.data : { position: bootstrapPositionSchema.parse(stored), seen: null };
}

/** Writes where the replica stands; call it in the transaction of the rows. */
export function writeSyncState(db: WritableDb, state: SyncState): void {
  const { cursor, bootstrap } = state;
  db.run(UPDATE, [
    state.workspaceId,
    state.agentId,
    state.role,
    cursor?.epoch ?? null,
    cursor?.seq ?? null,
    cursor?.chain ?? null,
    state.lastMid,
    state.lastSyncAt,
    bootstrap.state,
    bootstrap.position === null && bootstrap.seen === null
      ? null
      : JSON.stringify({ position: bootstrap.position, seen: bootstrap.seen }),
    bootstrap.done,
    bootstrap.total,
    state.clockOffset,
    state.held === null ? null : JSON.stringify(state.held),
    state.asked,
  ]);
}
