import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Close enough to the end to count as there, in pixels. */
const NEAR = 8;

/** Keeps a scroller at its end when lines are added there that came later than the rest. `added` changes when they come. */
export function useKeptEnd(scroller: RefObject<HTMLElement | null>, added: unknown): void {
  const height = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const wasAtEnd = element.scrollTop + element.clientHeight >= height.current - NEAR;
    if (height.current > 0 && wasAtEnd) element.scrollTo({ top: element.scrollHeight });
    height.current = element.scrollHeight;
  }, [scroller, added]);
}
