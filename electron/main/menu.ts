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
  const item = (role: Role, key: keyof ShellTexts): MenuItemConstructorOptions => ({
    role,
    label: texts[key],
  });
  const quit = item('quit', 'menu.quit');
  const app: MenuItemConstructorOptions = {
    label: 'Handoff',
    submenu: [
      item('about', 'menu.about'),
      SEPARATOR,
      item('hide', 'menu.hide'),
      item('hideOthers', 'menu.hideOthers'),
      item('unhide', 'menu.showAll'),
      SEPARATOR,
      quit,
    ],
  };
  const close = item('close', 'menu.close');
  return [
    ...(isMac ? [app] : []),
    { label: texts['menu.file'], submenu: isMac ? [close] : [close, SEPARATOR, quit] },
    {
      label: texts['menu.edit'],
      submenu: [
        item('undo', 'menu.undo'),
        item('redo', 'menu.redo'),
        SEPARATOR,
        item('cut', 'menu.cut'),
        item('copy', 'menu.copy'),
        item('paste', 'menu.paste'),
        item('selectAll', 'menu.selectAll'),
      ],
    },
    {
      label: texts['menu.view'],
      submenu: [
        item('resetZoom', 'menu.actualSize'),
        item('zoomIn', 'menu.zoomIn'),
        item('zoomOut', 'menu.zoomOut'),
        SEPARATOR,
        item('togglefullscreen', 'menu.fullScreen'),
        ...(devTools ? [SEPARATOR, item('toggleDevTools', 'menu.developerTools')] : []),
      ],
    },
    {
      label: texts['menu.window'],
      submenu: [item('minimize', 'menu.minimize'), ...(isMac ? [item('front', 'menu.allToFront')] : [])],
    },
  ];
}
