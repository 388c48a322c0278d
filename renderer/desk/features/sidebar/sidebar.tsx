import {
  Bot,
  Clock,
  History,
  Inbox,
  Layers,
  type LucideIcon,
  MailWarning,
  PanelLeftClose,
  PanelLeftOpen,
  SendHorizontal,
  Settings,
  Archive,
  UserRound,
  UserRoundX,
} from 'lucide-react';
import type { ListQuery, Queue } from '../../../../src/protocol/rpc/list.ts';
import { useLayoutMode } from '../../app/layout-mode.ts';
import { useNow } from '../../app/clock.tsx';
import { usePreference, useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useHeld, wholeCount } from '../scope/use-held.ts';
import { ViewEntries } from '../views/view-entries.tsx';
import { StatusBar } from '../status/status-bar.tsx';
import { InsightEntries, ReviewEntry } from './insight-entries.tsx';
import { SidebarEntry } from './sidebar-entry.tsx';
import css from './sidebar.module.css';

const QUEUES: readonly (readonly [Queue, LucideIcon])[] = [
  ['inbox', Inbox],
  ['mine', UserRound],
  ['unassigned', UserRoundX],
  ['unread', MailWarning],
  ['snoozed', Clock],
  ['closed', Archive],
];
const REVIEW: readonly (readonly [Queue, LucideIcon])[] = [
  ['withAi', Bot],
  ['all', Layers],
];

/** Counts stand beside every queue, whatever filter the list has. */
const UNFILTERED: ListQuery = { queue: 'all', filters: {}, sort: { by: 'activity', direction: 'desc' } };

function QueueEntries(props: { readonly of: typeof QUEUES; readonly folded: boolean }) {
  const { t } = useText();
  const { goToQueue } = useScreenActions();
  const current = useScreen(({ place, queue }) => (place === 'queue' ? queue : null));
  const held = useHeld();
  const { data: facets } = useDeskQuery('list.facets', { query: UNFILTERED });
  return props.of.map(([queue, icon]) => (
    <SidebarEntry
      key={queue}
      icon={icon}
      label={t(`sidebar:queue.${queue}`)}
      count={wholeCount(facets?.queues[queue] ?? null, { queue }, held)}
      current={current === queue}
      folded={props.folded}
      command={`go.${queue}`}
      onSelect={() => goToQueue(queue)}
    />
  ));
}

function WorkEntries({ folded }: { readonly folded: boolean }) {
  const { t, formats } = useText();
  const now = useNow();
  const { goTo } = useScreenActions();
  const place = useScreen((screen) => screen.place);
  const { data: items } = useDeskQuery('outbox.list', {});
  const oldest = items?.[0]?.madeAt;
  const attention = items?.some(({ state }) => state === 'held' || state === 'refused') ?? false;
  return (
    <>
      <SidebarEntry
        icon={SendHorizontal}
        label={t('sidebar:outbox')}
        count={items === undefined || items.length === 0 ? null : items.length}
        hint={oldest === undefined ? undefined : t('outbox:oldest', { age: formats.age(oldest, now) })}
        attention={attention}
        current={place === 'outbox'}
        folded={folded}
        command="go.outbox"
        onSelect={() => goTo('outbox')}
      />
      <SidebarEntry
        icon={History}
        label={t('sidebar:activity')}
        count={null}
        current={place === 'activity'}
        folded={folded}
        command="go.activity"
        onSelect={() => goTo('activity')}
      />
    </>
  );
}

function Section(props: {
  readonly title: string;
  readonly folded: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <section className={css.section} aria-label={props.title}>
      {!props.folded && <h2 className={css.title}>{props.title}</h2>}
      <ul className={css.entries}>{props.children}</ul>
    </section>
  );
}

/** Queues with their counts, the review, this computer's own work, and the state of the connection. */
export function Sidebar() {
  const { t } = useText();
  const mode = useLayoutMode();
  const { goTo } = useScreenActions();
  const collapsed = usePreference((preferences) => preferences.sidebarCollapsed);
  const folded = mode !== 'full' || collapsed;
  return (
    <div className={css.sidebar} data-folded={folded}>
      <div className={css.head}>
        {!folded && <span className={css.brand}>Handoff</span>}
        <IconButton
          small
          mirrored
          icon={folded ? PanelLeftOpen : PanelLeftClose}
          name={t(folded ? 'sidebar:expand' : 'sidebar:collapse')}
          command="app.toggleSidebar"
          disabled={mode !== 'full'}
        />
      </div>
      <div className={css.scroll}>
        <Section title={t('sidebar:section.queues')} folded={folded}>
          <QueueEntries of={QUEUES} folded={folded} />
        </Section>
        <Section title={t('sidebar:section.review')} folded={folded}>
          <ReviewEntry folded={folded} />
          <QueueEntries of={REVIEW} folded={folded} />
        </Section>
        <ViewEntries folded={folded} />
        <Section title={t('sidebar:section.insight')} folded={folded}>
          <InsightEntries folded={folded} />
        </Section>
        <Section title={t('sidebar:section.work')} folded={folded}>
          <WorkEntries folded={folded} />
        </Section>
      </div>
      <div className={css.foot}>
        <StatusBar folded={folded} />
        <IconButton
          small
          icon={Settings}
          name={t('sidebar:settings')}
          command="app.settings"
          onClick={() => goTo('settings')}
          side="top"
        />
      </div>
    </div>
  );
}
