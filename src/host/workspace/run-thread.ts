import { parentPort, workerData } from 'node:worker_threads';
import { asId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { ok, type Result } from '../../base/result.ts';
import type { OpenError } from '../../sqlite/database.ts';
import type { Desk } from '../../workspace/push.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { sweepEveryMinute } from './minute-sweep.ts';
import { lineLog, openHostWorkspace } from './open-workspace.ts';
import type { FromThread, ThreadError, ThreadStart, ToThread } from './thread-messages.ts';

/** An open workspace in a thread of its own, for the part that lets desks in. */
export interface ThreadWorkspace {
  readonly workspace: Workspace;
  readonly desk: Desk;
  readonly start: ThreadStart;
  readonly log: (line: string) => void;
}

/** How a thread lets its desk in, and what it does with what it is told; answers how it ends. */
export interface Doors {
  readonly address: string | null;
  readonly token: string | null;
  receive(message: ToThread): void;
  close(): Promise<void>;
}

function text(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

async function openDoors(
  start: ThreadStart,
  tell: (message: FromThread) => void,
  open: (parts: ThreadWorkspace) => Promise<Doors>,
): Promise<Result<Doors, OpenError>> {
  const log = (line: string): void => tell({ type: 'log', line });
  const opened = await openHostWorkspace(start.file, lineLog(log));
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const desk = must(await workspace.deskOf(asId<'AgentId'>(start.agentId)), `agent ${start.agentId}`);
  const doors = await open({ workspace, desk, start, log });
  const stopSweeping = sweepEveryMinute(workspace, (thrown) => log(`sweep: ${text(thrown)}\n`));
  return ok({
    ...doors,
    close: async () => {
      stopSweeping();
      await doors.close();
      await workspace.close();
    },
  });
}

/** The life of a workspace's thread: opens, says that it is ready, serves, closes when told so. */
export async function runWorkspaceThread(open: (parts: ThreadWorkspace) => Promise<Doors>): Promise<void> {
  const parent = must(parentPort, 'the thread that started this one');
  const tell = (message: FromThread): void => parent.postMessage(message);
  const fail = (error: ThreadError): void => {
    tell({ type: 'failed', error });
    parent.close();
  };
  try {
    const opened = await openDoors(workerData as ThreadStart, tell, open);
    if (!opened.ok) return fail(opened.error);
    const doors = opened.value;
    parent.on('message', (message: ToThread) => {
      if (message.type === 'close') void doors.close().finally(() => parent.close());
      else doors.receive(message);
    });
    tell({ type: 'ready', address: doors.address, token: doors.token });
  } catch (thrown) {
    fail({ type: 'workspaceFailed', problem: text(thrown) });
  }
}
