import type { ReactNode } from 'react';

/**
 * What fills the four regions. Each feature exports one component without props and is named here, once: the shell knows
 * regions, not features.
 */
export interface Regions {
  readonly Sidebar: () => ReactNode;
  readonly List: () => ReactNode;
  readonly Thread: () => ReactNode;
  readonly Profile: () => ReactNode;
}

function Vacant(): ReactNode {
  return null;
}

export const REGIONS: Regions = { Sidebar: Vacant, List: Vacant, Thread: Vacant, Profile: Vacant };
