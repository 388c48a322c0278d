import type { CSSProperties, ReactNode } from 'react';
import css from './chart.module.css';
import type { MarkPlace } from './chart-scale.ts';
import { cx } from './cx.ts';
import type { Marks } from './use-marks.ts';

/** All marks of a chart, in one focus; its children are `Mark`s. */
export function MarkList(props: {
  readonly label: string;
  readonly marks: Marks;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="listbox"
      aria-orientation="horizontal"
      aria-label={props.label}
      className={css.marks}
      onPointerLeave={() => props.marks.point(null)}
      {...props.marks.focusProps}
    >
      {props.children}
    </div>
  );
}

/** One mark: named, shown when it is pointed at, opened by a click or by the keys of its list. */
export function Mark(props: {
  readonly place: MarkPlace;
  readonly marks: Marks;
  readonly name: string;
  readonly className: string;
  readonly style: CSSProperties;
  readonly onOpen: (place: MarkPlace) => void;
  readonly children?: ReactNode;
}) {
  const { place, marks } = props;
  const isActive = marks.active.column === place.column && marks.active.part === place.part;
  return (
    <div
      id={marks.idOf(place)}
      role="option"
      aria-selected={isActive}
      aria-label={props.name}
      tabIndex={-1}
      className={cx(props.className, isActive && css.activeMark)}
      style={props.style}
      onPointerEnter={() => marks.point(place)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => props.onOpen(place)}
    >
      {props.children}
    </div>
  );
}
