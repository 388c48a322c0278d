import { type CSSProperties, type ReactNode, useEffect } from 'react';
import type { TextKey } from '../i18n/keys.ts';
import { useText } from '../i18n/text-provider.tsx';
import { cx } from '../ui/cx.ts';
import { Splitter } from '../ui/splitter.tsx';
import { BelowThreadProvider } from './below-thread.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { type Arrangement, arrange } from './arrange.ts';
import { useLayoutMode } from './layout-mode.ts';
import { type Preferences, WIDTHS } from './preferences.ts';
import { focusPane } from './panes.ts';
import { PAGES } from './pages.tsx';
import type { Regions } from './regions.tsx';
import { isPage, type PaneName } from './screen-store.ts';
import css from './shell.module.css';
import { usePreference, usePreferenceStore, useScreen } from './stores.tsx';

const LABELS: Readonly<Record<PaneName, TextKey>> = {
  sidebar: 'sidebar:label',
  list: 'inbox:label',
  thread: 'thread:label',
  profile: 'profile:label',
};

function Pane(props: {
  readonly name: PaneName;
  /** Names it otherwise than its region: a page. */
  readonly label?: TextKey;
  readonly over?: boolean;
  /** It is what the window is about: a role, since another element would begin its content anew. */
  readonly isMain?: boolean;
  /** There, but not seen: it keeps its place and its keys. */
  readonly unseen?: boolean;
  readonly resetKey?: string | null;
  /** What changes its width; it lies on the region's edge and belongs to its landmark. */
  readonly edge?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const Element = props.name === 'sidebar' ? 'nav' : props.name === 'thread' ? 'main' : 'section';
  return (
    <Element
      data-pane={props.name}
      role={props.isMain === true ? 'main' : undefined}
      aria-label={t(props.label ?? LABELS[props.name])}
      tabIndex={-1}
      hidden={props.unseen === true}
      className={cx(css.pane, css[props.name], props.over === true && css.over)}
    >
      <ErrorBoundary place={props.name} resetKey={props.resetKey ?? null}>
        {props.children}
      </ErrorBoundary>
      {props.edge}
    </Element>
  );
}

type Sized = 'sidebar' | 'list' | 'profile';

function RegionSplitter({ of: region }: { readonly of: Sized }) {
  const { t } = useText();
  const store = usePreferenceStore();
  const key = `${region}Width` as const;
  const size = usePreference((preferences) => preferences[key]);
  const { initial, min, max } = WIDTHS[region];
  return (
    <div className={cx(css.edge, region === 'profile' ? css.before : css.behind)}>
      <Splitter
        label={t(LABELS[region])}
        size={size}
        min={min}
        max={max}
        initial={initial}
        sign={region === 'profile' ? -1 : 1}
        onResize={(width) => store.set({ [key]: width })}
      />
    </div>
  );
}

function columnsOf(seen: Arrangement, widths: Pick<Preferences, 'listWidth' | 'profileWidth'>): string {
  const list = seen.thread ? `${widths.listWidth}px` : 'minmax(0, 1fr)';
  return [
    `${seen.sidebar}px`,
    seen.list ? list : '',
    seen.thread ? 'minmax(0, 1fr)' : '',
    seen.profile === 'beside' ? `${widths.profileWidth}px` : '',
  ]
    .filter((column) => column !== '')
    .join(' ');
}

/** Where list and thread take turns, the focus goes with the one that is seen, unless something else has it. */
function useFocusTurns({ list, thread }: Arrangement): void {
  useEffect(() => {
    if (list && thread) return;
    const active = document.activeElement;
    const isLost =
      active === null || active === document.body || active.closest('[data-pane][hidden]') !== null;
    if (isLost) focusPane(document, list ? 'list' : 'thread');
  }, [list, thread]);
}

/** The four regions beside each other, or as many as fit. */
export function Shell({ regions }: { readonly regions: Regions }) {
  const mode = useLayoutMode();
  const preferences = usePreference((all) => all);
  const openId = useScreen((screen) => screen.openId);
  const stacked = useScreen((screen) => screen.stacked);
  const profileOver = useScreen((screen) => screen.profileOver);
  const place = useScreen((screen) => screen.place);
  const seen = arrange(mode, preferences, { openId, stacked, profileOver, place });
  useFocusTurns(seen);
  const { Sidebar, List, Thread, Profile } = regions;
  const columns = { '--columns': columnsOf(seen, preferences) } as CSSProperties;
  const sidebarFixed = seen.sidebar === WIDTHS.sidebar.collapsed;
  // A review goes on while its thread has the window: its keys and its verdicts stay.
  const isReviewed = place === 'review' && !seen.list;
  const regionsSeen = (belowThread: (element: HTMLElement | null) => void): ReactNode => (
    <div className={css.shell} style={columns} data-layout={mode}>
      <Pane name="sidebar" edge={!sidebarFixed && <RegionSplitter of="sidebar" />}>
        <Sidebar />
      </Pane>
      {(seen.list || mode !== 'stack' || isReviewed) && (
        <Pane
          name="list"
          label={isPage(place) ? PAGES[place].label : LABELS.list}
          resetKey={place}
          unseen={!seen.list}
          isMain={!seen.thread}
          edge={seen.thread && <RegionSplitter of="list" />}
        >
          <List />
        </Pane>
      )}
      {seen.thread && (
        <Pane name="thread" resetKey={openId}>
          <Thread />
          {isReviewed && <div ref={belowThread} className={css.belowThread} />}
        </Pane>
      )}
      {seen.profile !== 'away' && (
        <Pane
          name="profile"
          over={seen.profile === 'over'}
          resetKey={openId}
          edge={seen.profile === 'beside' && <RegionSplitter of="profile" />}
        >
          <Profile />
        </Pane>
      )}
    </div>
  );
  return <BelowThreadProvider>{regionsSeen}</BelowThreadProvider>;
}
