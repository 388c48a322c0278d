import type { Workspace } from '../../workspace/workspace.ts';

const MINUTE_MS = 60_000;

/** Lets time pass in the workspace now and every minute (Y13), until the returned function is called. */
export function sweepEveryMinute(workspace: Workspace, report: (thrown: unknown) => void): () => void {
  const sweep = (): void => {
    workspace.sweep().catch(report);
  };
  sweep();
  const timer = setInterval(sweep, MINUTE_MS);
  return () => clearInterval(timer);
}
