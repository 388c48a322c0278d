import type { Result } from '../../base/result.ts';
import type { OpenError } from '../../sqlite/database.ts';
import type { WorkspaceLog } from '../../workspace/log-events.ts';
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts';
import { newSecret, systemClock } from '../system.ts';

/** Opens the workspace in `file` with this machine's clock and secrets, making it (and its folder) when absent. */
export function openHostWorkspace(file: string, log: WorkspaceLog): Promise<Result<Workspace, OpenError>> {
  return openWorkspace({ path: file, clock: systemClock, newSecret, log });
}

/** Writes what the workspace tells its operator with `write`, one JSON line each. */
export function lineLog(write: (line: string) => void): WorkspaceLog {
  return (event) => write(`${JSON.stringify(event)}\n`);
}
