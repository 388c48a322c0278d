import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of bytes between a desk and its workspace. */
export type LinkMode =
  | 'pass'
  /** Everything is swallowed: no answer, no end, as behind a train's dead cell. New connections open and stay silent. */
  | 'blackHole'
  /** Connections are cut, and new ones cut at once. */
  | 'cut';

/** A proxy that can do to a link what networks do. Answers and questions alike. */
export interface FaultProxy {
  /** `127.0.0.1:PORT`: what the workspace must answer to (`--public-host`). */
  readonly host: string;
  readonly origin: string;
  /** Where the workspace listens; connections before this is known wait. */
  setTarget(port: number): void;
  setMode(mode: LinkMode): void;
  /** Cuts the next answer off after this many bytes. */
  tearNextAnswer(bytes: number): void;
  /** Milliseconds that each piece of an answer waits. */
  setDelay(millis: number): void;
  /** Connections made so far. */
  readonly connections: number;
  close(): Promise<void>;
}

interface Pair {
  readonly desk: Socket;
  readonly workspace: Socket;
}

class Proxy {
  readonly pairs = new Set<Pair>();
  mode: LinkMode = 'pass';
  delay = 0;
  tearAfter: number | null = null;
  port = 0;
  connections = 0;

  accept(desk: Socket): void {
    this.connections += 1;
    desk.on('error', () => undefined);
    if (this.mode === 'cut') {
      desk.destroy();
      return;
    }
    const workspace = connect(this.port, '127.0.0.1');
    const pair = { desk, workspace };
    this.pairs.add(pair);
    const end = (): void => {
      // In a black hole nobody hears that the other side has gone.
      if (this.mode === 'blackHole') return;
      this.#end(pair);
    };
    workspace.on('error', end);
    workspace.on('close', end);
    desk.on('close', end);
    desk.on('data', (bytes) => this.#pass(bytes, workspace, false));
    workspace.on('data', (bytes) => this.#pass(bytes, desk, true));
  }

  cutAll(): void {
    for (const pair of [...this.pairs]) this.#end(pair);
  }

  #end(pair: Pair): void {
    this.pairs.delete(pair);
    pair.desk.destroy();
    pair.workspace.destroy();
  }

  #pass(bytes: Buffer, to: Socket, isAnswer: boolean): void {
    if (this.mode !== 'pass') return;
    if (isAnswer && this.tearAfter !== null) {
      const part = bytes.subarray(0, this.tearAfter);
      this.tearAfter = null;
      to.write(part, () => to.destroy());
      return;
    }
    if (this.delay === 0) to.write(bytes);
    else setTimeout(() => to.destroyed || to.write(bytes), this.delay);
  }
}

/** Starts a proxy on a free port of loopback; nothing passes before `setTarget`. */
export async function startFaultProxy(): Promise<FaultProxy> {
  const proxy = new Proxy();
  const server: Server = createServer((socket) => proxy.accept(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    setTarget: (target) => {
      proxy.port = target;
    },
    setMode: (mode) => {
      const before = proxy.mode;
      proxy.mode = mode;
      // What fell into a hole is gone: both ends find out when the link is back.
      if (mode === 'cut' || (before === 'blackHole' && mode === 'pass')) proxy.cutAll();
    },
    tearNextAnswer: (bytes) => {
      proxy.tearAfter = bytes;
    },
    setDelay: (millis) => {
      proxy.delay = millis;
    },
    get connections() {
      return proxy.connections;
    },
    close: async () => {
      proxy.cutAll();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
