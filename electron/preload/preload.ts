import { ipcRenderer } from 'electron';
import { APP_SCHEME, ASK_MESSAGE, CONNECT_CHANNEL, PORT_MESSAGE } from '../../src/protocol/shell/names.ts';

// All that crosses between the page and the rest of the app: a message port for each asking. Its far end goes to the
// engine through the main process, its near end to the page. Nothing is put on the page's globals.
if (window.location.protocol === `${APP_SCHEME}:`) {
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== ASK_MESSAGE) return;
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(CONNECT_CHANNEL, null, [port2]);
    // To this very window, which shows our own page and no other.
    window.postMessage(PORT_MESSAGE, '*', [port1]);
  });
}
