import type { Result } from '../../src/base/result.ts';
import { type FailedEngine, failedEngine } from '../../src/host/failed-engine.ts';
import { type ElectronPort, electronPort } from '../../src/host/rpc/ports.ts';
import type { RpcPort } from '../../src/protocol/rpc/port.ts';
import {
  type FromEngine,
  type StartEngineMessage,
  type ToEngine,
  toEngineSchema,
} from '../../src/protocol/shell/engine-messages.ts';

/** The desk and its workspace, as this process uses them. */
export interface RunningEngine {
  /** Answers the desk's contract on a page's port, until it closes. */
  serve(port: RpcPort): void;
  close(): Promise<void>;
  /** Hears how many conversations wait for this agent's eyes, when that may have changed. */
  onUnread(listener: (count: number) => void): void;
  /** The machine woke up: the workspace is looked for at once. */
  woke(online: boolean): void;
}

/** Asks the reader where to put a finished file; whether it was put there. */
export type SaveFile = (file: { readonly path: string; readonly fileName: string }) => Promise<boolean>;

/** Why it did not start; `type` is its code. */
export interface StartError {
  readonly type: string;
}

export type StartEngine = (
  start: StartEngineMessage,
  save: SaveFile,
) => Promise<Result<RunningEngine, StartError>>;

/** What we use of the process's line to the main process. */
export interface ParentLine {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ): unknown;
  postMessage(message: FromEngine): void;
}

export interface EngineProcessParts {
  readonly parent: ParentLine;
  readonly start: StartEngine;
  /** Writes down what should not have happened. */
  report(thrown: unknown): void;
  exit(): void;
}

/** Files that the reader is asked a place for, each until the main process answers. */
function savesOver(parent: ParentLine): {
  readonly save: SaveFile;
  answered(id: number, saved: boolean): void;
} {
  const waiting = new Map<number, (saved: boolean) => void>();
  let last = 0;
  return {
    save: ({ path, fileName }) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        parent.postMessage({ type: 'save', id: last, path, name: fileName });
      }),
    answered: (id, saved) => {
      waiting.get(id)?.(saved);
      waiting.delete(id);
    },
  };
}

/**
 * The life of the engine's process: starts once, serves each port it is given, closes what it opened, ends. One that could
 * not start serves why, and tries again when a page asks.
 */
export function runEngine({ parent, start, report, exit }: EngineProcessParts): void {
  let engine: RunningEngine | null = null;
  /** What pages are told while there is none. */
  let failed: FailedEngine | null = null;
  let started = false;
  let unread = -1;
  const saving = savesOver(parent);
  const tellUnread = (count: number): void => {
    if (count === unread) return;
    unread = count;
    parent.postMessage({ type: 'unread', count });
  };
  const attempt = async (message: StartEngineMessage): Promise<StartError | null> => {
    try {
      const result = await start(message, saving.save);
      if (!result.ok) return result.error;
      engine = result.value;
      engine.onUnread(tellUnread);
      return null;
    } catch (thrown) {
      report(thrown);
      return { type: 'internal' };
    }
  };
  const open = async (message: StartEngineMessage): Promise<void> => {
    const error = await attempt(message);
    if (error === null) return parent.postMessage({ type: 'ready' });
    const standIn = failedEngine({
      error,
      restart: async () => {
        const again = await attempt(message);
        if (again !== null) return again;
        failed = null;
        standIn.close();
        return null;
      },
      report: (thrown) => {
        report(thrown);
        return '';
      },
    });
    failed = standIn;
    parent.postMessage({ type: 'failed', code: error.type });
  };
  const stop = async (): Promise<void> => {
    try {
      await engine?.close();
    } catch (thrown) {
      report(thrown);
    }
    exit();
  };
  const obey = (message: ToEngine, ports: readonly ElectronPort[]): void => {
    const [port] = ports;
    if (message.type === 'stop') void stop();
    else if (message.type === 'woke') engine?.woke(message.online);
    else if (message.type === 'saved') saving.answered(message.id, message.saved);
    else if (message.type === 'start') {
      if (!started) void open(message);
      started = true;
    } else {
      const server = engine ?? failed;
      if (server === null || port === undefined) port?.close();
      else server.serve(electronPort(port));
    }
  };
  parent.on('message', ({ data, ports }) => {
    const message = toEngineSchema.safeParse(data);
    if (message.success) obey(message.data, ports);
    else report(new Error('a message of an unknown kind'));
  });
}
