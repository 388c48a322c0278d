import type { RpcPort } from '../../../src/protocol/rpc/port.ts';

/** A message port handed over by the preload. Chromium says `close` when the other end is gone. */
export function messagePort(port: MessagePort): RpcPort {
  let closed = (): void => undefined;
  return {
    post: (message) => port.postMessage(message),
    onMessage: (receive) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
      port.start();
    },
    onClose: (callback) => {
      closed = callback;
      port.addEventListener('close', callback);
    },
    close: () => {
      port.close();
      closed();
    },
  };
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
