import type { Rng } from '../../../src/base/rng.ts';
import { deskContract } from '../../../src/protocol/rpc/contract.ts';
import { APP_SCHEME } from '../../../src/protocol/shell/names.ts';
import { type DeskClient, deskClient, linkState } from './desk-client.ts';
import { askForPort, openWebSocket } from './ports.ts';
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

/** Connects to the engine of the desktop app, through the port its preload hands over; comes back when the engine does. */
export function connectByShell(page: Window, rng: Rng): DeskClient {
  const link = linkState(false);
  const rpc = reconnectingRpc({
    contract: deskContract,
    open: async () => askForPort(page),
    rng,
    onState: (state) => link.set(state === 'connected'),
  });
  return deskClient(rpc, link);
}

/** Connects to whichever engine this page came with: the desktop app's or the browser host's. */
export function connectEngine(page: Window, rng: Rng): DeskClient {
  const isDesktop = page.location.protocol === `${APP_SCHEME}:`;
  return isDesktop ? connectByShell(page, rng) : connectByWebSocket(page.location, rng);
}
