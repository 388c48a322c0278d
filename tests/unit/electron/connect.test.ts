import type { MessagePortMain } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { acceptPorts } from '../../../electron/main/connect.ts';
import { CONNECT_CHANNEL } from '../../../src/protocol/shell/names.ts';
import { ipcMain } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).fakeElectron);

class FakePort {
  closed = false;
  close(): void {
    this.closed = true;
  }
}

interface Sent {
  url?: string;
  ours?: boolean;
  /** Sent by a frame inside the page. */
  subframe?: boolean;
  gone?: boolean;
  ports?: number;
}

/** Sends one message over the app's channel; answers the ports taken and the ports closed. */
function send({ url = 'handoff-app://desk/', ours = true, subframe = false, gone = false, ports = 1 }: Sent) {
  ipcMain.removeAllListeners();
  const taken: unknown[] = [];
  const sender = { mainFrame: { url } };
  acceptPorts(
    (contents) => ours && Object.is(contents, sender),
    (port: MessagePortMain) => taken.push(port),
  );
  expect(ipcMain.eventNames()).toEqual([CONNECT_CHANNEL]);
  const sent = Array.from({ length: ports }, () => new FakePort());
  const senderFrame = gone ? null : subframe ? { url } : sender.mainFrame;
  ipcMain.emit(CONNECT_CHANNEL, { sender, senderFrame, ports: sent });
  return { taken: taken.length, closed: sent.filter((port) => port.closed).length };
}

describe("the app's one channel", () => {
  test('takes one port from the main frame of our window on our page', () => {
    expect(send({})).toEqual({ taken: 1, closed: 0 });
    expect(send({ url: 'handoff-app://desk/#/c/1' })).toEqual({ taken: 1, closed: 0 });
  });

  test.each<[string, Sent]>([
    ['another window', { ours: false }],
    ['a frame inside the page', { subframe: true }],
    ['a frame that is gone', { gone: true }],
    ['a foreign page', { url: 'https://example.com/' }],
    ['a page of another host of our scheme', { url: 'handoff-app://evil/' }],
    ['a local file', { url: 'file:///tmp/page.html' }],
    ['no page at all', { url: '' }],
  ])('a port from %s is closed', (_name, message) => {
    expect(send(message)).toEqual({ taken: 0, closed: 1 });
  });

  test('none, or more than one, is not taken', () => {
    expect(send({ ports: 0 })).toEqual({ taken: 0, closed: 0 });
    expect(send({ ports: 3 })).toEqual({ taken: 0, closed: 3 });
  });
});
