import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { ASK_MESSAGE, CONNECT_CHANNEL, PORT_MESSAGE } from '../../../src/protocol/shell/names.ts';

const SOURCE = join(import.meta.dirname, '../../../electron/preload/preload.ts');
let code = '';

/** A page's window with the preload run in it, as Electron does: a script that may require `electron` alone. */
function page(href: string) {
  const listeners: ((event: { source: unknown; data: unknown }) => void)[] = [];
  const toPage: { message: unknown; target: unknown; ports: unknown[] }[] = [];
  const toMain: { channel: string; message: unknown; ports: unknown[] }[] = [];
  const required: string[] = [];
  class MessageChannel {
    readonly port1 = { end: 'near' };
    readonly port2 = { end: 'far' };
  }
  const window = {
    location: new URL(href),
    addEventListener: (name: string, listener: (typeof listeners)[number]) => {
      if (name === 'message') listeners.push(listener);
    },
    postMessage: (message: unknown, target: unknown, ports: unknown[]) =>
      toPage.push({ message, target, ports }),
  };
  const electron = {
    ipcRenderer: {
      postMessage: (channel: string, message: unknown, ports: unknown[]) =>
        toMain.push({ channel, message, ports }),
    },
  };
  const require = (name: string): unknown => {
    required.push(name);
    return name === 'electron' ? electron : {};
  };
  const context = createContext({ window, MessageChannel, URL });
  const before = Object.keys(context);
  const run: unknown = runInContext(`(function (require, module, exports) {${code}\n})`, context);
  if (typeof run === 'function') Reflect.apply(run, undefined, [require, { exports: {} }, {}]);
  const added = Object.keys(context).filter((name) => !before.includes(name));
  const addedToWindow = Object.keys(window).filter(
    (name) => !['location', 'addEventListener', 'postMessage'].includes(name),
  );
  const say = (data: unknown, source: unknown = window): void => {
    for (const listener of listeners) listener({ source, data });
  };
  return { say, toPage, toMain, required, added: [...added, ...addedToWindow], listeners };
}

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rollupOptions: { input: SOURCE, external: ['electron'], output: { format: 'cjs' } },
    },
  });
  const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined;
  for (const chunk of output ?? []) if (chunk.type === 'chunk') code += chunk.code;
});

describe('the preload', () => {
  test('hands over one port for each asking, and puts nothing on the page', () => {
    const { say, toPage, toMain, required, added } = page('handoff-app://desk/');
    expect([toPage, toMain]).toEqual([[], []]);
    say(ASK_MESSAGE);
    expect(toMain).toEqual([{ channel: CONNECT_CHANNEL, message: null, ports: [{ end: 'far' }] }]);
    expect(toPage).toEqual([{ message: PORT_MESSAGE, target: '*', ports: [{ end: 'near' }] }]);
    say(ASK_MESSAGE);
    expect(toMain).toHaveLength(2);
    expect(required).toEqual(['electron']);
    expect(added).toEqual([]);
  });

  test('answers nobody but its own window, and nothing but the asking', () => {
    const { say, toPage, toMain } = page('handoff-app://desk/');
    say(ASK_MESSAGE, { another: 'window' });
    for (const data of [null, '', {}, { type: ASK_MESSAGE }, PORT_MESSAGE, CONNECT_CHANNEL]) say(data);
    expect([toPage, toMain]).toEqual([[], []]);
  });

  test.each(['https://example.com/', 'file:///page.html', 'about:blank'])('does nothing on %s', (href) => {
    const { say, listeners, toMain } = page(href);
    say(ASK_MESSAGE);
    expect(listeners).toEqual([]);
    expect(toMain).toEqual([]);
  });

  test('uses neither the context bridge nor a general way to send', () => {
    expect(code).not.toMatch(/contextBridge|\.send\(|\.invoke\(|sendSync/);
  });
});
