import { useSyncExternalStore } from 'react';

/**
 * How much fits beside each other (pixels of the window): from 1280 all four regions; from 1120 with the sidebar folded;
 * below that the profile lies over the thread; below 860 list and thread take turns.
 */
export type LayoutMode = 'full' | 'folded' | 'overlay' | 'stack';

export function layoutModeOf(width: number): LayoutMode {
  if (width >= 1280) return 'full';
  if (width >= 1120) return 'folded';
  return width >= 860 ? 'overlay' : 'stack';
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('resize', onChange);
  return () => window.removeEventListener('resize', onChange);
}

export function useLayoutMode(): LayoutMode {
  return useSyncExternalStore(subscribe, () => layoutModeOf(window.innerWidth));
}
