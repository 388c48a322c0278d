/** The desktop app's own scheme: the page is never a file. */
export const APP_SCHEME = 'handoff-app';
/** The page's origin in the desktop app. */
export const APP_ORIGIN = `${APP_SCHEME}://desk`;
/** Links from outside: `handoff://conversation/<id>`, `handoff://view/<id>`, `handoff://list/<filters>` (links.ts). */
export const LINK_SCHEME = 'handoff';

/** The one channel between preload and main process: carries the far end of the page's port, and nothing else. */
export const CONNECT_CHANNEL = 'handoff:connect';
/** What the page says to ask the preload for a port to the engine. */
export const ASK_MESSAGE = 'handoff:ask';
/** What the preload says to the page with the near end of a new port. */
export const PORT_MESSAGE = 'handoff:port';
