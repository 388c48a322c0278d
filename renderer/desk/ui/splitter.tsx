import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { clampSize } from './clamp-size.ts';
import css from './splitter.module.css';

const KEY_STEP = 16;

/**
 * Changes the width of a region by pointer or arrow keys, along the language's direction. `sign` is 1 where the region
 * lies before the splitter and -1 where it lies behind it. Pixels.
 */
export function Splitter(props: {
  readonly label: string;
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly sign: 1 | -1;
  readonly onResize: (size: number) => void;
}) {
  const start = useRef<{ readonly x: number; readonly size: number } | null>(null);
  const resize = (size: number): void => props.onResize(clampSize(size, props.min, props.max));
  const along = (element: Element): number =>
    props.sign * (getComputedStyle(element).direction === 'rtl' ? -1 : 1);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset['dragging'] = '';
    start.current = { x: event.clientX, size: props.size };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (start.current === null) return;
    resize(start.current.size + (event.clientX - start.current.x) * along(event.currentTarget));
  };
  const stop = (event: PointerEvent<HTMLElement>): void => {
    start.current = null;
    delete event.currentTarget.dataset['dragging'];
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (step !== undefined) resize(props.size + step * along(event.currentTarget));
    else if (event.key === 'Home') resize(props.min);
    else if (event.key === 'End') resize(props.max);
    else return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget (ARIA 1.2)
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={props.size}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      tabIndex={0}
      className={css.splitter}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={() => props.onResize(props.initial)}
      onKeyDown={onKeyDown}
    />
  );
}
