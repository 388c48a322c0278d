import { readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, screen, type WebContents } from 'electron';
import { pageAddress } from './deep-links.ts';
import { windowOptions } from './window-options.ts';
import { restoredState, savedState } from './window-state.ts';

export interface WindowFiles {
  readonly preload: string;
  /** Where the window's place is kept between runs. */
  readonly state: string;
}

/** The app's one window. */
export interface MainWindow {
  /** Brings it to the front, made anew when it was closed; shows a place, or what it showed before. */
  show(place: string | null): void;
  /** Whether these are the contents of the app's own window. */
  owns(contents: WebContents): boolean;
}

/** Makes the keeper of the window; nothing is shown yet. */
export function mainWindow(files: WindowFiles, devTools: boolean): MainWindow {
  let window: BrowserWindow | null = null;
  const open = (place: string | null): void => {
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const state = restoredState(readText(files.state), areas);
    const opened = new BrowserWindow(windowOptions(state, files.preload, devTools));
    window = opened;
    if (state.maximized) opened.maximize();
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', () =>
      writeText(files.state, savedState(opened.getNormalBounds(), opened.isMaximized())),
    );
    opened.on('closed', () => {
      window = null;
    });
    void opened.loadURL(pageAddress(place));
  };
  return {
    show: (place) => {
      if (window === null) {
        open(place);
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      // Only the part after # differs, so the page stays and hears of it.
      if (place !== null) void window.loadURL(pageAddress(place));
    },
    owns: (contents) => window !== null && contents === window.webContents,
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The place of a window is no reason to stop anything: a disk that is full loses it. */
function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch {
    // Next time it opens where it opened last.
  }
}
