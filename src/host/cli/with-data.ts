import { existsSync } from 'node:fs';
import path from 'node:path';
import { type AgentId, asId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { err, type Result } from '../../base/result.ts';
import { uuidV7Source } from '../../base/uuid.ts';
import { createListService } from '../../desk/lists/list-service.ts';
import { type Desk, openDesk } from '../../desk/open-desk.ts';
import { lockDataDir } from '../../desk/store/data-dir-lock.ts';
import type { SyncTransport } from '../../protocol/sync.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type DataDirPaths, dataDirPaths, readConfig } from '../data-dir.ts';
import { type EmbeddedData, makeEmpty, readEmbedded } from '../prepare-data.ts';
import { systemScheduler } from '../scheduler.ts';
import { systemClock, systemRng } from '../system.ts';
import { lineLog, openHostWorkspace } from '../workspace/open-workspace.ts';
import { type Call, dataOption } from './command.ts';
import { dataError } from './explain.ts';
import { type Io, usageError } from './io.ts';

/** A workspace that a command has to itself. */
export interface HeldWorkspace {
  readonly workspace: Workspace;
  readonly agentId: AgentId;
  readonly paths: DataDirPaths;
  readonly sample: boolean;
}

function given<T>(result: Result<T, Parameters<typeof dataError>[0]>): T {
  if (!result.ok) throw dataError(result.error);
  return result.value;
}

async function dataOf(paths: DataDirPaths, make: boolean, io: Io): Promise<EmbeddedData> {
  const existing = given(readEmbedded(paths));
  if (existing !== null) return existing;
  if (!make) throw usageError(`there is no workspace in ${paths.root}; npm start or an import makes one`);
  return given(await makeEmpty(paths, lineLog(io.err)));
}

/** Holds the call's data directory while `work` runs; another process that has it ends the command with 3. */
export async function withLock<T>(call: Call, work: (paths: DataDirPaths) => Promise<T>): Promise<T> {
  const paths = dataDirPaths(dataOption(call));
  const lock = given(lockDataDir(paths.root));
  try {
    return await work(paths);
  } finally {
    lock.release();
  }
}

/**
 * Opens the embedded workspace of the call's data directory for one command. `make`: a new directory gets an empty one;
 * else it is a usage error, and nothing is made.
 */
export async function withWorkspace<T>(
  call: Call,
  io: Io,
  make: boolean,
  work: (held: HeldWorkspace) => Promise<T>,
): Promise<T> {
  const root = dataDirPaths(dataOption(call)).root;
  if (!make && !existsSync(root)) throw usageError(`there is no data directory ${root}`);
  return withLock(call, async (paths) => {
    const { config } = await dataOf(paths, make, io);
    const workspace = given(await openHostWorkspace(paths.workspace, lineLog(io.err)));
    try {
      await workspace.sweep();
      return await work({
        workspace,
        agentId: asId<'AgentId'>(config.agentId),
        paths,
        sample: config.sample,
      });
    } finally {
      await workspace.close();
    }
  });
}

/** Waits until the desk has everything the workspace had when this was called, and lists reach every row. */
async function inStep(desk: Desk): Promise<void> {
  const started = systemClock.now();
  await new Promise<void>((resolve) => {
    const look = (): void => {
      const { bootstrap, lastSyncAt, indexing } = desk.status();
      if (bootstrap !== null || indexing !== null || lastSyncAt === null || lastSyncAt < started) return;
      stop();
      clearInterval(timer);
      resolve();
    };
    const stop = desk.onInvalidate(look);
    // Keeps the process alive, and catches what no event tells.
    const timer = setInterval(look, 50);
    desk.start();
    look();
  });
}

/** Whether the call's data directory holds the desk of a workspace elsewhere, and no workspace. */
export function isDeskAlone(call: Call): boolean {
  const paths = dataDirPaths(dataOption(call));
  const config = readConfig(paths);
  if (!config.ok) return false;
  if (config.value !== null) return config.value.mode === 'remote';
  return !existsSync(paths.workspace) && hasDesk(paths);
}

function hasDesk({ desk }: DataDirPaths): boolean {
  return ['outbox.db', 'replica.db'].some((file) => existsSync(path.join(desk, file)));
}

/** No workspace answers: a command looks at what lies here. */
const NOWHERE: SyncTransport = {
  hello: () => Promise.resolve(err({ type: 'unavailable' })),
  push: () => Promise.resolve(err({ type: 'unavailable' })),
  pull: () => Promise.resolve(err({ type: 'unavailable' })),
  bootstrap: () => Promise.resolve(err({ type: 'unavailable' })),
  listen: () => () => undefined,
  close: () => undefined,
};

/** What a command gives a desk beside its files and its workspace. */
function deskOptions(io: Io) {
  return {
    clock: systemClock,
    ids: uuidV7Source(systemClock, systemRng),
    rng: systemRng,
    scheduler: systemScheduler,
    lists: createListService,
    report: (thrown: unknown) => io.err(`${String(thrown)}\n`),
  };
}

/** Opens the desk of a workspace elsewhere, which is not asked for anything, and runs `work`. */
export async function withDeskAlone<T>(call: Call, io: Io, work: (desk: Desk) => Promise<T> | T): Promise<T> {
  const { root } = dataDirPaths(dataOption(call));
  return withLock(call, async (paths) => {
    if (!hasDesk(paths)) throw usageError(`there is no desk in ${root} yet`);
    const app = { version: 'command line', workspace: 'remote', sample: false } as const;
    const options = { ...deskOptions(io), dir: paths.desk, transport: NOWHERE, agentId: null, app };
    const desk = given(openDesk(options));
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  });
}

/** Opens desk and workspace of the call's data directory, brings them in step, and runs `work`. */
export async function withDesk<T>(
  call: Call,
  io: Io,
  work: (desk: Desk, held: HeldWorkspace) => Promise<T>,
): Promise<T> {
  return withWorkspace(call, io, false, async (held) => {
    const desk = given(
      openDesk({
        ...deskOptions(io),
        dir: held.paths.desk,
        transport: must(await held.workspace.transportFor(held.agentId), 'the transport of the local agent'),
        agentId: held.agentId,
        app: { version: 'command line', workspace: 'embedded', sample: held.sample },
      }),
    );
    try {
      await inStep(desk);
      return await work(desk, held);
    } finally {
      await desk.close();
    }
  });
}
