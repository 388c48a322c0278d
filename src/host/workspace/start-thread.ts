import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../base/result.ts';
import type { FromThread, ThreadError, ThreadStart } from './thread-messages.ts';

/** A workspace's thread that is ready. */
export interface WorkspaceThread {
  readonly worker: Worker;
  readonly address: string | null;
  readonly token: string | null;
  close(): Promise<void>;
}

/** How long a thread may take to open its workspace, migrations included. */
const READY_MS = 60_000;
const CLOSE_MS = 10_000;

function exited(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
  });
}

function running(worker: Worker, ready: Extract<FromThread, { type: 'ready' }>): WorkspaceThread {
  const gone = exited(worker);
  return {
    worker,
    address: ready.address,
    token: ready.token,
    close: async () => {
      worker.postMessage({ type: 'close' });
      const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Starts the thread whose code is `entry`, and waits until it is ready. `report` takes its log lines and its death. */
export function startWorkspaceThread(
  entry: URL,
  start: ThreadStart,
  report: (thrown: unknown, where: string) => string,
): Promise<Result<WorkspaceThread, ThreadError>> {
  const worker = new Worker(entry, { workerData: start });
  worker.on('error', (error) => report(error, 'workspace thread'));
  return new Promise((resolve) => {
    const fail = (error: ThreadError): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(err(error));
    };
    const failed = (problem: string): void => fail({ type: 'workspaceFailed', problem });
    const timer = setTimeout(() => failed('it took too long to open'), READY_MS);
    worker.once('exit', () => failed('its thread ended'));
    worker.on('message', (message: FromThread) => {
      if (message.type === 'log') report(message.line, 'workspace');
      else if (message.type === 'failed') fail(message.error);
      else {
        clearTimeout(timer);
        worker.removeAllListeners('exit');
        resolve(ok(running(worker, message)));
      }
    });
  });
}
