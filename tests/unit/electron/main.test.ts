import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { must } from '../../../src/base/must.ts';
import { CONNECT_CHANNEL } from '../../../src/protocol/shell/names.ts';
import {
  app,
  FakeChild,
  FakeWindow,
  fakeElectron,
  ipcMain,
  network,
  powerMonitor,
  ready,
  recorded,
  runMain,
} from './fake-electron.ts';

vi.mock('electron', () => fakeElectron);

let userData = '';

function window(index = 0): FakeWindow {
  return must(FakeWindow.all[index], `window ${index}`);
}

function child(): FakeChild {
  return must(FakeChild.all[0], 'engine process');
}

class FakePort {
  closed = false;
  close(): void {
    this.closed = true;
  }
}

function connectFrom(sender: FakeWindow['webContents'], port: FakePort): void {
  ipcMain.emit(CONNECT_CHANNEL, { sender, senderFrame: sender.mainFrame, ports: [port] });
}

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'handoff-app-'));
  onTestFinished(() => rmSync(userData, { recursive: true, force: true }));
});

describe('before the app is ready', () => {
  test('the sandbox is on for all, and the scheme is standard, secure and nothing more', async () => {
    await runMain({ userData });
    expect(app.calls[0]).toBe('enableSandbox');
    expect(recorded.schemes).toEqual([
      { scheme: 'handoff-app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(FakeWindow.all).toEqual([]);
  });

  test('a second instance ends at once and opens nothing', async () => {
    await runMain({ userData, isFirst: false });
    expect(app.calls).toEqual(['enableSandbox', 'quit']);
    expect(app.listenerCount('second-instance')).toBe(0);
  });

  test('a data folder of its own is an app of its own', async () => {
    await runMain({ userData, args: ['.', '--data', userData] });
    expect(app.userData).toBe(join(userData, 'app'));
    await ready();
    expect(child().heard[0]).toEqual({ type: 'start', dataDir: userData, version: '1.2.3', remote: null });
  });
});

describe('the window', () => {
  test('every one constructed is shut in', async () => {
    await runMain({ userData });
    await ready();
    window().emit('closed');
    app.emit('activate');
    expect(FakeWindow.all).toHaveLength(2);
    for (const { options } of FakeWindow.all) {
      expect(options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: false,
      });
      expect(options.webPreferences?.preload).toMatch(/preload[/\\]preload\.cjs$/);
      expect(options.show).toBe(false);
    }
  });

  test('is made in one place', () => {
    const root = join(import.meta.dirname, '../../../electron');
    const makers = globSync('**/*.ts', { cwd: root }).filter((file) =>
      /new (?:BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
    expect(makers).toEqual([join('main', 'windows.ts')]);
  });

  test('shows our page when it is ready, and its contents are guarded', async () => {
    await runMain({ userData });
    await ready();
    expect(window().calls).toEqual(['load handoff-app://desk/']);
    window().emit('ready-to-show');
    expect(window().calls.at(-1)).toBe('show');
    expect(window().webContents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(recorded.opened).toEqual(['https://example.com/']);
    expect(window().webContents.listenerCount('will-navigate')).toBe(1);
    expect(recorded.session.toSorted()).toEqual(['check', 'device', 'display', 'network', 'request']);
  });

  test('comes back where it was closed', async () => {
    await runMain({ userData });
    await ready();
    window().emit('close');
    window().emit('closed');
    app.emit('activate');
    expect(window(1).options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
  });

  test('a place that cannot be written is no reason to stop', async () => {
    await runMain({ userData: join(userData, 'missing') });
    await ready();
    expect(() => window().emit('close')).not.toThrow();
  });

  test('developers get their tools only where the app is not packaged', async () => {
    await runMain({ userData, isPackaged: false });
    await ready();
    expect(window().options.webPreferences?.devTools).toBe(true);
    expect(JSON.stringify(recorded.menu)).toContain('toggleDevTools');
    expect(app.calls).not.toContain('client of handoff');
  });
});

describe('links and later instances', () => {
  test('a second instance brings the first to the front, with the conversation it names', async () => {
    await runMain({ userData });
    await ready();
    window().minimized = true;
    app.emit('second-instance', {}, ['handoff', 'handoff://c/conv-9']);
    expect(window().calls.slice(1)).toEqual([
      'restore',
      'show',
      'focus',
      'load handoff-app://desk/#/c/conv-9',
    ]);
    app.emit('second-instance', {}, ['handoff', 'handoff://view/leverans']);
    expect(window().calls.at(-1)).toBe('load handoff-app://desk/#/view/leverans');
    app.emit('second-instance', {}, ['handoff']);
    expect(window().calls.slice(-2)).toEqual(['show', 'focus']);
    expect(FakeWindow.all).toHaveLength(1);
  });

  test('a link that came before the app was ready is shown first', async () => {
    await runMain({ userData, args: ['handoff://c/cold'] });
    await ready();
    expect(window().calls).toEqual(['load handoff-app://desk/#/c/cold']);
  });

  test('macOS hands links over as an event, before or after', async () => {
    await runMain({ userData });
    let prevented = 0;
    const event = { preventDefault: () => (prevented += 1) };
    app.emit('open-url', event, 'handoff://c/early');
    await ready();
    expect(window().calls).toEqual(['load handoff-app://desk/#/c/early']);
    app.emit('open-url', event, 'handoff://conversation/late');
    app.emit('open-url', event, 'handoff://elsewhere');
    expect(window().calls.filter((call) => call.startsWith('load'))).toEqual([
      'load handoff-app://desk/#/c/early',
      'load handoff-app://desk/#/c/late',
    ]);
    expect(prevented).toBe(3);
  });
});

describe('the engine', () => {
  test('runs in a process of its own and gets the ports of our window alone', async () => {
    await runMain({ userData });
    await ready();
    expect(child().file).toMatch(/engine\.js$/);
    expect(child().heard[0]).toEqual({
      type: 'start',
      dataDir: join(userData, 'data'),
      version: '1.2.3',
      remote: null,
    });
    child().emit('message', { type: 'ready' });
    const [ours, foreign] = [new FakePort(), new FakePort()];
    connectFrom(window().webContents, ours);
    const other = new FakeWindow({});
    other.webContents.mainFrame.url = 'handoff-app://desk/';
    connectFrom(other.webContents, foreign);
    expect(child().ports).toEqual([ours]);
    expect(foreign.closed).toBe(true);
  });

  test('the app answers one channel', async () => {
    await runMain({ userData });
    await ready();
    expect(ipcMain.eventNames()).toEqual([CONNECT_CHANNEL]);
  });

  test('[Y8] hears that the machine woke up, with what the system says of the network', async () => {
    await runMain({ userData });
    await ready();
    child().emit('message', { type: 'ready' });
    powerMonitor.emit('resume');
    network.online = false;
    onTestFinished(() => {
      network.online = true;
    });
    powerMonitor.emit('resume');
    expect(child().heard.slice(-2)).toEqual([
      { type: 'woke', online: true },
      { type: 'woke', online: false },
    ]);
  });

  test('what is unread is the badge', async () => {
    await runMain({ userData });
    await ready();
    child().emit('message', { type: 'unread', count: 12 });
    expect(app.calls).toContain('badge 12');
  });

  test('[Y15] a newer file is told by the window, which gets its port all the same', async () => {
    await runMain({ userData });
    await ready();
    const port = new FakePort();
    connectFrom(window().webContents, port);
    child().emit('message', { type: 'failed', code: 'fromTheFuture' });
    expect(child().ports).toEqual([port]);
    expect(recorded.errors).toEqual([]);
    expect(app.calls).not.toContain('quit');
  });

  test("an engine that stops again and again is told in the system's language, and the app ends", async () => {
    await runMain({ userData });
    await ready();
    for (let stop = 0; stop < 4; stop += 1) FakeChild.all[stop]?.emit('exit', 1);
    expect(recorded.errors).toHaveLength(1);
    expect(recorded.errors[0]?.join(' ')).toMatch(/kunde inte startas.*engineStopped/);
    expect(app.calls.at(-1)).toBe('quit');
  });

  test('is closed before the app ends', async () => {
    await runMain({ userData });
    await ready();
    let prevented = 0;
    const event = { preventDefault: () => (prevented += 1) };
    app.emit('will-quit', event);
    expect(prevented).toBe(1);
    expect(child().heard.at(-1)).toEqual({ type: 'stop' });
    child().emit('exit', 0);
    await ready();
    expect(app.calls.at(-1)).toBe('quit');
    app.emit('will-quit', event);
    expect(prevented).toBe(1);
  });
});

describe('the page and the menu', () => {
  test('the scheme answers, and what is not there is 404', async () => {
    await runMain({ userData });
    await ready();
    const handler = must(recorded.handlers.get('handoff-app'), 'handler');
    const response = await handler({ url: 'handoff-app://desk/none.js', method: 'GET' } as Request);
    expect(response.status).toBe(404);
  });

  test("the menu is in the system's language, every item with a label or a line", async () => {
    await runMain({ userData });
    await ready();
    const items = recorded.menu.flatMap((menu) => [
      menu,
      ...(Array.isArray(menu.submenu) ? menu.submenu : []),
    ]);
    expect(items.length).toBeGreaterThan(15);
    expect(items.filter((item) => item.type !== 'separator' && !item.label)).toEqual([]);
    expect(items.map((item) => item.label)).toContain('Redigera');
  });
});
