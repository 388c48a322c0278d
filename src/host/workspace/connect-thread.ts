import { MessageChannel } from 'node:worker_threads';
import { ok } from '../../base/result.ts';
import { portTransport } from '../../workspace/port-transport.ts';
import type { ConnectEmbedded } from '../engine.ts';
import { nodePort } from '../rpc/ports.ts';
import { startWorkspaceThread } from './start-thread.ts';

/** Runs the embedded workspace in the thread of `entry` and speaks with it over a message port: no listener anywhere. */
export function connectByThread(
  entry: URL,
  report: (thrown: unknown, where: string) => string,
): ConnectEmbedded {
  return async (file, agentId) => {
    const thread = await startWorkspaceThread(entry, { file, agentId, httpPort: 0 }, report);
    if (!thread.ok) return thread;
    const { port1, port2 } = new MessageChannel();
    thread.value.worker.postMessage({ type: 'port', port: port2 }, [port2]);
    const transport = portTransport(nodePort(port1));
    return ok({
      transport,
      close: async () => {
        transport.close();
        await thread.value.close();
      },
    });
  };
}
