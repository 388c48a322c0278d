import { Suspense, useEffect } from 'react';
import { ActivityPane } from '../features/activity/activity-pane.tsx';
import { InboxPane } from '../features/inbox/inbox-pane.tsx';
import { OutboxPane } from '../features/outbox/outbox-pane.tsx';
import { ReviewPane } from '../features/review/review-pane.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { SearchPane } from '../features/search/search-pane.tsx';
import { Notices } from '../features/status/notices.tsx';
import css from './list-region.module.css';
import { PAGES } from './pages.tsx';
import { focusPane } from './panes.ts';
import { isPage, type PagePlace, type Place } from './screen-store.ts';
import { useScreen } from './stores.tsx';

const PLACES = {
  queue: InboxPane,
  search: SearchPane,
  outbox: OutboxPane,
  activity: ActivityPane,
  review: ReviewPane,
} as const;

/** The place that had the focus went away: the one that came has it now, so that keys go on. */
function useFocusOf(place: Place): void {
  useEffect(() => {
    void place;
    const active = document.activeElement;
    if (active === document.body || active?.matches('[data-pane="list"]') === true)
      focusPane(document, 'list');
  }, [place]);
}

/** Beside a page that is loaded when it is first shown: the focus waits for it. */
function Arrived({ place }: { readonly place: Place }): null {
  useFocusOf(place);
  return null;
}

function PageRegion({ place }: { readonly place: PagePlace }) {
  const { Content } = PAGES[place];
  return (
    <div className={css.page}>
      <Notices />
      <Suspense>
        <Content />
        <Arrived place={place} />
      </Suspense>
    </div>
  );
}

/** The list's region: the search box, and below it the queue, what was found, the outbox or the activity; or a page. */
export function ListRegion() {
  const place = useScreen((screen) => screen.place);
  useFocusOf(place);
  if (isPage(place)) return <PageRegion key={place} place={place} />;
  const Place = PLACES[place];
  return (
    <div className={css.region}>
      <Notices />
      <SearchBox />
      <div className={css.place}>
        <Place />
      </div>
    </div>
  );
}
