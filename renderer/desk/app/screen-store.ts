import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationId } from '../../../src/base/ids.ts';
import type { Drill } from '../../../src/protocol/rpc/drill.ts';
import { type InsightState, INSIGHT_START } from '../features/insight/insight-state.ts';
import type { TimingKey } from '../../../src/domain/timings/timings.ts';
import {
  DEFAULT_SORTS,
  type ListFilters,
  type ListQuery,
  type Queue,
} from '../../../src/protocol/rpc/list.ts';

export type PaneName = 'sidebar' | 'list' | 'thread' | 'profile';
export const PANES: readonly PaneName[] = ['sidebar', 'list', 'thread', 'profile'];

/** Full-width pages right of the sidebar: what each shows stands in `pages.tsx`. */
export const PAGE_PLACES = ['settings', 'overview', 'csat', 'events', 'segments'] as const;
export type PagePlace = (typeof PAGE_PLACES)[number];
/** What fills the list's region. */
export type Place = 'queue' | 'search' | 'outbox' | 'activity' | 'review' | PagePlace;
export type Overlay = 'palette' | 'shortcuts' | 'export';
export type ComposerKind = 'reply' | 'note';

/** What this window shows: nothing of the business, nothing that must survive. */
export interface ScreenState {
  readonly place: Place;
  readonly queue: Queue;
  readonly filters: ListFilters;
  readonly sort: ListQuery['sort'];
  /** Only the conversations behind a figure, and where that figure stands. */
  readonly among: Drill | null;
  readonly amongFrom: Place | null;
  /** What the figures' pages are about. */
  readonly insight: InsightState;
  /** The section of a page that has several: of the settings. */
  readonly section: string | null;
  /** Words searched for, in the place `search`. */
  readonly searchText: string;
  /** The conversation in the thread. */
  readonly openId: ConversationId | null;
  /** The message to show first, after a search. */
  readonly openMessageId: string | null;
  /** Which of the two is seen where they take turns: in a narrow window, and beside nothing in a table. */
  readonly stacked: 'list' | 'thread';
  /** The timing that is explained under the thread (T10). */
  readonly explained: TimingKey | null;
  /** The profile over the thread, in a middling window. */
  readonly profileOver: boolean;
  readonly overlay: Overlay | null;
  readonly composer: ComposerKind;
  /** Grows by one each time the composer is asked to take the focus. */
  readonly composerTurn: number;
  /** Grows by one each time the shown conversation was dealt with, so that the list may go on to the next. */
  readonly dealtTurn: number;
}

export const START: ScreenState = {
  place: 'queue',
  queue: 'inbox',
  filters: {},
  sort: DEFAULT_SORTS.inbox,
  among: null,
  amongFrom: null,
  insight: INSIGHT_START,
  section: null,
  searchText: '',
  openId: null,
  openMessageId: null,
  stacked: 'list',
  explained: null,
  profileOver: false,
  overlay: null,
  composer: 'reply',
  composerTurn: 0,
  dealtTurn: 0,
};

/** Whether a place is a page of its own, without list, thread and profile beside it. */
export function isPage(place: Place): place is PagePlace {
  return PAGE_PLACES.some((page) => page === place);
}

export interface ScreenActions {
  goToQueue(queue: Queue): void;
  goTo(place: Place, section?: string): void;
  /** Shows exactly the conversations behind a figure; null shows the queue again. */
  drill(among: Drill | null): void;
  /** Shows a list as it was saved or linked. */
  showList(query: ListQuery): void;
  setInsight(change: Partial<InsightState>): void;
  search(text: string): void;
  setFilters(filters: ListFilters): void;
  setSort(sort: ListQuery['sort']): void;
  /** Shows a conversation in the thread; null closes it. */
  open(id: ConversationId | null, messageId?: string): void;
  /** Makes a conversation the current one without leaving the list, where list and thread take turns. */
  point(id: ConversationId): void;
  /** Back from the thread to the list, where they take turns. */
  back(): void;
  show(overlay: Overlay | null): void;
  setProfileOver(over: boolean): void;
  /** Explains a timing of the shown conversation under its thread; null ends it. */
  explain(key: TimingKey | null): void;
  /** Brings the composer up in a mode and gives it the focus. The mode changes in no other way but by its tabs. */
  compose(kind: ComposerKind): void;
  /** The shown conversation was closed, snoozed or the like: where it left the list, the next one is shown. */
  dealtWith(): void;
}

export interface ScreenStore extends StoreApi<ScreenState> {
  readonly actions: ScreenActions;
}

/** Makes a window's screen state. */
export function createScreenStore(initial: Partial<ScreenState> = {}): ScreenStore {
  const store = createStore<ScreenState>(() => ({ ...START, ...initial }));
  const set = store.setState;
  const show = (openId: ConversationId | null, stacked: ScreenState['stacked'], messageId?: string): void =>
    set((state) => ({
      openId,
      openMessageId: messageId ?? null,
      stacked,
      profileOver: false,
      // Another conversation starts with a reply: a mode is never carried over unseen.
      composer: openId === state.openId ? state.composer : 'reply',
    }));
  const actions: ScreenActions = {
    // Another queue opens in its own order; the same one keeps the order that was chosen.
    goToQueue: (queue) =>
      set((state) => ({
        place: 'queue',
        queue,
        among: null,
        amongFrom: null,
        sort: queue === state.queue ? state.sort : DEFAULT_SORTS[queue],
        stacked: 'list',
      })),
    goTo: (place, section) =>
      set((state) => ({
        place,
        stacked: 'list',
        section: section ?? (place === state.place ? state.section : null),
      })),
    drill: (among) =>
      set((state) =>
        among === null
          ? { among, amongFrom: null }
          : {
              place: 'queue',
              queue: 'all',
              filters: {},
              sort: DEFAULT_SORTS.all,
              among,
              amongFrom: state.place,
              stacked: 'list',
            },
      ),
    showList: ({ queue, filters, sort, among }) =>
      set({ place: 'queue', queue, filters, sort, among: among ?? null, amongFrom: null, stacked: 'list' }),
    setInsight: (change) => set((state) => ({ insight: { ...state.insight, ...change } })),
    search: (text) => set({ place: text === '' ? 'queue' : 'search', searchText: text, stacked: 'list' }),
    setFilters: (filters) => set({ filters }),
    setSort: (sort) => set({ sort }),
    open: (openId, messageId) => show(openId, openId === null ? 'list' : 'thread', messageId),
    point: (id) => show(id, 'list'),
    back: () => set({ stacked: 'list', profileOver: false }),
    show: (overlay) => set({ overlay }),
    setProfileOver: (profileOver) => set({ profileOver }),
    explain: (explained) =>
      set(explained === null ? { explained } : { explained, stacked: 'thread', profileOver: false }),
    compose: (composer) =>
      set((state) => ({ composer, composerTurn: state.composerTurn + 1, stacked: 'thread' })),
    dealtWith: () => set((state) => ({ dealtTurn: state.dealtTurn + 1 })),
  };
  return { ...store, actions };
}
