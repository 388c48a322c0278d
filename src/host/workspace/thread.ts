// The embedded workspace of the desktop app: a thread beside the desk that speaks the sync protocol over message ports.
import '../node-guard.ts';
import { servePort } from '../../workspace/port-transport.ts';
import { nodePort } from '../rpc/ports.ts';
import { lineLog } from './open-workspace.ts';
import { runWorkspaceThread } from './run-thread.ts';

await runWorkspaceThread(async ({ workspace, desk, log }) => {
  // No listener anywhere: customers reach nothing here, and surveys stay (Q5).
  await workspace.listensAt(null);
  const stops: (() => void)[] = [];
  return {
    address: null,
    token: null,
    receive: (message) => {
      if (message.type !== 'port') return;
      stops.push(servePort(nodePort(message.port), workspace, desk, lineLog(log)));
    },
    close: async () => {
      for (const stop of stops) stop();
    },
  };
});
