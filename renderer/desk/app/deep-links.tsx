import { useEffect } from 'react';
import { linkedConversation } from './address.ts';
import { useScreenActions } from './stores.tsx';

/** Opens the conversation that the address names, now and whenever it names another. Shows nothing. */
export function DeepLinks(): null {
  const { open } = useScreenActions();
  useEffect(() => {
    const follow = (): void => {
      const id = linkedConversation(window.location.hash);
      if (id !== null) open(id);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [open]);
  return null;
}
