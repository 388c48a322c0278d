import { MINUTE } from '../../src/base/time.ts';
import {
  type FromEngine,
  fromEngineSchema,
  type StartEngineMessage,
  type ToEngine,
} from '../../src/protocol/shell/engine-messages.ts';

/** What we use of the engine's process, an Electron `UtilityProcess`. `Port` is Electron's `MessagePortMain`. */
export interface EngineChild<Port> {
  postMessage(message: unknown, ports?: Port[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface EngineProcessOptions<Port> {
  fork(): EngineChild<Port>;
  readonly start: StartEngineMessage;
  now(): number;
  onUnread(count: number): void;
  /** Asks the reader where to put a finished export, and puts it there; false when they want it nowhere. */
  onSave(path: string, name: string): Promise<boolean>;
  /** The engine stopped too often: a code to show. It is not started again. */
  onFailed(code: string): void;
}

export interface EngineProcess<Port> {
  /** Hands a page's port to the engine, as soon as it is ready. */
  connect(port: Port): void;
  /** Tells it that the machine slept; an engine that is not ready asks how things stand anyway. */
  woke(online: boolean): void;
  /** Resolves when the process has ended; by itself, or made to after a while. */
  stop(): Promise<void>;
}

/** More stops than this within a minute are a failure, not bad luck. */
const RESTARTS_A_MINUTE = 3;
const STOP_LIMIT_MS = 5_000;

/**
 * Runs the engine in a process of its own and starts it again when it dies: pages lose their port then and ask for a new
 * one, nothing that was saved is lost (Y1).
 */
export function runEngineProcess<Port>(options: EngineProcessOptions<Port>): EngineProcess<Port> {
  let state: 'starting' | 'ready' | 'failed' | 'stopping' | 'stopped' = 'starting';
  let waiting: Port[] = [];
  let stops: number[] = [];
  let onStopped = (): void => undefined;
  const send = (message: ToEngine, ports?: Port[]): void => child.postMessage(message, ports);

  const fail = (code: string): void => {
    if (state === 'failed' || state === 'stopping' || state === 'stopped') return;
    state = 'failed';
    options.onFailed(code);
  };
  const hear = (message: unknown): void => {
    const heard = fromEngineSchema.safeParse(message);
    if (!heard.success) return;
    if (heard.data.type === 'unread') options.onUnread(heard.data.count);
    else if (heard.data.type === 'save') save(heard.data);
    else if (state === 'starting') {
      // Ready, or there to say why it is not: pages are connected either way.
      state = 'ready';
      for (const port of waiting) send({ type: 'connect' }, [port]);
      waiting = [];
    }
  };
  const save = ({ id, path, name }: Extract<FromEngine, { type: 'save' }>): void => {
    const answer = (saved: boolean): void => send({ type: 'saved', id, saved });
    options.onSave(path, name).then(answer, () => answer(false));
  };
  const ended = (): void => {
    if (state === 'stopping') {
      state = 'stopped';
      onStopped();
      return;
    }
    if (state === 'failed') {
      state = 'stopped';
      return;
    }
    const now = options.now();
    stops = [...stops.filter((at) => now - at < MINUTE), now];
    if (stops.length > RESTARTS_A_MINUTE) {
      fail('engineStopped');
      state = 'stopped';
    } else child = launch();
  };
  function launch(): EngineChild<Port> {
    state = 'starting';
    const launched = options.fork();
    launched.on('message', hear);
    launched.on('exit', ended);
    launched.postMessage(options.start);
    return launched;
  }
  let child = launch();

  return {
    connect: (port) => {
      if (state === 'ready') send({ type: 'connect' }, [port]);
      else waiting.push(port);
    },
    woke: (online) => {
      if (state === 'ready') send({ type: 'woke', online });
    },
    stop: () =>
      new Promise((resolve) => {
        if (state === 'stopped') return resolve();
        state = 'stopping';
        const timer = setTimeout(() => child.kill(), STOP_LIMIT_MS);
        onStopped = () => {
          clearTimeout(timer);
          resolve();
        };
        send({ type: 'stop' });
      }),
  };
}
