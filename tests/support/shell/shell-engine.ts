import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { WebSocket } from 'ws';
import { runEngine } from '../../../electron/engine/run-engine.ts';
import { loadAssets } from '../../../src/host/browser/assets.ts';
import { startDeskServer } from '../../../src/host/browser/desk-server.ts';
import { dataDirPaths } from '../../../src/host/data-dir.ts';
import { startEngine } from '../../../src/host/engine.ts';
import type { ElectronPort } from '../../../src/host/rpc/ports.ts';
import { newSecret } from '../../../src/host/system.ts';
import { connectByThread } from '../../../src/host/workspace/connect-thread.ts';
import { repositoryRoot } from '../host-process.ts';

export interface ShellEngine {
  /** Where its page is served. */
  readonly address: string;
  /** What the engine told its main process, by type. */
  readonly told: readonly string[];
  close(): Promise<void>;
}

/** The page's line as a port of Electron's. */
function portOver(socket: WebSocket): ElectronPort {
  return {
    postMessage: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) =>
      event === 'close'
        ? socket.on('close', () => listener({ data: null }))
        : socket.on('message', (data: Buffer) => listener({ data: JSON.parse(data.toString('utf8')) })),
    start: () => undefined,
    close: () => socket.close(),
  };
}

/**
 * The engine's process of the desktop app as it is, over a real data directory, with the built page. Only what carries the
 * messages is another: a WebSocket where Electron has a port.
 */
export async function startShellEngine(dataDir: string): Promise<ShellEngine> {
  const told: string[] = [];
  const parent = Object.assign(new EventEmitter(), {
    postMessage: (message: { readonly type: string }) => void told.push(message.type),
  });
  const exited = new Promise<void>((resolve) => {
    const thread = new URL('../../../src/host/workspace/thread.ts', import.meta.url);
    runEngine({
      parent,
      start: ({ dataDir: dir, version }) =>
        startEngine({
          paths: dataDirPaths(dir),
          version,
          sampleDir: path.join(repositoryRoot, 'resources/sample'),
          workspace: { kind: 'embedded', connect: connectByThread(thread, () => '') },
          report: () => '',
        }),
      report: () => undefined,
      exit: resolve,
    });
  });
  const say = (data: unknown, ports: readonly ElectronPort[] = []) => parent.emit('message', { data, ports });
  const server = await startDeskServer({
    port: 0,
    assets: await loadAssets(path.join(repositoryRoot, 'out/web')),
    newSecret,
    onSocket: (socket) => say({ type: 'connect' }, [portOver(socket)]),
  });
  say({ type: 'start', dataDir, version: '1.0.0', remote: null });
  return {
    address: server.address,
    told,
    close: async () => {
      await server.close();
      say({ type: 'stop' });
      await exited;
    },
  };
}
