import { must } from '../../base/must.ts';
import { DEFAULT_POLICY } from '../../domain/events.ts';
import { POLICY_KEY, parsePolicy } from '../../protocol/policy.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { DeskFrame } from './rebase.ts';
import { readRow } from './row-sql.ts';
import type { SyncState } from './sync-state.ts';

/** Who acts on this desk and under which policy, as far as the replica knows. */
export function readDeskFrame(db: ReadableDb, state: SyncState): DeskFrame {
  const id = must(state.agentId, 'the agent of this desk');
  const role = readRow(db, 'agent', [id])?.role ?? state.role ?? 'agent';
  const setting = readRow(db, 'setting', [POLICY_KEY]);
  const policy = setting === null ? null : parsePolicy(setting.value);
  return { actor: { id, role }, policy: policy ?? DEFAULT_POLICY };
}
