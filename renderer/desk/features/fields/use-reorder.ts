import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react';

/** Where a row would land if it were let go at `y`: among the middles of the rows, from 0. */
export function landingIndex(y: number, middles: readonly number[], from: number): number {
  const before = middles.filter((middle) => middle < y).length;
  // The row that is dragged does not count as one before itself.
  return before > from ? before - 1 : before;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** What makes a row's handle move it. */
export interface Handle {
  onKeyDown(event: KeyboardEvent): void;
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerUp(event: PointerEvent<HTMLElement>): void;
  onPointerCancel(): void;
}

/** Rows that are moved by a handle: dragged, or with the up and down arrows. `rows` marks each with `data-row`. */
export function useReorder(
  rows: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): { readonly drag: Drag | null; readonly handle: (at: number) => Handle } {
  const [drag, setDrag] = useState<Drag | null>(null);
  const middles = (): readonly number[] =>
    [...(rows.current?.querySelectorAll('[data-row]') ?? [])].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
  const handle = (at: number): Handle => ({
    onKeyDown: (event) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      onMove(at, at + step);
    },
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: at, to: at });
    },
    onPointerMove: (event) => {
      if (drag === null) return;
      const to = landingIndex(event.clientY, middles(), drag.from);
      if (to !== drag.to) setDrag({ ...drag, to });
    },
    onPointerUp: () => {
      if (drag !== null && drag.to !== drag.from) onMove(drag.from, drag.to);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  });
  return { drag, handle };
}
