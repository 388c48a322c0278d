import './node-guard.ts';
import { type AgentId, asId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import { ok, type Result } from '../base/result.ts';
import { uuidV7Source } from '../base/uuid.ts';
import { createListService } from '../desk/lists/list-service.ts';
import type { ExportHost } from '../desk/export/desk-exports.ts';
import { DamagedRows } from '../desk/digests/row-digests.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/open-desk.ts';
import { type DataDirLock, type LockError, lockDataDir } from '../desk/store/data-dir-lock.ts';
import { type DeskContract, deskContract, type Invalidation, TOPICS } from '../protocol/rpc/contract.ts';
import type { Handlers } from '../protocol/rpc/handlers.ts';
import type { RpcPort } from '../protocol/rpc/port.ts';
import type { SyncTransport } from '../protocol/sync.ts';
import type { OpenError } from '../sqlite/database.ts';
import { isDamage, sqliteFailure } from '../sqlite/failure.ts';
import type { DataDirPaths } from './data-dir.ts';
import { type DataError, type EmbeddedData, makeSample, readEmbedded } from './prepare-data.ts';
import { type RpcSession, serveRpc } from './rpc/rpc-server.ts';
import { systemScheduler } from './scheduler.ts';
import { systemClock, systemNetwork, systemRng } from './system.ts';
import { lineLog } from './workspace/open-workspace.ts';

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
  /** Writes down a bug and answers the id it can be found under. */
  readonly report: (thrown: unknown, where: string) => string;
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

interface Running {
  readonly desk: Desk;
  readonly link: WorkspaceLink;
  readonly data: EmbeddedData | null;
}

/** What a desk asks of the engine around it. */
interface Around {
  readonly resetSample: () => Promise<void>;
  /** Something was thrown that says that a file is damaged. */
  readonly onDamage: () => void;
}

class DeskEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #lock: DataDirLock;
  readonly #sessions = new Set<RpcSession>();
  readonly #unreadListeners = new Set<(count: number) => void>();
  #running: Running;
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
    this.#running.desk.woke(online);
  }

  /** Begins to keep in step, and to pass on what changes. */
  start(): void {
    const { desk } = this.#running;
    desk.onInvalidate((invalidation) => this.#tell(invalidation));
    desk.start();
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
    await this.#stop();
    this.#lock.release();
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
    await this.#stop();
    const again = { examine: true, earlierExports: desk.failedExports() };
    const next = await open(this.#options, data, this.#around(), again);
    if (!next.ok) throw new Error(`the desk could not be opened again: ${next.error.type}`);
    this.#isMended = next.value.desk.setAside === null && next.value.desk.salvage === null;
    this.#running = next.value;
    this.start();
    for (const topic of TOPICS) this.#tell({ topic, ids: null });
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
    await this.#stop();
    const made = await makeSample(paths, sampleDir, engineLog(this.#options));
    if (!made.ok) throw new Error(`the sample could not be put back: ${made.error.type}`);
    const next = await open(this.#options, made.value, this.#around());
    if (!next.ok) throw new Error(`the sample could not be opened: ${next.error.type}`);
    this.#running = next.value;
    this.start();
    for (const topic of TOPICS) this.#tell({ topic, ids: null });
  }

  async #stop(): Promise<void> {
    const { desk, link } = this.#running;
    await desk.close();
    await link.close();
  }

  #tell({ topic, ids }: Invalidation): void {
    for (const session of this.#sessions) session.publish(topic, ids);
    if (topic === 'list') void this.#tellUnread();
  }

  async #tellUnread(): Promise<void> {
    if (this.#unreadListeners.size === 0) return;
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
    const { desk } = this.#running;
    try {
      return await (Reflect.apply(desk.handlers[name], null, call) as unknown);
    } catch (thrown) {
      if (saysDamage(thrown)) await this.mend();
      if (this.#resetting === null && desk === this.#running.desk) throw thrown;
      return this.#answer(name, call);
    }
  }
}

/** Whether what was thrown says that a file is damaged: its structure, or a row in it (which is marked so by then). */
function saysDamage(thrown: unknown): boolean {
  return thrown instanceof DamagedRows || isDamage(sqliteFailure(thrown)?.type);
}

function engineLog(options: EngineOptions) {
  return lineLog((line) => options.report(line, 'workspace'));
}

async function connect(
  options: EngineOptions,
  agentId: AgentId | null,
): Promise<Result<WorkspaceLink, EngineError>> {
  const { workspace, paths } = options;
  if (workspace.kind === 'remote') return workspace.connect();
  return workspace.connect(paths.workspace, must(agentId, 'the agent of an embedded workspace'));
}

async function open(
  options: EngineOptions,
  data: EmbeddedData | null,
  around: Around,
  again: Pick<DeskOptions, 'examine' | 'earlierExports'> = {},
): Promise<Result<Running, EngineError>> {
  const agentId = data === null ? null : asId<'AgentId'>(data.config.agentId);
  const connected = await connect(options, agentId);
  if (!connected.ok) return connected;
  const link = connected.value;
  const desk = openDesk({
    dir: options.paths.desk,
    transport: link.transport,
    clock: systemClock,
    ids: uuidV7Source(systemClock, systemRng),
    rng: systemRng,
    scheduler: systemScheduler,
    agentId,
    ...(options.exports === undefined ? {} : { exports: options.exports }),
    lists: createListService,
    app: {
      version: options.version,
      workspace: options.workspace.kind,
      sample: data?.config.sample ?? false,
    },
    network: systemNetwork,
    resetSample: around.resetSample,
    ...again,
    report: (thrown) => {
      options.report(thrown, 'sync');
      if (saysDamage(thrown)) around.onDamage();
    },
  });
  if (desk.ok) {
    sayWhatWasDamaged(desk.value, options);
    return ok({ desk: desk.value, link, data });
  }
  await link.close();
  return desk;
}

/** Damage that was mended is written down: where the damaged file lies, and what came out of it. */
function sayWhatWasDamaged({ setAside, salvage }: Desk, { report }: EngineOptions): void {
  if (setAside !== null) report(`replica ${setAside.reason}: set aside as ${setAside.path}`, 'damage');
  if (salvage !== null) report(`outbox damaged: ${JSON.stringify(salvage)}`, 'damage');
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
  const running = data.ok ? await open(options, data.value, around) : data;
  if (!running.ok) {
    lock.value.release();
    return running;
  }
  engine = new DeskEngine(options, lock.value, running.value);
  engine.start();
  return ok(engine);
}
