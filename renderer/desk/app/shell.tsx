import type { CSSProperties, ReactNode } from 'react';
import type { TextKey } from '../i18n/keys.ts';
import { useText } from '../i18n/text-provider.tsx';
import { cx } from '../ui/cx.ts';
import { Splitter } from '../ui/splitter.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { type Arrangement, arrange } from './arrange.ts';
import { useLayoutMode } from './layout-mode.ts';
import { type Preferences, WIDTHS } from './preferences.ts';
import type { Regions } from './regions.tsx';
import type { PaneName } from './screen-store.ts';
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
  readonly over?: boolean;
  readonly resetKey?: string | null;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const Element = props.name === 'sidebar' ? 'nav' : props.name === 'thread' ? 'main' : 'section';
  return (
    <Element
      data-pane={props.name}
      aria-label={t(LABELS[props.name])}
      tabIndex={-1}
      className={cx(css.pane, css[props.name], props.over === true && css.over)}
    >
      <ErrorBoundary place={props.name} resetKey={props.resetKey ?? null}>
        {props.children}
      </ErrorBoundary>
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
    <div className={css.edge}>
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
    `${seen.sidebar}px 0`,
    seen.list ? `${list} 0` : '',
    seen.thread ? 'minmax(0, 1fr)' : '',
    seen.profile === 'beside' ? `0 ${widths.profileWidth}px` : '',
  ]
    .filter((column) => column !== '')
    .join(' ');
}

/** The four regions beside each other, or as many as fit. */
export function Shell({ regions }: { readonly regions: Regions }) {
  const mode = useLayoutMode();
  const preferences = usePreference((all) => all);
  const openId = useScreen((screen) => screen.openId);
  const stacked = useScreen((screen) => screen.stacked);
  const profileOver = useScreen((screen) => screen.profileOver);
  const seen = arrange(mode, preferences, { openId, stacked, profileOver });
  const { Sidebar, List, Thread, Profile } = regions;
  const columns = { '--columns': columnsOf(seen, preferences) } as CSSProperties;
  const sidebarFixed = seen.sidebar === WIDTHS.sidebar.collapsed;
  return (
    <div className={css.shell} style={columns} data-layout={mode}>
      <Pane name="sidebar">
        <Sidebar />
      </Pane>
      {sidebarFixed ? <div /> : <RegionSplitter of="sidebar" />}
      {seen.list && (
        <>
          <Pane name="list">
            <List />
          </Pane>
          {seen.thread ? <RegionSplitter of="list" /> : <div />}
        </>
      )}
      {seen.thread && (
        <Pane name="thread" resetKey={openId}>
          <Thread />
        </Pane>
      )}
      {seen.profile === 'beside' && <RegionSplitter of="profile" />}
      {seen.profile !== 'away' && (
        <Pane name="profile" over={seen.profile === 'over'} resetKey={openId}>
          <Profile />
        </Pane>
      )}
    </div>
  );
}
