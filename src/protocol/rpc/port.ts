/**
 * One end of a two-way line: message ports and WebSockets look alike through it. `post` after the end of the line does
 * nothing. `onMessage` is set once, and reading starts with it. Each `onClose` callback is called once, also by `close()`.
 */
export interface RpcPort {
  /** Throws only when the message cannot be copied or written as JSON. */
  post(message: unknown): void;
  /** A message that could not be decoded arrives as undefined. */
  onMessage(receive: (message: unknown) => void): void;
  onClose(closed: () => void): void;
  close(): void;
}
