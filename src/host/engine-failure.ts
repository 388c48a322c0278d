import { existsSync } from 'node:fs';
import { DamagedReplica } from '../desk/digests/damage.ts';
import { START_FAILURES, type StartState } from '../protocol/rpc/status.ts';
import type { OpenError } from '../sqlite/database.ts';
import { isDamage, sqliteFailure } from '../sqlite/failure.ts';
import type { EngineError, EngineOptions } from './engine.ts';

/** What stopped an engine, as screens are told. */
export type Failed = Extract<StartState, { readonly state: 'failed' }>;

/** Why an engine cannot start, as screens are told: its code, the file it is about and the process that has it. */
export function startFailure(error: EngineError | { readonly type: string }): Failed {
  const known = START_FAILURES.find((code) => code === error.type) ?? 'internal';
  return {
    state: 'failed',
    code: known,
    path: 'path' in error ? error.path : 'file' in error ? error.file : null,
    pid: 'pid' in error ? error.pid : null,
  };
}

/** What the file system threw while files were opened, with the file it is about; null when it is a bug. */
export function fileFailure(thrown: unknown): OpenError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('path' in thrown)) return null;
  const { code, path } = thrown;
  return typeof code === 'string' && typeof path === 'string' ? { type: 'cannotOpen', path, code } : null;
}

/** The first of these that is not there. */
export function firstMissing(files: readonly string[]): OpenError | null {
  const gone = files.find((file) => !existsSync(file));
  return gone === undefined ? null : { type: 'cannotOpen', path: gone, code: 'ENOENT' };
}

/**
 * The first of a running engine's files that is gone. Opened again all the same, a workspace or an outbox would be made anew
 * where its folder went away, and look like one that lost everything.
 */
export function missingFile({ paths, workspace }: EngineOptions): OpenError | null {
  const { root, config, desk } = paths;
  return firstMissing(workspace.kind === 'remote' ? [root, desk] : [root, config, paths.workspace, desk]);
}

/** Whether what was thrown says that a file is damaged: its structure, or what is in it (which is marked so by then). */
export function saysDamage(thrown: unknown): boolean {
  return thrown instanceof DamagedReplica || isDamage(sqliteFailure(thrown)?.type);
}
