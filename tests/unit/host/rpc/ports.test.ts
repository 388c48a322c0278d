import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { RpcPort } from '../../../../src/protocol/rpc/port.ts';
import { type ElectronPort, electronPort } from '../../../../src/host/rpc/ports.ts';
import { connectRpc } from '../../../../renderer/desk/engine/rpc-client.ts';
import { contract, memoryLine, served } from '../../../contract/rpc/rpc-support.ts';

/** A port as Electron's main and utility processes have it, over one end of a line in memory. */
class FakePortMain extends EventEmitter implements ElectronPort {
  started = 0;
  readonly #port: RpcPort;
  constructor(port: RpcPort) {
    super();
    this.#port = port;
    port.onMessage((data) => this.emit('message', { data }));
    port.onClose(() => this.emit('close'));
  }
  postMessage(message: unknown): void {
    this.#port.post(message);
  }
  start(): void {
    this.started += 1;
  }
  close(): void {
    this.#port.close();
  }
}

test("a port of Electron's processes carries calls as event.data, is started, and closes", async () => {
  const line = memoryLine();
  const port = new FakePortMain(line.server);
  const { session } = served(electronPort(port));
  expect(port.started).toBe(1);
  const client = connectRpc(line.client, contract);
  expect(await client.call('add', { a: 1, b: { c: 2 } })).toBe(3);
  const lost = client.call('wait', {});
  session.close();
  await expect(lost).rejects.toMatchObject({ code: 'portLost' });
});
