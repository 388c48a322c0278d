import type { Rng } from '../../../src/base/rng.ts';
import { deskContract } from '../../../src/protocol/rpc/contract.ts';
import { type DeskClient, deskClient, linkState } from './desk-client.ts';
import { messagePort, openWebSocket } from './ports.ts';
import { connectRpc } from './rpc-client.ts';
import { reconnectingRpc } from './rpc-reconnect.ts';

/** Connects to the engine behind the browser host that served this page; comes back by itself when the line is lost. */
export function connectByWebSocket(location: Location, rng: Rng): DeskClient {
  const link = linkState(false);
  const url = new URL('/rpc', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const rpc = reconnectingRpc({
    contract: deskContract,
    open: async () => openWebSocket(url.href),
    rng,
    onState: (state) => link.set(state === 'connected'),
  });
  return deskClient(rpc, link);
}

/** Connects to the engine over the one port that Electron's preload handed over. */
export function connectByPort(port: MessagePort): DeskClient {
  const link = linkState(true);
  const rpc = connectRpc(messagePort(port), deskContract, () => link.set(false));
  return deskClient(rpc, link);
}
