import type { MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from './texts.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu of the app, in the words handed in: Electron's own labels are English. `devTools` adds what developers need. */
export function menuTemplate(
  texts: ShellTexts,
  isMac: boolean,
  devTools: boolean,
): MenuItemConstructorOptions[] {
  const words = texts.menu;
  const item = (role: Role, label: string): MenuItemConstructorOptions => ({ role, label });
  const quit = item('quit', words.quit);
  const app: MenuItemConstructorOptions = {
    label: 'Handoff',
    submenu: [
      item('about', words.about),
      SEPARATOR,
      item('hide', words.hide),
      item('hideOthers', words.hideOthers),
      item('unhide', words.showAll),
      SEPARATOR,
      quit,
    ],
  };
  const close = item('close', texts.shell.closeWindow);
  return [
    ...(isMac ? [app] : []),
    { label: words.file, submenu: isMac ? [close] : [close, SEPARATOR, quit] },
    {
      label: words.edit,
      submenu: [
        item('undo', words.undo),
        item('redo', words.redo),
        SEPARATOR,
        item('cut', words.cut),
        item('copy', words.copy),
        item('paste', words.paste),
        item('selectAll', words.selectAll),
      ],
    },
    {
      label: words.view,
      submenu: [
        item('resetZoom', words.zoomReset),
        item('zoomIn', words.zoomIn),
        item('zoomOut', words.zoomOut),
        SEPARATOR,
        item('togglefullscreen', words.fullScreen),
        ...(devTools ? [SEPARATOR, item('toggleDevTools', texts.shell.developerTools)] : []),
      ],
    },
    {
      label: words.window,
      submenu: [item('minimize', words.minimize), ...(isMac ? [item('front', words.front)] : [])],
    },
  ];
}
