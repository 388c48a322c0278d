import { existsSync } from 'node:fs';
import { type AgentId, asId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Result } from '../../base/result.ts';
import { uuidV7Source } from '../../base/uuid.ts';
import { createListService } from '../../desk/lists/list-service.ts';
import { type Desk, openDesk } from '../../desk/open-desk.ts';
import { lockDataDir } from '../../desk/store/data-dir-lock.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type DataDirPaths, dataDirPaths } from '../data-dir.ts';
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

/** Opens desk and workspace of the call's data directory, brings them in step, and runs `work`. */
export async function withDesk<T>(
  call: Call,
  io: Io,
  work: (desk: Desk, held: HeldWorkspace) => Promise<T>,
): Promise<T> {
  return withWorkspace(call, io, false, async (held) => {
    const desk = given(
      openDesk({
        dir: held.paths.desk,
        transport: must(await held.workspace.transportFor(held.agentId), 'the transport of the local agent'),
        clock: systemClock,
        ids: uuidV7Source(systemClock, systemRng),
        rng: systemRng,
        scheduler: systemScheduler,
        agentId: held.agentId,
        lists: createListService,
        app: { version: 'command line', workspace: 'embedded', sample: held.sample },
        report: (thrown) => io.err(`${String(thrown)}\n`),
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
