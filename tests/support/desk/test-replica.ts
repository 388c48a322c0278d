import path from 'node:path';
import { onTestFinished } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { type NamedCall, prepareCall } from '../../../src/desk/replica/calls.ts';
import { type InvertibleCall, Replica } from '../../../src/desk/replica/replica.ts';
import { REPLICA_MIGRATIONS } from '../../../src/desk/store/replica-migrations.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openMigrated } from '../../../src/sqlite/migrations.ts';
import { tempDir } from '../temp-dir.ts';
import { AT } from './sample-rows.ts';

export const ME = asId<'AgentId'>('ada');
export const CLIENT = asId<'ClientId'>('desk-1');
export const FULL = {
  cursor: { epoch: 'e1', seq: 1, chain: 'x' },
  bootstrap: { state: 'done', position: null, seen: null, done: 0, total: 0 },
} as const;

/** A migrated replica file; the same path again is a restart. */
export function openReplicaFile(file: string = path.join(tempDir(), 'replica.db')): Database {
  const opened = openMigrated(file, { synchronous: 'NORMAL' }, REPLICA_MIGRATIONS, AT);
  if (!opened.ok) throw new Error(opened.error.type);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** An empty replica of Ada's, ready for rows. */
export function testReplica(db: Database = openReplicaFile()): Replica {
  const replica = new Replica(db);
  if (replica.state().agentId === null) replica.setState({ agentId: ME, role: 'agent', workspaceId: 'w1' });
  replica.start([]);
  return replica;
}

/** A call of Ada's, ready to run. */
export function callOf(mid: number, name: string, args: unknown, madeAt: number = AT + mid): InvertibleCall {
  const named: NamedCall = { mid, name, args, madeAt: epochMillis(madeAt) };
  const prepared = prepareCall(named, { agentId: ME, clientId: CLIENT });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value;
}

/** Makes a mutation on the replica as the desk does once it is durable; throws when a rule refuses it. */
export function show(replica: Replica, mid: number, name: string, args: unknown): void {
  const accepted = replica.tryRun(callOf(mid, name, args));
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.error));
  replica.show(must(accepted.value, 'an accepted call'));
}
