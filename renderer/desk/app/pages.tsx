import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { TextKey } from '../i18n/keys.ts';
import type { PagePlace } from './screen-store.ts';

export interface Page {
  /** The name of its landmark. */
  readonly label: TextKey;
  /** Loaded when it is first shown: the inbox does not wait for it. */
  readonly Content: LazyExoticComponent<ComponentType>;
}

/** The pages that fill everything right of the sidebar, by place. A conversation that is opened from one takes turns with it. */
export const PAGES: Readonly<Record<PagePlace, Page>> = {
  settings: {
    label: 'settings:title',
    Content: lazy(async () => ({
      default: (await import('../features/settings/settings-page.tsx')).SettingsPage,
    })),
  },
  overview: {
    label: 'overview:title',
    Content: lazy(async () => ({
      default: (await import('../features/overview/overview-page.tsx')).OverviewPage,
    })),
  },
  csat: {
    label: 'csat:title',
    Content: lazy(async () => ({ default: (await import('../features/csat/csat-page.tsx')).CsatPage })),
  },
  events: {
    label: 'events:title',
    Content: lazy(async () => ({ default: (await import('../features/events/events-page.tsx')).EventsPage })),
  },
  segments: {
    label: 'segments:title',
    Content: lazy(async () => ({
      default: (await import('../features/segments/segments-page.tsx')).SegmentsPage,
    })),
  },
};
