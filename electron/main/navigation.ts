import type { WebContents } from 'electron';
import { externalAddress } from './external-links.ts';
import { isOwnPage } from './page-protocol.ts';

export type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/**
 * Keeps a page where it is: no other page, no frame, no new window, no web view. Links that may leave the app go to
 * `openExternal`, in the system's browser.
 */
export function guardNavigation(contents: GuardedContents, openExternal: (address: string) => void): void {
  const leave = (link: string): void => {
    const address = externalAddress(link);
    if (address !== null) openExternal(address);
  };
  contents.setWindowOpenHandler(({ url }) => {
    leave(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (details) => {
    if (details.isMainFrame && isOwnPage(details.url)) return;
    details.preventDefault();
    if (details.isMainFrame) leave(details.url);
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
