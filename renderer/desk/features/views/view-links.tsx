import { useEffect, useRef, useState } from 'react';
import { useScreenActions } from '../../app/stores.tsx';
import { linkedReview } from '../review/review-choice.ts';
import { linkedList, linkedView } from './view-query.ts';
import { useShowContent, useViews } from './use-views.ts';

/** Shows the list, the review or the saved view that the address names, now and whenever it names another. Shows nothing itself. */
export function ViewLinks(): null {
  const show = useShowContent();
  const { setInsight, goTo } = useScreenActions();
  const views = useViews();
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const follow = (): void => {
      const { hash } = window.location;
      const content = linkedList(hash);
      if (content !== null) show(content);
      const review = linkedReview(hash);
      if (review !== null) {
        setInsight({ review });
        goTo('review');
      }
      shown.current = null;
      setWanted(linkedView(hash));
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [show, setInsight, goTo]);
  const view = views.find(({ id }) => id === wanted);
  useEffect(() => {
    if (view === undefined || shown.current === view.id) return;
    shown.current = view.id;
    show(view.content);
  }, [view, show]);
  return null;
}
