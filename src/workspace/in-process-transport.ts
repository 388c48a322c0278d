import { err, ok, type Result } from '../base/result.ts';
import type { WireError } from '../protocol/errors.ts';
import type { SyncTransport } from '../protocol/sync.ts';
import type { Desk } from './push.ts';
import type { Workspace } from './workspace.ts';

type SyncMethods = Pick<Workspace, 'hello' | 'push' | 'pull' | 'bootstrap' | 'who' | 'onHead' | 'deskOf'>;

/**
 * The sync protocol without a wire between: the same messages and checks. The agent's standing is looked up at every
 * call, as a token's would be. After `close` every call answers `unavailable`.
 */
export function inProcessTransport(workspace: SyncMethods, desk: Desk): SyncTransport {
  const stops = new Set<() => void>();
  let open = true;
  const call = async <T>(
    work: (current: Desk) => Promise<Result<T, WireError>>,
  ): Promise<Result<T, WireError>> => {
    if (!open) return err({ type: 'unavailable' });
    const current = await workspace.deskOf(desk.agentId);
    return current === null ? err({ type: 'unauthorized' }) : work(current);
  };
  return {
    hello: () => call(async (current) => ok(workspace.hello(current))),
    push: (request) => call((current) => workspace.push(current, request)),
    pull: (request) => call((current) => workspace.pull(current, request)),
    bootstrap: (request) => call((current) => workspace.bootstrap(current, request)),
    who: (request) => call((current) => workspace.who(current, request)),
    listen: (onPoke, onLink) => {
      const stop = workspace.onHead((head) => onPoke({ head }));
      stops.add(stop);
      onLink(open);
      return () => {
        stop();
        stops.delete(stop);
      };
    },
    close: () => {
      open = false;
      for (const stop of stops) stop();
      stops.clear();
    },
  };
}
