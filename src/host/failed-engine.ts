import { deskContract, type DeskContract, TOPICS } from '../protocol/rpc/contract.ts';
import { type Handlers, WireFailure } from '../protocol/rpc/handlers.ts';
import type { RpcPort } from '../protocol/rpc/port.ts';
import type { StartState } from '../protocol/rpc/status.ts';
import { type Failed, startFailure } from './engine-failure.ts';
import type { EngineError } from './engine.ts';
import { serveRpc } from './rpc/rpc-server.ts';

/** Stands in for an engine that could not start, so that its page can say why instead of showing nothing. */
export interface FailedEngine {
  /** Answers what failed on a page's port; everything else is `unavailable`. */
  serve(port: RpcPort): void;
  /** Closes the ports: the pages ask for the engine that came in its place. */
  close(): void;
}

export interface FailedEngineOptions {
  readonly error: EngineError | { readonly type: string };
  /** Tries to start once more; null when it came up, and this one is closed. */
  readonly restart: () => Promise<EngineError | { readonly type: string } | null>;
  readonly report: (thrown: unknown, where: string) => string;
}

/** Makes one. Nothing is opened or written. */
export function failedEngine({ error, restart, report }: FailedEngineOptions): FailedEngine {
  let state: Failed = startFailure(error);
  let running: Promise<StartState> | null = null;
  const sessions = new Set<ReturnType<typeof serveRpc>>();
  const again = async (): Promise<StartState> => {
    const failed = await restart();
    if (failed === null) return { state: 'running' };
    state = startFailure(failed);
    return state;
  };
  const unavailable = (): WireFailure => new WireFailure({ type: 'unavailable' });
  const handlers = {
    // Every other key of the contract, each answering that there is no desk.
    ...(Object.fromEntries(
      Object.keys(deskContract).map((method) => [method, unavailable]),
    ) as unknown as Handlers<DeskContract>),
    'app.start': () => state,
    'app.restart': () => {
      running ??= again().finally(() => {
        running = null;
      });
      return running;
    },
  } satisfies Handlers<DeskContract>;
  return {
    serve: (port) => {
      const session = serveRpc(port, {
        contract: deskContract,
        handlers,
        topics: TOPICS,
        report: (thrown, method) => report(thrown, method),
      });
      sessions.add(session);
      port.onClose(() => sessions.delete(session));
    },
    close: () => {
      for (const session of sessions) session.close();
      sessions.clear();
    },
  };
}
