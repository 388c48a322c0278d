import { httpTransport } from '../../desk/sync/http-transport.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { ConnectEmbedded, EngineError, WorkspaceLink } from '../engine.ts';
import { systemRng } from '../system.ts';
import { systemScheduler } from '../scheduler.ts';
import { startWorkspaceThread } from '../workspace/start-thread.ts';
import { readToken } from './desk-token.ts';

const THREAD = new URL('./workspace-thread.ts', import.meta.url);

type Report = (thrown: unknown, where: string) => string;

/**
 * Runs the embedded workspace in a thread and speaks with it over real HTTP and WebSocket on loopback. `onListening` hears
 * the workspace's origin. `httpPort` 0 takes a free port.
 */
export function connectEmbeddedByHttp(
  report: Report,
  httpPort: number,
  onListening: (origin: string) => void,
): ConnectEmbedded {
  return async (file, agentId) => {
    const thread = await startWorkspaceThread(THREAD, { file, agentId, httpPort }, report);
    if (!thread.ok) return thread;
    const { address, token } = thread.value;
    if (address === null || token === null)
      return err({ type: 'workspaceFailed', problem: 'its thread does not listen' });
    onListening(address);
    const link = linkTo(address, token);
    return ok({
      transport: link.transport,
      close: async () => {
        await link.close();
        await thread.value.close();
      },
    });
  };
}

/** Connects to a workspace elsewhere with the token in `tokenFile`. */
export async function connectRemote(
  url: string,
  tokenFile: string,
): Promise<Result<WorkspaceLink, EngineError>> {
  const token = readToken(tokenFile);
  if (token === null) return err({ type: 'workspaceFailed', problem: `no token in ${tokenFile}` });
  return ok(linkTo(url, token));
}

function linkTo(origin: string, token: string): WorkspaceLink {
  const transport = httpTransport({ origin, token, rng: systemRng, scheduler: systemScheduler });
  return { transport, close: async () => transport.close() };
}
