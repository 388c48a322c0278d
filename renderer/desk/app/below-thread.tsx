import { createContext, type ReactNode, useContext, useState } from 'react';
import { createPortal } from 'react-dom';

/** Where a list may put what belongs to the open conversation, while the thread takes its turn; null while it does not. */
const BelowThread = createContext<HTMLElement | null>(null);

/** Gives the lists inside a place of their own below the thread. */
export function BelowThreadProvider(props: {
  readonly children: (place: (element: HTMLElement | null) => void) => ReactNode;
}) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return <BelowThread value={element}>{props.children(setElement)}</BelowThread>;
}

/** Whether the thread has the window to itself, with a place below it. */
export function useIsBelowThread(): boolean {
  return useContext(BelowThread) !== null;
}

/** Shows its content below the thread where there is a place for it, else where it stands. */
export function MaybeBelowThread({ children }: { readonly children: ReactNode }) {
  const place = useContext(BelowThread);
  return place === null ? children : createPortal(children, place);
}
