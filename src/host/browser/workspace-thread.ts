// The embedded workspace of the browser host: a thread beside the desk that answers HTTP and WebSocket on loopback.
import '../node-guard.ts';
import { createWorkspaceServer } from '../../workspace/server/server.ts';
import { messengerPages } from '../messenger/pages.ts';
import { lineLog } from '../workspace/open-workspace.ts';
import { runWorkspaceThread } from '../workspace/run-thread.ts';
import { deskToken } from './desk-token.ts';

await runWorkspaceThread(async ({ workspace, desk, start, log }) => {
  const pages = messengerPages();
  const server = await createWorkspaceServer(workspace, { log: lineLog(log), pages });
  const { origin } = await server.listen({ host: '127.0.0.1', port: start.httpPort });
  await workspace.listensAt(origin);
  return {
    address: origin,
    token: await deskToken(workspace, desk.agentId, `${start.file}.desk-token`),
    receive: () => undefined,
    close: () => server.close(),
  };
});
