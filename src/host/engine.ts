import './node-guard.ts';
import type { AgentId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Rng } from '../base/rng.ts';
import type { Clock } from '../base/time.ts';
import type { ExportHost } from '../desk/export/desk-exports.ts';
import type { Scheduler } from '../desk/sync/scheduler.ts';
import { type DataDirLock, type LockError, lockDataDir } from '../desk/store/data-dir-lock.ts';
import { type DeskContract, deskContract, type Invalidation, TOPICS } from '../protocol/rpc/contract.ts';
import { type Handlers, WireFailure } from '../protocol/rpc/handlers.ts';
import type { SyncStatus } from '../protocol/rpc/status.ts';
import type { RpcPort } from '../protocol/rpc/port.ts';
import type { SyncTransport } from '../protocol/sync.ts';
import type { OpenError } from '../sqlite/database.ts';
import type { DataDirPaths } from './data-dir.ts';
import {
  type Failed,
  fileFailure,
  firstMissing,
  missingFile,
  saysDamage,
  startFailure,
} from './engine-failure.ts';
import { type Around, engineLog, openRunning, type Running } from './open-running.ts';
import { type DataError, type EmbeddedData, makeSample, readEmbedded } from './prepare-data.ts';
import { type RpcSession, serveRpc } from './rpc/rpc-server.ts';

/** Why an engine cannot start. */
export type EngineError =
  | DataError
  | LockError
  | OpenError
  | { readonly type: 'workspaceFailed'; readonly problem: string };

/** The way from a desk to its workspace, and whatever has to end with it. */
export interface WorkspaceLink {
  readonly transport: SyncTransport;
  close(): Promise<void>;
}

/** Starts the workspace in `file` beside the desk and connects to it as `agentId`. */
export type ConnectEmbedded = (file: string, agentId: AgentId) => Promise<Result<WorkspaceLink, EngineError>>;

export interface EngineOptions {
  readonly paths: DataDirPaths;
  readonly version: string;
  /** Folder of the sample's scenarios. */
  readonly sampleDir: string;
  /** Embedded: the workspace lies in the data directory, as the sample where there is none yet. */
  readonly workspace:
    | { readonly kind: 'embedded'; readonly connect: ConnectEmbedded }
    | { readonly kind: 'remote'; readonly connect: () => Promise<Result<WorkspaceLink, EngineError>> };
  /** The words of exports, and the way a finished one reaches its reader; without it there are none. */
  readonly exports?: ExportHost;
  /** Time, timers and randomness of the desk; the computer's own when absent. */
  readonly machine?: Machine;
  /** Writes down a bug and answers the id it can be found under. */
  readonly report: (thrown: unknown, where: string) => string;
}

/** What a desk needs of the computer beside its files. */
export interface Machine {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly scheduler: Scheduler;
  /** Whether the computer has a network at all. */
  readonly network: () => SyncStatus['network'];
}

/** A running desk with its way to the workspace: what Electron's utility process and the browser host serve. */
export interface Engine {
  /** Answers the desk's contract on a screen's port, until it closes. */
  serve(port: RpcPort): void;
  /** Hears how many hand-offs nobody has read, when that may have changed. */
  onUnread(listener: (count: number) => void): void;
  /** The machine woke up: the workspace is looked for at once. */
  woke(online: boolean): void;
  /** The replica was damaged and set aside; its path. */
  readonly setAside: string | null;
  close(): Promise<void>;
}

type Reopen = () => Promise<Result<Running, EngineError>>;

/** There is no desk: it was closed to be opened again and could not be. */
interface Failure {
  readonly state: Failed;
  readonly reopen: Reopen;
}

class DeskEngine implements Engine {
  readonly #options: EngineOptions;
  #lock: DataDirLock | null;
  readonly #sessions = new Set<RpcSession>();
  readonly #unreadListeners = new Set<(count: number) => void>();
  /** Closed where there is a `#failure`. */
  #running: Running;
  #failure: Failure | null = null;
  /** Not null while the sample is put back, or a damaged desk is mended. */
  #resetting: Promise<void> | null = null;
  #isMended = false;

  constructor(options: EngineOptions, lock: DataDirLock, running: Running) {
    this.#options = options;
    this.#lock = lock;
    this.#running = running;
  }

  get setAside(): string | null {
    return this.#running.desk.setAside?.path ?? null;
  }

  serve(port: RpcPort): void {
    const session = serveRpc(port, {
      contract: deskContract,
      handlers: this.#handlers(),
      topics: TOPICS,
      report: (thrown, method) => this.#options.report(thrown, method),
    });
    this.#sessions.add(session);
    port.onClose(() => {
      this.#sessions.delete(session);
      session.close();
    });
  }

  onUnread(listener: (count: number) => void): void {
    this.#unreadListeners.add(listener);
    void this.#tellUnread();
  }

  woke(online: boolean): void {
    if (this.#failure === null) this.#running.desk.woke(online);
  }

  /** Begins to keep in step, and to pass on what changes. */
  start(): void {
    const { desk } = this.#running;
    desk.onInvalidate((invalidation) => this.#tell(invalidation));
    desk.start();
  }

  async close(): Promise<void> {
    this.#hangUp();
    if (this.#failure === null) await this.#stop();
    this.#lock?.release();
  }

  async resetSample(): Promise<void> {
    this.#resetting ??= this.#putSampleBack().finally(() => {
      this.#resetting = null;
    });
    await this.#resetting;
  }

  /**
   * The desk met damage while it ran: it is closed and opened again with its files looked through, so that what is damaged
   * is set aside and built again (Y1). Once per damage found: a file that is sound after all is not opened in a circle.
   */
  mend(): Promise<void> {
    if (this.#resetting === null && !this.#isMended) {
      this.#isMended = true;
      this.#resetting = this.#openAgain().finally(() => {
        this.#resetting = null;
      });
    }
    return this.#resetting ?? Promise.resolve();
  }

  async #openAgain(): Promise<void> {
    const { data, desk } = this.#running;
    // Who works offline by choice has not said that what waits may go out.
    const again = { examine: true, earlierExports: desk.failedExports(), offline: desk.isOffline() };
    await this.#replace(async () => {
      const gone = missingFile(this.#options);
      return gone === null ? openRunning(this.#options, data, this.#around(), again) : err(gone);
    });
  }

  #around(): Around {
    return {
      resetSample: () => this.resetSample(),
      onDamage: () => {
        this.mend().catch((thrown: unknown) => this.#options.report(thrown, 'mend'));
      },
    };
  }

  async #putSampleBack(): Promise<void> {
    const { paths, sampleDir } = this.#options;
    await this.#replace(async () => {
      const made = await makeSample(paths, sampleDir, engineLog(this.#options));
      return made.ok ? openRunning(this.#options, made.value, this.#around()) : made;
    });
  }

  /** Closes the desk and opens another in its place; where that cannot be, pages ask anew and are told why. */
  async #replace(reopen: Reopen): Promise<void> {
    // What its files no longer take is not waited for: either they are opened again, or the reader is told.
    await this.#stop().catch((thrown: unknown) => this.#options.report(thrown, 'close'));
    const next = await this.#attempt(reopen);
    if (next.ok) {
      this.#putInPlace(next.value);
      for (const topic of TOPICS) this.#tell({ topic, ids: null });
      return;
    }
    this.#options.report(`the desk could not be opened again: ${next.error.type}`, 'reopen');
    this.#failure = { state: startFailure(next.error), reopen };
    this.#hangUp();
  }

  /** A page asks to try once more. The lock is taken anew: the folder may be another one than the one that went away. */
  async #tryAgain({ reopen }: Failure): Promise<void> {
    const next = await this.#attempt(async () => {
      this.#lock?.release();
      this.#lock = null;
      const { root } = this.#options.paths;
      const gone = firstMissing([root]);
      if (gone !== null) return err(gone);
      const lock = lockDataDir(root);
      if (!lock.ok) return lock;
      this.#lock = lock.value;
      return reopen();
    });
    if (!next.ok) {
      this.#failure = { state: startFailure(next.error), reopen };
      return;
    }
    this.#failure = null;
    this.#putInPlace(next.value);
    this.#hangUp();
  }

  async #attempt(reopen: Reopen): Promise<Result<Running, EngineError>> {
    try {
      return await reopen();
    } catch (thrown) {
      const failure = fileFailure(thrown);
      if (failure !== null) return err(failure);
      return err({ type: 'workspaceFailed', problem: this.#options.report(thrown, 'reopen') });
    }
  }

  #putInPlace(running: Running): void {
    this.#isMended &&= running.desk.setAside === null && running.desk.salvage === null;
    this.#running = running;
    this.start();
  }

  /** Pages whose line is closed ask everything anew. */
  #hangUp(): void {
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
  }

  async #stop(): Promise<void> {
    const { desk, link } = this.#running;
    try {
      await desk.close();
    } finally {
      await link.close();
    }
  }

  #tell({ topic, ids }: Invalidation): void {
    for (const session of this.#sessions) session.publish(topic, ids);
    if (topic === 'list') void this.#tellUnread();
  }

  async #tellUnread(): Promise<void> {
    if (this.#unreadListeners.size === 0 || this.#failure !== null) return;
    try {
      const query = { queue: 'unread', filters: {}, sort: { by: 'waiting', direction: 'asc' } } as const;
      const { queues } = await this.#running.desk.lists.facets(query);
      for (const listener of this.#unreadListeners) listener(queues.unread);
    } catch (thrown) {
      this.#options.report(thrown, 'unread');
    }
  }

  /** The current desk's handlers, looked up at each call: a reset of the sample puts another desk in place. */
  #handlers(): Handlers<DeskContract> {
    const entries = Object.keys(deskContract).map((method) => {
      const name = method as keyof DeskContract;
      return [name, (...call: unknown[]): unknown => this.#answer(name, call)] as const;
    });
    // Every key of the contract is there, each with the function of the same name.
    return Object.fromEntries(entries) as unknown as Handlers<DeskContract>;
  }

  /** A call that comes while the sample is put back waits for the new desk; one that it cut off is asked there again. */
  async #answer(name: keyof DeskContract, call: unknown[]): Promise<unknown> {
    if (this.#resetting !== null) await this.#resetting;
    if (this.#failure !== null) return this.#answerWithout(name, this.#failure);
    const { desk } = this.#running;
    try {
      return await (Reflect.apply(desk.handlers[name], null, call) as unknown);
    } catch (thrown) {
      if (saysDamage(thrown)) await this.mend();
      const stands = this.#resetting === null && this.#failure === null && desk === this.#running.desk;
      if (stands) throw thrown;
      return this.#answer(name, call);
    }
  }

  /** There is no desk: why, and the way on; everything else is `unavailable`. */
  async #answerWithout(name: keyof DeskContract, failure: Failure): Promise<unknown> {
    if (name === 'app.start') return failure.state;
    if (name !== 'app.restart') return new WireFailure({ type: 'unavailable' });
    this.#resetting ??= this.#tryAgain(failure).finally(() => {
      this.#resetting = null;
    });
    await this.#resetting;
    return this.#failure?.state ?? { state: 'running' };
  }
}

async function dataOf(options: EngineOptions): Promise<Result<EmbeddedData | null, EngineError>> {
  if (options.workspace.kind === 'remote') return ok(null);
  const existing = readEmbedded(options.paths);
  if (!existing.ok || existing.value !== null) return existing;
  return makeSample(options.paths, options.sampleDir, engineLog(options));
}

/**
 * Starts a desk and, where it is embedded, its workspace. One engine a data directory: another answers `inUse`. A new
 * directory gets the sample workspace. No server is reachable from here, so Electron may use it.
 */
export async function startEngine(options: EngineOptions): Promise<Result<Engine, EngineError>> {
  const lock = lockDataDir(options.paths.root);
  if (!lock.ok) return lock;
  let engine: DeskEngine | null = null;
  const around: Around = {
    resetSample: async () => engine?.resetSample(),
    onDamage: () => {
      engine?.mend().catch((thrown: unknown) => options.report(thrown, 'mend'));
    },
  };
  const data = await dataOf(options);
  const running = data.ok ? await openRunning(options, data.value, around) : data;
  if (!running.ok) {
    lock.value.release();
    return running;
  }
  engine = new DeskEngine(options, lock.value, running.value);
  engine.start();
  return ok(engine);
}
