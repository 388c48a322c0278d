import { takesTurns } from './arrange.ts';
import { useLayoutMode } from './layout-mode.ts';
import { usePreference, useScreen } from './stores.tsx';

/** What the screen shows of the two that take turns; null where list and thread stand side by side. */
export function useTurns(): 'list' | 'thread' | null {
  const mode = useLayoutMode();
  const listMode = usePreference((preferences) => preferences.listMode);
  const place = useScreen((screen) => screen.place);
  const stacked = useScreen((screen) => screen.stacked);
  return takesTurns(mode, listMode, place) ? stacked : null;
}
