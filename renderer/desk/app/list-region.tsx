import { useEffect } from 'react';
import { ActivityPane } from '../features/activity/activity-pane.tsx';
import { InboxPane } from '../features/inbox/inbox-pane.tsx';
import { OutboxPane } from '../features/outbox/outbox-pane.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { SearchPane } from '../features/search/search-pane.tsx';
import css from './list-region.module.css';
import { focusPane } from './panes.ts';
import { useScreen } from './stores.tsx';

const PLACES = { queue: InboxPane, search: SearchPane, outbox: OutboxPane, activity: ActivityPane } as const;

/** The list's region: the search box, and below it the queue, what was found, the outbox or the activity. */
export function ListRegion() {
  const place = useScreen((screen) => screen.place);
  const Place = PLACES[place];
  useEffect(() => {
    void place;
    // The place that had the focus went away: the one that came has it now, so that keys go on.
    const active = document.activeElement;
    if (active === document.body || active?.matches('[data-pane="list"]') === true)
      focusPane(document, 'list');
  }, [place]);
  return (
    <div className={css.region}>
      <SearchBox />
      <div className={css.place}>
        <Place />
      </div>
    </div>
  );
}
