import { afterEach, describe, expect, test, vi } from 'vitest';
import { askForPort, messagePort, openWebSocket } from '../../../../renderer/desk/engine/ports.ts';
import { connectRpc } from '../../../../renderer/desk/engine/rpc-client.ts';
import { ASK_MESSAGE, PORT_MESSAGE } from '../../../../src/protocol/shell/names.ts';
import { contract, served } from '../../../contract/rpc/rpc-support.ts';

/** A page's window: messages come back to itself, as `postMessage` to one's own window does. */
class FakePage extends EventTarget {
  readonly said: unknown[] = [];
  postMessage(data: unknown): void {
    this.said.push(data);
  }
  hear(data: unknown, ports: MessagePort[], source: unknown = this): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }));
  }
}

function asWindow(page: FakePage): Window {
  return page as unknown as Window;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("the desktop app's port", () => {
  test('carries calls both ways, and says when the other end is gone', async () => {
    const { port1, port2 } = new MessageChannel();
    const { session } = served(messagePort(port2));
    let lost = 0;
    const client = connectRpc(messagePort(port1), contract, () => {
      lost += 1;
    });
    expect(await client.call('add', { a: 1, b: { c: 2 } })).toBe(3);
    const pending = client.call('wait', {});
    session.close();
    await expect(pending).rejects.toMatchObject({ code: 'portLost' });
    expect(lost).toBe(1);
  });

  test('is asked for, and only the answer of this very window counts', async () => {
    const page = new FakePage();
    const { port1, port2 } = new MessageChannel();
    served(messagePort(port2));
    const asked = askForPort(asWindow(page));
    expect(page.said).toEqual([ASK_MESSAGE]);
    const foreign = new MessageChannel();
    page.hear(PORT_MESSAGE, [foreign.port1], { another: 'window' });
    page.hear('something else', [foreign.port1]);
    page.hear(PORT_MESSAGE, []);
    page.hear(PORT_MESSAGE, [port1]);
    const client = connectRpc(await asked, contract);
    expect(await client.call('echo', { value: 'ours' })).toBe('ours');
    client.close();
    foreign.port1.close();
  });

  test('that never comes is a failure to connect, not a wait for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = askForPort(asWindow(new FakePage()));
    vi.advanceTimersByTime(5_000);
    await expect(asked).rejects.toThrow(/no port/);
  });
});

test('a socket that nobody accepts is a failure to connect', async () => {
  await expect(openWebSocket('ws://127.0.0.1:1/')).rejects.toThrow(/closed before/);
});
