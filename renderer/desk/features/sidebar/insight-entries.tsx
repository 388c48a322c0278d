import { ChartColumn, CircleSlash, type LucideIcon, Rss, Smile, UsersRound } from 'lucide-react';
import type { PagePlace } from '../../app/screen-store.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useHeld, wholeCount } from '../scope/use-held.ts';
import { SidebarEntry } from './sidebar-entry.tsx';

type InsightPlace = Exclude<PagePlace, 'settings'>;

const PLACES: readonly (readonly [InsightPlace, LucideIcon])[] = [
  ['overview', ChartColumn],
  ['csat', Smile],
  ['events', Rss],
  ['segments', UsersRound],
];

/** The pages about how well it goes. */
export function InsightEntries({ folded }: { readonly folded: boolean }) {
  const { t } = useText();
  const { goTo } = useScreenActions();
  const current = useScreen(({ place }) => place);
  return PLACES.map(([place, icon]) => (
    <SidebarEntry
      key={place}
      icon={icon}
      label={t(`${place}:title`)}
      count={null}
      current={current === place}
      folded={folded}
      command={`go.${place}`}
      onSelect={() => goTo(place)}
    />
  ));
}

/** The review of what the AI did not resolve, with how many there are (O10). */
export function ReviewEntry({ folded }: { readonly folded: boolean }) {
  const { t } = useText();
  const { goTo } = useScreenActions();
  const current = useScreen(
    ({ place, queue }) => place === 'review' || (place === 'queue' && queue === 'review'),
  );
  const held = useHeld();
  const { data: facets } = useDeskQuery('list.facets', {
    query: { queue: 'all', filters: {}, sort: { by: 'activity', direction: 'desc' } },
  });
  return (
    <SidebarEntry
      icon={CircleSlash}
      label={t('sidebar:queue.review')}
      count={wholeCount(facets?.queues.review ?? null, { queue: 'review' }, held)}
      current={current}
      folded={folded}
      command="go.review"
      onSelect={() => goTo('review')}
    />
  );
}
