import { useEffect, useRef, useState } from 'react';
import { linkedList, linkedView } from './view-query.ts';
import { useShowContent, useViews } from './use-views.ts';

/** Shows the list or the saved view that the address names, now and whenever it names another. Shows nothing itself. */
export function ViewLinks(): null {
  const show = useShowContent();
  const views = useViews();
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const follow = (): void => {
      const { hash } = window.location;
      const content = linkedList(hash);
      if (content !== null) show(content);
      shown.current = null;
      setWanted(linkedView(hash));
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [show]);
  const view = views.find(({ id }) => id === wanted);
  useEffect(() => {
    if (view === undefined || shown.current === view.id) return;
    shown.current = view.id;
    show(view.content);
  }, [view, show]);
  return null;
}
