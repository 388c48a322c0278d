import { useEffect, useRef } from 'react';
import { useDeskClient } from '../engine/engine-provider.tsx';
import { useDeskQuery } from '../engine/use-desk-query.ts';
import { usePreferenceStore } from './stores.tsx';

/** The engine's name for the reader's screen preferences. */
export const PREFERENCE_KEY = 'screen';
const WRITE_PAUSE_MS = 400;

/** Adopts what the engine keeps when it first answers, then keeps every change there. Shows nothing. */
export function PreferenceSync(): null {
  const client = useDeskClient();
  const store = usePreferenceStore();
  const { data } = useDeskQuery('app.info', {});
  const kept = data?.preferences[PREFERENCE_KEY];
  const adopted = useRef(false);
  useEffect(() => {
    if (data === undefined || adopted.current) return;
    adopted.current = true;
    if (kept !== undefined) store.adopt(kept);
  }, [data, kept, store]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe((preferences) => {
      if (!adopted.current) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        // A lost line loses no work: the page keeps a copy, and the next change is written whole.
        client
          .call('app.setPreference', { key: PREFERENCE_KEY, value: JSON.stringify(preferences) })
          .catch(() => undefined);
      }, WRITE_PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, store]);
  return null;
}
