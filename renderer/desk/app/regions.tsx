import type { ReactNode } from 'react';
import { InboxPane } from '../features/inbox/inbox-pane.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';

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

export const REGIONS: Regions = { Sidebar, List: InboxPane, Thread: Vacant, Profile: Vacant };
