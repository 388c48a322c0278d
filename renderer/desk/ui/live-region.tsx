import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface Announcer {
  /** Read out when the reader is free: new messages, counts, what was done. */
  polite(text: string): void;
  /** Read out at once: a failure. */
  urgent(text: string): void;
}

const AnnouncerContext = createContext<Announcer | null>(null);

/** The two live regions of the window. A text said twice is read twice. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  const [polite, setPolite] = useState({ text: '', turn: 0 });
  const [urgent, setUrgent] = useState({ text: '', turn: 0 });
  const announcer = useMemo<Announcer>(
    () => ({
      polite: (text) => setPolite(({ turn }) => ({ text, turn: turn + 1 })),
      urgent: (text) => setUrgent(({ turn }) => ({ text, turn: turn + 1 })),
    }),
    [],
  );
  return (
    <AnnouncerContext value={announcer}>
      {children}
      <VisuallyHidden role="status" aria-live="polite" data-announcer="polite">
        <span key={polite.turn}>{polite.text}</span>
      </VisuallyHidden>
      <VisuallyHidden role="alert" aria-live="assertive" data-announcer="urgent">
        <span key={urgent.turn}>{urgent.text}</span>
      </VisuallyHidden>
    </AnnouncerContext>
  );
}

export function useAnnouncer(): Announcer {
  const announcer = useContext(AnnouncerContext);
  if (announcer === null) throw new Error('invariant broken: no LiveRegion above this component');
  return announcer;
}
