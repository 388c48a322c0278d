import type { LayoutMode } from './layout-mode.ts';
import { type Preferences, WIDTHS } from './preferences.ts';
import type { ScreenState } from './screen-store.ts';

/** Which regions are seen, and how. */
export interface Arrangement {
  readonly sidebar: number;
  readonly list: boolean;
  readonly thread: boolean;
  readonly profile: 'beside' | 'over' | 'away';
}

/** Decides it from the window's width, the reader's preferences and what is open. */
export function arrange(
  mode: LayoutMode,
  preferences: Pick<Preferences, 'sidebarWidth' | 'sidebarCollapsed' | 'profileShown'>,
  screen: Pick<ScreenState, 'openId' | 'stacked' | 'profileOver'>,
): Arrangement {
  const folded = mode !== 'full' || preferences.sidebarCollapsed;
  const sidebar = folded ? WIDTHS.sidebar.collapsed : preferences.sidebarWidth;
  const hasProfile = screen.openId !== null;
  if (mode === 'full' || mode === 'folded') {
    const profile = hasProfile && preferences.profileShown ? 'beside' : 'away';
    return { sidebar, list: true, thread: true, profile };
  }
  const profile = hasProfile && screen.profileOver ? 'over' : 'away';
  if (mode === 'overlay') return { sidebar, list: true, thread: true, profile };
  return { sidebar, list: screen.stacked === 'list', thread: screen.stacked === 'thread', profile };
}
