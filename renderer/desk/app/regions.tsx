import type { ReactNode } from 'react';
import { ListRegion } from './list-region.tsx';
import { ProfilePane } from '../features/profile/profile-pane.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { ThreadPane } from '../features/thread/thread-pane.tsx';

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

export const REGIONS: Regions = { Sidebar, List: ListRegion, Thread: ThreadPane, Profile: ProfilePane };
