import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';

/** What an app did to a window. */
export class FakeWebContents extends EventEmitter {
  readonly mainFrame: { url: string } = { url: '' };
  openHandler: ((details: { url: string }) => unknown) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
}

export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  readonly calls: string[] = [];
  minimized = false;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    this.calls.push(`load ${url}`);
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  maximize(): void {
    this.calls.push('maximize');
  }
  restore(): void {
    this.minimized = false;
    this.calls.push('restore');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.calls.includes('maximize');
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 10, y: 20, width: 900, height: 700 };
  }
}

export class FakeChild extends EventEmitter {
  static all: FakeChild[] = [];
  readonly heard: unknown[] = [];
  readonly ports: unknown[] = [];
  readonly file: string;
  readonly options: unknown;
  constructor(file: string, options: unknown) {
    super();
    this.file = file;
    this.options = options;
    FakeChild.all.push(this);
  }
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.heard.push(message);
    this.ports.push(...ports);
  }
  kill(): boolean {
    return true;
  }
}

/** The app, with what it was told, in order. */
class FakeApp extends EventEmitter {
  calls: string[] = [];
  isPackaged = true;
  isFirst = true;
  userData = '';
  becomeReady: () => void = () => {};
  enableSandbox(): void {
    this.calls.push('enableSandbox');
  }
  setPath(name: string, path: string): void {
    if (name === 'userData') this.userData = path;
  }
  getPath(): string {
    return this.userData;
  }
  getVersion(): string {
    return '1.2.3';
  }
  getPreferredSystemLanguages(): string[] {
    return ['sv-SE', 'en'];
  }
  requestSingleInstanceLock(): boolean {
    return this.isFirst;
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.calls.push(`client of ${scheme}`);
    return true;
  }
  setBadgeCount(count: number): boolean {
    this.calls.push(`badge ${count}`);
    return true;
  }
  quit(): void {
    this.calls.push('quit');
  }
  whenReady(): Promise<void> {
    return new Promise((resolve) => {
      this.becomeReady = resolve;
    });
  }
}

export const app = new FakeApp();
export const recorded = {
  schemes: [] as Electron.CustomScheme[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  errors: [] as string[][],
  opened: [] as string[],
  menu: [] as Electron.MenuItemConstructorOptions[],
  session: [] as string[],
};
export const ipcMain = new EventEmitter();
export const powerMonitor = new EventEmitter();
/** Whether the system says that there is a network. */
export const network = { online: true };

/** The module `electron`, as far as the shell uses it. A name that Electron does not have does not compile. */
export const fakeElectron = {
  app,
  ipcMain,
  powerMonitor,
  net: { isOnline: () => network.online },
  BrowserWindow: FakeWindow,
  Menu: {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
      recorded.menu = menu;
    },
  },
  dialog: { showErrorBox: (...texts: string[]) => recorded.errors.push(texts) },
  protocol: {
    registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => recorded.schemes.push(...schemes),
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      recorded.handlers.set(scheme, handler),
  },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_440, height: 900 } }] },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => recorded.session.push('request'),
      setPermissionCheckHandler: () => recorded.session.push('check'),
      setDevicePermissionHandler: () => recorded.session.push('device'),
      setDisplayMediaRequestHandler: () => recorded.session.push('display'),
      webRequest: { onBeforeRequest: () => recorded.session.push('network') },
    },
  },
  shell: { openExternal: (address: string) => recorded.opened.push(address) },
  utilityProcess: { fork: (file: string, _args: string[], options: unknown) => new FakeChild(file, options) },
} satisfies { [Name in keyof typeof Electron]?: unknown };

/** Runs the main process from its first line, with a fresh fake. */
export async function runMain(set: {
  args?: string[];
  isFirst?: boolean;
  userData: string;
  isPackaged?: boolean;
}): Promise<void> {
  app.removeAllListeners();
  ipcMain.removeAllListeners();
  powerMonitor.removeAllListeners();
  Object.assign(app, {
    calls: [],
    isPackaged: set.isPackaged ?? true,
    isFirst: set.isFirst ?? true,
    userData: set.userData,
  });
  Object.assign(recorded, {
    schemes: [],
    handlers: new Map(),
    errors: [],
    opened: [],
    menu: [],
    session: [],
  });
  FakeWindow.all = [];
  FakeChild.all = [];
  const before = process.argv;
  process.argv = ['electron', ...(set.args ?? [])];
  vi.resetModules();
  await import('../../../electron/main/main.ts');
  process.argv = before;
}

/** Lets the app become ready and everything that waited for it run. */
export async function ready(): Promise<void> {
  app.becomeReady();
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
