import type { MessagePort } from 'node:worker_threads';
import type { WebSocket } from 'ws';
import { MAX_FRAME_BYTES } from '../../protocol/rpc/frames.ts';
import type { RpcPort } from '../../protocol/rpc/port.ts';

/** What we use of Electron's `MessagePortMain`: its messages arrive as `event.data`. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A port of a Node worker or channel. */
export function nodePort(port: MessagePort): RpcPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (receive) => port.on('message', receive),
    onClose: (closed) => port.on('close', closed),
    close: () => port.close(),
  };
}

/** A port of Electron's main or utility process. Reading starts with the first `onMessage`. */
export function electronPort(port: ElectronPort): RpcPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (receive) => {
      port.on('message', (event) => receive(event.data));
      port.start();
    },
    onClose: (closed) => port.on('close', closed),
    close: () => port.close(),
  };
}

/** The server's end of a WebSocket: JSON text. Binary and oversized messages arrive as undefined, like broken JSON. */
export function wsPort(socket: WebSocket, maxBytes: number = MAX_FRAME_BYTES): RpcPort {
  // A socket without an error listener would throw on a peer's bad frame; `close` follows each error.
  socket.on('error', () => undefined);
  return {
    post: (message) => {
      const text = JSON.stringify(message);
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage: (receive) =>
      socket.on('message', (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
        const text =
          isBinary || !Buffer.isBuffer(data) || data.length > maxBytes ? null : data.toString('utf8');
        receive(text === null ? undefined : decoded(text));
      }),
    onClose: (closed) => socket.on('close', closed),
    close: () => socket.close(),
  };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
