import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentId, asId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Rng } from '../base/rng.ts';
import type { Clock } from '../base/time.ts';
import type { IdSource } from '../base/uuid.ts';
import type { DeskContract, Invalidation } from '../protocol/rpc/contract.ts';
import type { ExportJob } from '../protocol/rpc/exports.ts';
import type { Handlers } from '../protocol/rpc/handlers.ts';
import type { AppInfo, SyncStatus } from '../protocol/rpc/status.ts';
import type { SyncTransport } from '../protocol/sync.ts';
import type { Database, OpenError } from '../sqlite/database.ts';
import { isDamage, openFailure, sqliteFailure } from '../sqlite/failure.ts';
import { integrityCheck } from '../sqlite/integrity.ts';
import { openMigrated } from '../sqlite/migrations.ts';
import { type DeskChange, DeskCore } from './desk-core.ts';
import type { Outbox } from './outbox/outbox.ts';
import { type OpenedOutbox, openOutbox, type Salvage } from './outbox/open-outbox.ts';
import type { DamagedReplica } from './digests/damage.ts';
import { type ReplicaWatch, watchReplica, type Watched } from './digests/replica-watch.ts';
import { Insight } from './insight/insight.ts';
import { forgetKept, type KeptColumns, takeKept, WORTH_KEEPING } from './insight/kept-columns.ts';
import { Replica } from './replica/replica.ts';
import { passOn, replicaChange } from './service/changes.ts';
import { deskExports, type ExportHost } from './export/desk-exports.ts';
import { deskHandlers, type DeskServiceDeps, heardOfNetwork, statusOf } from './service/desk-service.ts';
import type { ListService, ListServiceFactory } from './service/lists.ts';
import { distrust, isDistrusted } from './store/distrust.ts';
import { REPLICA_MIGRATIONS } from './store/replica-migrations.ts';
import { fetchFirst } from './scope/fetch-first.ts';
import { forgettingAside } from './store/forget-aside.ts';
import { setAside } from './store/set-aside.ts';
import { NetworkFact } from './sync/network.ts';
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
  /** The words of exports in every shipped language, and how a finished one reaches its reader; without it none starts. */
  readonly exports?: ExportHost;
  /** Failed exports of the desk that this one is opened in place of: their reader has not looked at them yet. */
  readonly earlierExports?: readonly ExportJob[];
  /** The agent works offline by choice, and goes on so. */
  readonly offline?: boolean;
  /** Damage was met while running: looks through the files' structure before they are trusted again. */
  readonly examine?: boolean;
  /** Conversations and data points from which on what figures are made of is kept between two runs; `WORTH_KEEPING` when absent. */
  readonly worthKeeping?: number;
  /** Writes down what work in the background threw: a bug, a failing disk, a damaged file. */
  readonly report: (thrown: unknown) => void;
}

/** A replica that could not be used and was set aside; another was built in its place, from the workspace. */
export interface SetAside {
  /** Where the old file lies now. */
  readonly path: string;
  /** `contents`: SQLite could read it, but a row, an index or the full text was not what it should be. */
  readonly reason: 'corrupt' | 'notADatabase' | 'contents';
}

/** An open desk: the engine behind the screens. */
export interface Desk {
  readonly handlers: Handlers<DeskContract>;
  /** Tells screens what changed; the returned function ends it. */
  onInvalidate(listener: (invalidation: Invalidation) => void): () => void;
  /** Begins to keep in step with the workspace. */
  start(): void;
  /** The machine slept and woke up; `online` is what its system says of the network now. */
  woke(online: boolean): void;
  status(): SyncStatus;
  /** Whether the agent works offline by choice; known without a look at the files. */
  isOffline(): boolean;
  /** How far the walks through the replica are that look for flipped bits. */
  watched(): Watched;
  readonly core: DeskCore;
  readonly lists: ListService;
  /** Exports that failed here; a desk that is opened in place of this one takes them along. */
  failedExports(): readonly ExportJob[];
  /** Not null when the replica was damaged (Y1: the outbox is whole). */
  readonly setAside: SetAside | null;
  /** Not null when the outbox was damaged: what was carried over, and where the damaged file lies. */
  readonly salvage: Salvage | null;
  /** Stops, finishes what runs, closes the files. */
  close(): Promise<void>;
}

const REPLICA_FILE = 'replica.db';

/**
 * Opens a desk's files and derives its view again from base and outbox (Y1). A file from a newer build is refused with
 * nothing written (Y15). A damaged replica is set aside and built again from the workspace; of a damaged outbox what can
 * be read is carried over. A disk that fails is `cannotOpen`. Nothing runs before `start`.
 */
export function openDesk(options: DeskOptions): Result<Desk, OpenError> {
  mkdirSync(options.dir, { recursive: true });
  const outbox = openOutbox(options.dir, options.ids, options.clock.now(), options.examine === true);
  if (!outbox.ok) return outbox;
  const opened = openReplica(options, outbox.value);
  if (!opened.ok) outbox.value.outbox.close();
  return opened;
}

function openReplica(options: DeskOptions, outbox: OpenedOutbox): Result<Desk, OpenError> {
  const path = join(options.dir, REPLICA_FILE);
  if (isDistrusted(path)) return builtAnew(path, options, outbox, 'contents');
  const opened = tryReplica(path, options, outbox, null);
  if (opened.ok || !isDamage(opened.error.type)) return opened;
  return builtAnew(path, options, outbox, opened.error.type);
}

/** Sets the replica aside and begins another in its place. */
function builtAnew(
  path: string,
  options: DeskOptions,
  outbox: OpenedOutbox,
  reason: SetAside['reason'],
): Result<Desk, OpenError> {
  const aside = setAside(path, options.clock.now());
  if (!aside.ok) return aside;
  forgetKept(path);
  return tryReplica(path, options, outbox, { path: aside.value, reason });
}

/** Opens, migrates and derives; damage that shows only while reading is the same answer. */
function tryReplica(
  path: string,
  options: DeskOptions,
  outbox: OpenedOutbox,
  aside: SetAside | null,
): Result<Desk, OpenError> {
  let db: Database | null = null;
  try {
    const kept = takeKept(path);
    const opened = openMigrated(
      path,
      { synchronous: 'NORMAL', cacheMiB: 64 },
      REPLICA_MIGRATIONS,
      options.clock.now(),
    );
    if (!opened.ok) return opened;
    db = opened.value;
    // The quick check does not compare indexes with their tables, nor look into the full text's own.
    if (options.examine === true && integrityCheck(db).length > 0) {
      db.close();
      return err({ type: 'corrupt', path, code: 'SQLITE_CORRUPT' });
    }
    return ok(forgettingAside(assemble(options, outbox, db, { aside, kept }), path, options.report));
  } catch (thrown) {
    const failure = sqliteFailure(thrown);
    if (failure === null) throw thrown;
    db?.close();
    // The replica can always be built again, so what SQLite cannot make sense of (another file's log) is damage too.
    return err(openFailure(thrown, path) ?? { type: 'corrupt', path, code: failure.code });
  }
}

function assemble(
  options: DeskOptions,
  { outbox, salvage }: OpenedOutbox,
  replicaDb: Database,
  { aside, kept }: { readonly aside: SetAside | null; readonly kept: KeptColumns | null },
): Desk {
  const listeners = new Set<(invalidation: Invalidation) => void>();
  const tell = (invalidation: Invalidation): void => {
    for (const listener of listeners) listener(invalidation);
  };
  const replica = replicaIn(replicaDb, options, salvage);
  // While the view is derived again, nobody listens yet; what was kept of the replica must hear of it all the same.
  const since: DeskChange[] = [];
  let onChange = (change: DeskChange): void => void since.push(change);
  const core = deskCore(options, replica, outbox, (change) => onChange(change));
  const lists = deskLists(options, core, () => insight, tell);
  const isReachable = (): boolean => loop.status().workspace === 'connected';
  const insight = deskInsight(options, core, lists, { tell, kept, since, isReachable });
  onChange = (change) => passOn(change, [lists, insight], tell);
  const loop = deskLoop(options, core, () => tell({ topic: 'status', ids: null }));
  const exports = deskExports({ ...options, isReachable }, core, (query) => lists.passing(query), {
    onChange: () => tell({ topic: 'exports', ids: null }),
    onRecorded: () => loop.kick(),
    fetched: fetchFirst({ core, link: loop, scheduler: options.scheduler }),
  });
  const deps: DeskServiceDeps = {
    core,
    lists,
    link: loop,
    app: options.app,
    network: new NetworkFact(options.network ?? (() => 'unknown')),
    mended: mendedOf(aside, salvage),
    resetSample: options.resetSample ?? (() => Promise.resolve()),
    tell,
    exports,
    insight,
  };
  const watch = deskWatch(options, deps, isReachable);
  return {
    handlers: deskHandlers(deps),
    onInvalidate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      loop.start();
      watch.start();
    },
    woke: (online) => {
      heardOfNetwork(deps, online);
      loop.renew();
    },
    status: () => statusOf(deps),
    isOffline: () => loop.status().workspace === 'offlineByChoice',
    watched: () => watch.state(),
    failedExports: () => exports.jobs.failed(),
    core,
    lists,
    setAside: aside,
    salvage,
    close: async () => {
      watch.stop();
      await exports.jobs.close();
      await loop.close();
      const columns = insight.keep(options.worthKeeping ?? WORTH_KEEPING);
      insight.dispose();
      lists.dispose();
      listeners.clear();
      outbox.close();
      replicaDb.close();
      columns?.stamp();
    },
  };
}

/** The replica, with what is known of it before anything runs. */
function replicaIn(db: Database, { agentId }: DeskOptions, salvage: Salvage | null): Replica {
  const replica = new Replica(db);
  if (salvage !== null) forgetNumbers(replica);
  if (replica.state().agentId === null && agentId !== null) replica.setState({ agentId });
  return replica;
}

function deskCore(
  { clock, app, report }: DeskOptions,
  replica: Replica,
  outbox: Outbox,
  onChange: (change: DeskChange) => void,
): DeskCore {
  const isWhole = app.workspace === 'embedded';
  return new DeskCore({ replica, outbox, clock, onChange, onDamage: report, isWhole });
}

/** Keeps this desk in step with its workspace. */
function deskLoop(options: DeskOptions, core: DeskCore, onStatus: () => void): SyncLoop {
  const { transport, clock, scheduler, rng, report } = options;
  const loop = new SyncLoop({ transport, target: core, clock, scheduler, rng, onStatus, report });
  if (options.offline === true) loop.setOffline(true);
  return loop;
}

/**
 * Looks for flipped bits while nothing else is going on, and only while the replica could be built anew: on a train, a copy
 * with a flipped bit is worth more than none. What it finds is marked before anyone is told.
 */
function deskWatch(
  { scheduler, report }: DeskOptions,
  deps: DeskServiceDeps,
  isReachable: () => boolean,
): ReplicaWatch {
  const { db } = deps.core.replica;
  return watchReplica({
    db,
    scheduler,
    isIdle: () => {
      const { bootstrap, indexing } = statusOf(deps);
      return isReachable() && bootstrap === null && indexing === null && !deps.exports.jobs.isRunning();
    },
    onDamage: (damage) => foundDamaged(db, damage, report),
    report,
  });
}

/** Marks the replica before anyone is told: whatever ends this process, the next opening builds it anew. */
function foundDamaged({ path }: Database, damage: DamagedReplica, report: DeskOptions['report']): void {
  distrust(path, damage);
  report(damage);
}

/** The lists over this desk's replica. */
function deskLists(
  options: DeskOptions,
  core: DeskCore,
  insight: () => Insight,
  tell: (invalidation: Invalidation) => void,
): ListService {
  const { outbox, replica } = core;
  const lists = options.lists({
    db: replica.db,
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
    isFilling: () => core.isFilling(),
    soon: (work) => options.scheduler.soon(() => reporting(work, options.report)),
    onIndexed: (what) => {
      tell({ topic: what, ids: null });
      // Lists and search come first; then what figures are made of, so that the first look at them need not wait.
      if (what === 'status' && lists.indexing() === null && core.progress() === null) insight().warm();
    },
    among: (drill) => insight().among(drill),
  });
  return lists;
}

interface InsightParts {
  readonly tell: (invalidation: Invalidation) => void;
  /** What the run before kept of this replica. */
  readonly kept: KeptColumns | null;
  /** What was written since it was opened. */
  readonly since: readonly DeskChange[];
  /** Whether the replica could be built anew now. */
  readonly isReachable: () => boolean;
}

/** How well the AI does, out of this desk's replica. */
function deskInsight(
  options: DeskOptions,
  core: DeskCore,
  lists: ListService,
  { tell, kept, since, isReachable }: InsightParts,
): Insight {
  const { replica } = core;
  return new Insight({
    db: replica.db,
    me: () => replica.state().agentId ?? asId<'AgentId'>(''),
    now: () => core.now(),
    asOf: () => replica.state().lastSyncAt,
    machineZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    rowsOf: (ids) => lists.rowsOf(ids),
    onDamage: (damage) => {
      if (isReachable()) foundDamaged(replica.db, damage, options.report);
    },
    soon: (work) => options.scheduler.soon(() => reporting(work, options.report)),
    kept: { columns: kept, since: since.flatMap((change) => replicaChange(change) ?? []) },
    onReady: () => {
      tell({ topic: 'insight', ids: null });
      // A list among the rows behind a figure was empty until now.
      tell({ topic: 'list', ids: null });
    },
  });
}

function mendedOf(aside: SetAside | null, salvage: Salvage | null): SyncStatus['mended'] {
  if (aside === null && salvage === null) return null;
  return {
    replica: aside === null ? null : { path: aside.path },
    outbox:
      salvage === null
        ? null
        : {
            path: salvage.path,
            entries: salvage.entries,
            drafts: salvage.drafts,
            attention: salvage.attention,
          },
  };
}

/** The numbers of a salvaged outbox begin anew under another client, so the replica is filled anew as well (Y3). */
function forgetNumbers(replica: Replica): void {
  replica.clear();
  replica.setState({ lastMid: 0 });
}

/** Work of its own turn has no caller: what it throws is written down, and must not end the engine. */
function reporting(work: () => void, report: (thrown: unknown) => void): void {
  try {
    work();
  } catch (thrown) {
    report(thrown);
  }
}
