import { useEffect } from 'react';
import { useDeskClient } from '../engine/engine-provider.tsx';

/** What of the page tells of the network. */
export interface NetworkSource {
  isOnline(): boolean;
  /** Hears `online` and `offline`, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

/** The page's own system, which hears of a cable or a radio at once. */
export function pageNetwork(page: Window): NetworkSource {
  return {
    isOnline: () => page.navigator.onLine,
    onChange: (listener) => {
      page.addEventListener('online', listener);
      page.addEventListener('offline', listener);
      return () => {
        page.removeEventListener('online', listener);
        page.removeEventListener('offline', listener);
      };
    },
  };
}

/** Passes on to the engine what the system says of the network: at once, and again to every engine that comes. Shows nothing. */
export function NetworkWatch({ source }: { readonly source: NetworkSource }): null {
  const client = useDeskClient();
  useEffect(() => {
    const tell = (): void => {
      // A line that is lost tells anew when it is back.
      client.call('sync.network', { online: source.isOnline() }).catch(() => undefined);
    };
    const stopSource = source.onChange(tell);
    const stopLink = client.onLink((up) => {
      if (up) tell();
    });
    return () => {
      stopSource();
      stopLink();
    };
  }, [client, source]);
  return null;
}
