import type { LayoutMode } from './layout-mode.ts';
import { type Preferences, WIDTHS } from './preferences.ts';
import { isPage, type ScreenState } from './screen-store.ts';

/** Which regions are seen, and how. */
export interface Arrangement {
  readonly sidebar: number;
  readonly list: boolean;
  readonly thread: boolean;
  readonly profile: 'beside' | 'over' | 'away';
}

/** Whether list and thread take turns instead of standing side by side: in a narrow window, in a table, on a page. */
export function takesTurns(
  mode: LayoutMode,
  listMode: Preferences['listMode'],
  place: ScreenState['place'],
): boolean {
  return mode === 'stack' || isPage(place) || (listMode === 'table' && place === 'queue');
}

/** Decides it from the window's width, the reader's preferences and what is open. */
export function arrange(
  mode: LayoutMode,
  preferences: Pick<Preferences, 'sidebarWidth' | 'sidebarCollapsed' | 'profileShown' | 'listMode'>,
  screen: Pick<ScreenState, 'openId' | 'stacked' | 'profileOver' | 'place'>,
): Arrangement {
  const folded = mode !== 'full' || preferences.sidebarCollapsed;
  const sidebar = folded ? WIDTHS.sidebar.collapsed : preferences.sidebarWidth;
  const turns = takesTurns(mode, preferences.listMode, screen.place);
  const list = !turns || screen.stacked === 'list';
  const thread = !turns || screen.stacked === 'thread';
  const hasProfile = screen.openId !== null && thread;
  if (mode === 'full' || mode === 'folded') {
    return { sidebar, list, thread, profile: hasProfile && preferences.profileShown ? 'beside' : 'away' };
  }
  return { sidebar, list, thread, profile: hasProfile && screen.profileOver ? 'over' : 'away' };
}
