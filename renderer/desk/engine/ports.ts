import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import { ASK_MESSAGE, PORT_MESSAGE } from '../../../src/protocol/shell/names.ts';

/** The preload answers in the same turn of the event loop; longer means that there is none. */
const PORT_WAIT_MS = 5_000;

/** A message port handed over by the preload. Chromium says `close` when the other end is gone. */
export function messagePort(port: MessagePort): RpcPort {
  const closed = new Set<() => void>();
  const end = (): void => {
    for (const callback of closed) callback();
    closed.clear();
  };
  port.addEventListener('close', end);
  return {
    post: (message) => port.postMessage(message),
    onMessage: (receive) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
      port.start();
    },
    onClose: (callback) => void closed.add(callback),
    close: () => {
      port.close();
      end();
    },
  };
}

/** Asks the desktop app's preload for a port to the engine; each asking gives a new one. Rejects when none comes. */
export function askForPort(page: Window): Promise<RpcPort> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const [port] = event.ports;
      if (event.source !== page || event.data !== PORT_MESSAGE || port === undefined) return;
      stop();
      resolve(messagePort(port));
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('no port was handed over'));
    }, PORT_WAIT_MS);
    const stop = (): void => {
      clearTimeout(timer);
      page.removeEventListener('message', onMessage);
    };
    page.addEventListener('message', onMessage);
    page.postMessage(ASK_MESSAGE, '*');
  });
}

/** A browser's WebSocket that is open: JSON text. */
export function webSocketPort(socket: WebSocket): RpcPort {
  return {
    post: (message) => {
      const text = JSON.stringify(message);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage: (receive) =>
      socket.addEventListener('message', (event: MessageEvent<unknown>) => receive(decoded(event.data))),
    onClose: (closed) => socket.addEventListener('close', () => closed()),
    close: () => socket.close(),
  };
}

/** Opens a WebSocket; rejects when it cannot be opened. */
export function openWebSocket(url: string): Promise<RpcPort> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolve(webSocketPort(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error('the socket was closed before it was open')), {
      once: true,
    });
  });
}

function decoded(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
