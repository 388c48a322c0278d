import { ipcMain, type MessagePortMain, type WebContents } from 'electron';
import { CONNECT_CHANNEL } from '../../src/protocol/shell/names.ts';
import { isOwnPage } from './page-protocol.ts';

/**
 * Listens on the app's one channel: a page hands over the far end of its port. Taken from the main frame of a window that
 * `isOurs`, on our page, with exactly one port; anything else is closed.
 */
export function acceptPorts(
  isOurs: (sender: WebContents) => boolean,
  take: (port: MessagePortMain) => void,
): void {
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const [port, ...others] = event.ports;
    const frame = event.senderFrame;
    const trusted =
      frame !== null && isOurs(event.sender) && frame === event.sender.mainFrame && isOwnPage(frame.url);
    if (trusted && port !== undefined && others.length === 0) take(port);
    else for (const each of event.ports) each.close();
  });
}
