import { type KeyboardEvent, useId, useState } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { type MarkPlace, type MarkShape, stepMark } from './chart-scale.ts';

/** The marks of one chart: one focus for all of them, the one that keys would open is named. */
export interface Marks {
  readonly active: MarkPlace;
  /** The mark that a pointer or the focus is on; its values are shown. */
  readonly shown: MarkPlace | null;
  idOf(place: MarkPlace): string;
  point(place: MarkPlace | null): void;
  /** For the element that has the focus. */
  readonly focusProps: {
    readonly tabIndex: 0;
    readonly 'aria-activedescendant': string;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

/** Steps over the marks of a chart by keyboard; Enter and space open what the active one counts. */
export function useMarks(shape: MarkShape, onOpen: (place: MarkPlace) => void): Marks {
  const { direction } = useText();
  const id = useId();
  const [kept, setActive] = useState<MarkPlace>({ column: 0, part: null });
  const [shown, setShown] = useState<MarkPlace | null>(null);
  const column = Math.min(kept.column, Math.max(0, shape.columns - 1));
  const active = kept.column === column ? kept : { column, part: null };
  const idOf = (place: MarkPlace): string => `${id}-${place.column}-${place.part ?? 'all'}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const next = stepMark(event.key, active, shape, direction === 'rtl');
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    setShown(next);
  };
  return {
    active,
    shown: shown !== null && shown.column < shape.columns ? shown : null,
    idOf,
    point: setShown,
    focusProps: {
      tabIndex: 0,
      'aria-activedescendant': idOf(active),
      onKeyDown,
      onFocus: () => setShown(active),
      onBlur: () => setShown(null),
    },
  };
}
