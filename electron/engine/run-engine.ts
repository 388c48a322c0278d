import type { Result } from '../../src/base/result.ts';
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

export type StartEngine = (
  start: StartEngineMessage,
  save: SaveFile,
) => Promise<Result<RunningEngine, { readonly type: string }>>;

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

/** The life of the engine's process: starts once, serves each port it is given, closes what it opened, ends. */
export function runEngine({ parent, start, report, exit }: EngineProcessParts): void {
  let engine: RunningEngine | null = null;
  let started = false;
  let unread = -1;
  const saving = new Map<number, (saved: boolean) => void>();
  let saves = 0;
  const save: SaveFile = ({ path, fileName }) =>
    new Promise((resolve) => {
      saves += 1;
      saving.set(saves, resolve);
      parent.postMessage({ type: 'save', id: saves, path, name: fileName });
    });
  const tellUnread = (count: number): void => {
    if (count === unread) return;
    unread = count;
    parent.postMessage({ type: 'unread', count });
  };
  const open = async (message: StartEngineMessage): Promise<void> => {
    try {
      const result = await start(message, save);
      if (!result.ok) return parent.postMessage({ type: 'failed', code: result.error.type });
      engine = result.value;
      engine.onUnread(tellUnread);
      parent.postMessage({ type: 'ready' });
    } catch (thrown) {
      report(thrown);
      parent.postMessage({ type: 'failed', code: 'internal' });
    }
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
    else if (message.type === 'saved') {
      saving.get(message.id)?.(message.saved);
      saving.delete(message.id);
    } else if (message.type === 'start') {
      if (!started) void open(message);
      started = true;
    } else if (engine !== null && port !== undefined) engine.serve(electronPort(port));
    else port?.close();
  };
  parent.on('message', ({ data, ports }) => {
    const message = toEngineSchema.safeParse(data);
    if (message.success) obey(message.data, ports);
    else report(new Error('a message of an unknown kind'));
  });
}
