import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentId, asId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { Rng } from '../base/rng.ts';
import type { Clock } from '../base/time.ts';
import type { IdSource } from '../base/uuid.ts';
import type { DeskContract, Invalidation } from '../protocol/rpc/contract.ts';
import type { Handlers } from '../protocol/rpc/handlers.ts';
import type { AppInfo, SyncStatus } from '../protocol/rpc/status.ts';
import type { SyncTransport } from '../protocol/sync.ts';
import type { Database, OpenError } from '../sqlite/database.ts';
import { sqliteFailure } from '../sqlite/failure.ts';
import { openMigrated } from '../sqlite/migrations.ts';
import { type DeskChange, DeskCore } from './desk-core.ts';
import { Outbox } from './outbox/outbox.ts';
import { Replica } from './replica/replica.ts';
import { passOn } from './service/changes.ts';
import { deskHandlers, type DeskServiceDeps, statusOf } from './service/desk-service.ts';
import type { ListService, ListServiceFactory } from './service/lists.ts';
import { OUTBOX_MIGRATIONS } from './store/outbox-migrations.ts';
import { REPLICA_MIGRATIONS } from './store/replica-migrations.ts';
import type { Scheduler } from './sync/scheduler.ts';
import { SyncLoop } from './sync/sync-loop.ts';

export interface DeskOptions {
  /** Folder of `replica.db` and `outbox.db`; made when absent. Hold its lock (`lockDataDir`). */
  readonly dir: string;
  readonly transport: SyncTransport;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly rng: Rng;
  readonly scheduler: Scheduler;
  /** Who works here; null: the workspace says so at the first hello. */
  readonly agentId: AgentId | null;
  readonly lists: ListServiceFactory;
  readonly app: Pick<AppInfo, 'version' | 'workspace' | 'sample'>;
  readonly network?: () => SyncStatus['network'];
  readonly resetSample?: () => Promise<void>;
  /** Writes down a bug: what a step of the sync loop threw. */
  readonly report: (thrown: unknown) => void;
}

/** A replica that could not be used and was set aside; another was built in its place, from the workspace. */
export interface SetAside {
  /** Where the old file lies now. */
  readonly path: string;
  readonly reason: 'corrupt' | 'notADatabase';
}

/** An open desk: the engine behind the screens. */
export interface Desk {
  readonly handlers: Handlers<DeskContract>;
  /** Tells screens what changed; the returned function ends it. */
  onInvalidate(listener: (invalidation: Invalidation) => void): () => void;
  /** Begins to keep in step with the workspace. */
  start(): void;
  status(): SyncStatus;
  readonly core: DeskCore;
  readonly lists: ListService;
  /** Not null when the replica was damaged (Y1: the outbox is whole). */
  readonly setAside: SetAside | null;
  /** Stops, finishes what runs, closes the files. */
  close(): Promise<void>;
}

const REPLICA_FILE = 'replica.db';
const OUTBOX_FILE = 'outbox.db';

/**
 * Opens a desk's files and derives its view again from base and outbox (Y1). A file from a newer build is refused with
 * nothing written (Y15); a damaged replica is set aside and built again from the workspace. Nothing runs before `start`.
 */
export function openDesk(options: DeskOptions): Result<Desk, OpenError> {
  mkdirSync(options.dir, { recursive: true });
  const outboxDb = openMigrated(
    join(options.dir, OUTBOX_FILE),
    { synchronous: 'FULL' },
    OUTBOX_MIGRATIONS,
    options.clock.now(),
  );
  if (!outboxDb.ok) return outboxDb;
  const replica = openReplica(options);
  if (!replica.ok) {
    outboxDb.value.close();
    return replica;
  }
  return ok(assemble(options, outboxDb.value, replica.value.db, replica.value.setAside));
}

interface OpenedReplica {
  readonly db: Database;
  readonly setAside: SetAside | null;
}

function openReplica(options: DeskOptions): Result<OpenedReplica, OpenError> {
  const path = join(options.dir, REPLICA_FILE);
  const opened = tryReplica(path, options);
  if (opened.ok) return ok({ db: opened.value, setAside: null });
  const { type } = opened.error;
  if (type !== 'corrupt' && type !== 'notADatabase') return opened;
  const aside = setAside(path, options.clock.now());
  const fresh = tryReplica(path, options);
  return fresh.ok ? ok({ db: fresh.value, setAside: { path: aside, reason: type } }) : fresh;
}

/** Opens and migrates; damage that shows only while reading the schema is the same answer. */
function tryReplica(path: string, { clock }: DeskOptions): Result<Database, OpenError> {
  try {
    return openMigrated(path, { synchronous: 'NORMAL', cacheMiB: 64 }, REPLICA_MIGRATIONS, clock.now());
  } catch (thrown) {
    const failure = sqliteFailure(thrown);
    if (failure?.type !== 'corrupt' && failure?.type !== 'notADatabase') throw thrown;
    return { ok: false, error: { type: 'corrupt', path, code: failure.code } };
  }
}

/** Keeps a damaged file beside the new one, its log with it: nothing is deleted, and nothing is asked. */
function setAside(path: string, now: number): string {
  const aside = `${path}.damaged-${now}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function assemble(
  options: DeskOptions,
  outboxDb: Database,
  replicaDb: Database,
  aside: SetAside | null,
): Desk {
  const listeners = new Set<(invalidation: Invalidation) => void>();
  const tell = (invalidation: Invalidation): void => {
    for (const listener of listeners) listener(invalidation);
  };
  const outbox = new Outbox(outboxDb, options.ids);
  const replica = new Replica(replicaDb);
  if (replica.state().agentId === null && options.agentId !== null)
    replica.setState({ agentId: options.agentId });
  // While the view is derived again, nobody listens yet.
  let onChange = (_change: DeskChange): void => undefined;
  const core = new DeskCore({
    replica,
    outbox,
    clock: options.clock,
    onChange: (change) => onChange(change),
  });
  const lists = options.lists({
    db: replicaDb,
    // A remote desk learns who it is from its workspace's first answer.
    get me() {
      return replica.state().agentId ?? asId<'AgentId'>('');
    },
    clock: { now: () => core.now() },
    marks: (id) => ({
      hasDraft: outbox.drafts.has(id),
      pending: replica.pendingOf(id),
      attention: outbox.attentionOf(id),
    }),
    soon: (work) => options.scheduler.soon(work),
    onIndexed: (what) => tell({ topic: what, ids: null }),
  });
  onChange = (change) => passOn(change, lists, tell);
  const loop = new SyncLoop({
    transport: options.transport,
    target: core,
    clock: options.clock,
    scheduler: options.scheduler,
    rng: options.rng,
    onStatus: () => tell({ topic: 'status', ids: null }),
    report: options.report,
  });
  const deps: DeskServiceDeps = {
    core,
    lists,
    link: loop,
    app: options.app,
    network: options.network ?? (() => 'unknown'),
    resetSample: options.resetSample ?? (() => Promise.resolve()),
    tell,
  };
  return {
    handlers: deskHandlers(deps),
    onInvalidate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => loop.start(),
    status: () => statusOf(deps),
    core,
    lists,
    setAside: aside,
    close: async () => {
      await loop.close();
      lists.dispose();
      listeners.clear();
      outbox.close();
      replicaDb.close();
    },
  };
}
