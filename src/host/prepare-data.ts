import { existsSync, renameSync, rmSync } from 'node:fs';
import { type AgentId, asId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { EpochMillis } from '../base/time.ts';
import type { OpenError } from '../sqlite/database.ts';
import { lookAtFile } from '../sqlite/header.ts';
import type { WorkspaceLog } from '../workspace/log-events.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type DataDirConfig, type DataDirPaths, readConfig, writeConfig } from './data-dir.ts';
import { createSample } from './sample/create-sample.ts';
import { loadSampleData } from './sample/load-sample.ts';
import { systemClock } from './system.ts';
import { openHostWorkspace } from './workspace/open-workspace.ts';

/** Why a data directory cannot be used. */
export type DataError =
  | OpenError
  | { readonly type: 'badConfig'; readonly file: string; readonly problem: string }
  /** It is the desk of a workspace elsewhere, or the other way round. */
  | { readonly type: 'otherMode'; readonly mode: DataDirConfig['mode'] }
  /** It holds real work, not the sample. */
  | { readonly type: 'notSample' }
  | { readonly type: 'workspaceMissing'; readonly file: string };

export interface EmbeddedData {
  readonly config: DataDirConfig & { readonly agentId: string };
}

/** What the one agent of a new workspace without a sample is called, until they are given a name. */
const FIRST_AGENT_NAME = 'Agent';

function embedded(agentId: AgentId, sample: boolean): EmbeddedData {
  return { config: { format: 1, mode: 'embedded', agentId, sample } };
}

const MOST_TRIES = 3;
const SUFFIXES = ['', '-wal', '-shm'];

function removeDatabase(file: string): void {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true });
}

/** Nothing there, or a file without a byte: SQLite would take that for a new one. */
function isAbsent(file: string): boolean {
  const { kind } = lookAtFile(file);
  return kind === 'absent' || (kind === 'empty' && !existsSync(`${file}-wal`));
}

/** Where a workspace is made until it is whole. */
function draftOf(paths: DataDirPaths): string {
  return `${paths.workspace}.new`;
}

/**
 * Makes a workspace under another name and puts it in place when it is whole, so that a crash on the way leaves either
 * what was there before or the new one. The desk's files go with the workspace that they belonged to.
 */
async function putInPlace(
  paths: DataDirPaths,
  log: WorkspaceLog,
  fill: (workspace: Workspace) => Promise<AgentId>,
  sample: boolean,
): Promise<Result<EmbeddedData, DataError>> {
  const draft = draftOf(paths);
  removeDatabase(draft);
  const opened = await openHostWorkspace(draft, log);
  if (!opened.ok) return opened;
  let agentId: AgentId;
  try {
    agentId = await fill(opened.value);
  } finally {
    await opened.value.close();
  }
  const whole = await emptyLog(draft, log);
  if (!whole.ok) return whole;
  removeDatabase(paths.workspace);
  rmSync(paths.desk, { recursive: true, force: true });
  const data = embedded(agentId, sample);
  // The config goes first: a config beside a whole draft can be taken up again, a workspace without one cannot.
  writeConfig(paths, data.config);
  renameSync(draft, paths.workspace);
  return ok(data);
}

/**
 * Makes sure that a closed draft is one whole file. A disk that failed while it was closed leaves the log beside it, and the
 * file alone is then half of what was written: opened again, it takes over what the log holds.
 */
async function emptyLog(draft: string, log: WorkspaceLog): Promise<Result<null, OpenError>> {
  for (let tries = 0; existsSync(`${draft}-wal`); tries += 1) {
    if (tries === MOST_TRIES) return err({ type: 'cannotOpen', path: draft, code: 'SQLITE_IOERR' });
    const again = await openHostWorkspace(draft, log);
    if (!again.ok) return again;
    await again.value.close();
  }
  return ok(null);
}

/** Whether a workspace lies there that no config speaks of: nothing is made in its place. */
function refuseOrphan(paths: DataDirPaths): Result<null, DataError> {
  const config = readConfig(paths);
  if (!config.ok) return config;
  if (config.value !== null && !config.value.sample) return err({ type: 'notSample' });
  if (config.value === null && existsSync(paths.workspace)) {
    return err({ type: 'badConfig', file: paths.config, problem: 'is missing beside a workspace' });
  }
  return ok(null);
}

/**
 * Makes the sample workspace in a new directory, or puts it back as it was in one that holds it (`notSample` where real
 * work lies). Its 28 days end at `now`. Hold the directory's lock.
 */
export async function makeSample(
  paths: DataDirPaths,
  sampleDir: string,
  log: WorkspaceLog,
  now: EpochMillis = systemClock.now(),
): Promise<Result<EmbeddedData, DataError>> {
  const free = refuseOrphan(paths);
  if (!free.ok) return free;
  const data = loadSampleData(sampleDir);
  return putInPlace(paths, log, (workspace) => createSample(workspace, data, now), true);
}

/** Makes an empty workspace with one agent in a new directory. Hold the directory's lock. */
export async function makeEmpty(
  paths: DataDirPaths,
  log: WorkspaceLog,
): Promise<Result<EmbeddedData, DataError>> {
  const free = refuseOrphan(paths);
  if (!free.ok) return free;
  return putInPlace(
    paths,
    log,
    async (workspace) => {
      const added = await workspace.addAgent({ name: FIRST_AGENT_NAME, role: 'admin' });
      return must(added.ok ? added.value : null, 'the first agent').agentId;
    },
    false,
  );
}

/** The embedded workspace of a directory: null when there is none yet. */
export function readEmbedded(paths: DataDirPaths): Result<EmbeddedData | null, DataError> {
  const read = readConfig(paths);
  if (!read.ok) return read;
  const config = read.value;
  if (config === null) return ok(null);
  if (config.mode !== 'embedded' || config.agentId === null)
    return err({ type: 'otherMode', mode: config.mode });
  if (isAbsent(paths.workspace)) {
    // What was cut off is taken up again: the sample is made anew, and beside a config a draft is whole, whose making was
    // at its last step. A workspace that is gone is not replaced by an empty one.
    if (config.sample) return ok(null);
    if (!existsSync(draftOf(paths))) return err({ type: 'workspaceMissing', file: paths.workspace });
    renameSync(draftOf(paths), paths.workspace);
  }
  return ok(embedded(asId<'AgentId'>(config.agentId), config.sample));
}
