import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import {
  app,
  dialog,
  Menu,
  type MessagePortMain,
  net,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { APP_SCHEME, LINK_SCHEME } from '../../src/protocol/shell/names.ts';
import { type ShellArguments, shellArguments } from './arguments.ts';
import { acceptPorts } from './connect.ts';
import { placeInArguments } from './deep-links.ts';
import { type EngineProcess, runEngineProcess } from './engine-process.ts';
import { menuTemplate } from './menu.ts';
import { guardNavigation } from './navigation.ts';
import { folderFiles } from './page-files.ts';
import { pageHandler } from './page-protocol.ts';
import { denyPermissions } from './permissions.ts';
import { watchWaking } from './power.ts';
import { saveFile } from './save-file.ts';
import { failureText, shellTexts } from './texts.ts';
import { type MainWindow, mainWindow } from './windows.ts';

// Built, this file is out/main/main.js.
const HERE = import.meta.dirname;
const PRELOAD = join(HERE, '../preload/preload.cjs');
const PAGE = join(HERE, '../renderer');
const ENGINE = join(HERE, 'engine.js');

/** Everything that must be said before the app is ready. */
function prepare(asked: ShellArguments): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  // A data folder of one's own is an app of one's own: its lock, its window's place.
  if (asked.dataDir !== null) app.setPath('userData', join(asked.dataDir, 'app'));
  app.on('web-contents-created', (_event, contents) =>
    guardNavigation(contents, (address) => void shell.openExternal(address)),
  );
}

/** Starts the engine's process; a failure is told and ends the app. */
function startEngine(asked: ShellArguments): EngineProcess<MessagePortMain> {
  return runEngineProcess<MessagePortMain>({
    fork: () => utilityProcess.fork(ENGINE, [], { serviceName: 'Handoff engine' }),
    start: {
      type: 'start',
      dataDir: asked.dataDir ?? join(app.getPath('userData'), 'data'),
      version: app.getVersion(),
      remote: asked.remote,
    },
    now: () => Date.now(),
    onUnread: (count) => app.setBadgeCount(count),
    onSave: (path, name) =>
      saveFile(
        {
          ask: (defaultPath) => dialog.showSaveDialog({ defaultPath }),
          copy: (from, to) => copyFile(from, to),
        },
        path,
        name,
      ),
    onFailed: (code) => {
      const texts = shellTexts(app.getPreferredSystemLanguages());
      dialog.showErrorBox(texts.shell['failed.title'], failureText(texts, code));
      app.quit();
    },
  });
}

/** Ends the engine before the app: what it has open is closed properly. */
function stopWithApp(engine: EngineProcess<MessagePortMain>): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}

function openApp(asked: ShellArguments, window: MainWindow): void {
  const texts = shellTexts(app.getPreferredSystemLanguages());
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(texts, process.platform === 'darwin', !app.isPackaged)),
  );
  denyPermissions(session.defaultSession);
  protocol.handle(
    APP_SCHEME,
    pageHandler(folderFiles(PAGE), () => randomBytes(16).toString('base64')),
  );
  const engine = startEngine(asked);
  acceptPorts(window.owns, engine.connect);
  watchWaking(powerMonitor, net, engine.woke);
  stopWithApp(engine);
  app.on('activate', () => window.show(null));
}

/** Runs the first instance: later ones hand their links over and end. */
function runApp(asked: ShellArguments): void {
  const files = { preload: PRELOAD, state: join(app.getPath('userData'), 'window.json') };
  const window = mainWindow(files, !app.isPackaged);
  let isOpen = false;
  let linked = placeInArguments(process.argv);
  const follow = (place: string | null): void => {
    if (isOpen) window.show(place);
    else linked = place ?? linked;
  };
  app.on('second-instance', (_event, args) => follow(placeInArguments(args)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    follow(placeInArguments([link]));
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  void app.whenReady().then(() => {
    openApp(asked, window);
    isOpen = true;
    window.show(linked);
  });
}

const asked = shellArguments(process.argv.slice(1));
prepare(asked);
if (app.requestSingleInstanceLock()) runApp(asked);
else app.quit();
