import type { BrowserWindowConstructorOptions } from 'electron';
import { MIN_HEIGHT, MIN_WIDTH, type WindowState } from './window-state.ts';

/** How a window is made: the one place. The page gets no Node, no other world's objects, and one port by the preload. */
export function windowOptions(
  state: WindowState,
  preload: string,
  devTools: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: state.width,
    height: state.height,
    ...state.bounds,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Handoff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      plugins: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      // Its dictionaries would be fetched from a third party.
      spellcheck: false,
      devTools,
    },
  };
}
