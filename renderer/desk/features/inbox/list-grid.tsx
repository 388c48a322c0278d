import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { cx } from '../../ui/cx.ts';
import css from './list-grid.module.css';
import { canvasHeight, rowOnCanvas, visibleRows } from './scroll-map.ts';
import { Scroller } from './scroller.ts';

const OVERSCAN = 6;

/** A row to draw, by position. */
export interface DrawnRow {
  readonly index: number;
  /** Distance from the start of the canvas, in pixels. */
  readonly top: number;
}

export interface GridProps {
  readonly label: string;
  readonly total: number;
  readonly columns: number;
  readonly rowHeight: number;
  readonly activeId: string | null;
  /** Position to bring into sight; a new object each time. */
  readonly reveal: { readonly index: number } | null;
  /** Another list begins at its start. */
  readonly listKey: string;
  /** A row that stays at the top, and its height in pixels. */
  readonly head?: { readonly row: ReactNode; readonly height: number };
  /** Where the rows need more room than there is (pixels), they are moved sideways. */
  readonly minWidth?: number;
  readonly draw: (row: DrawnRow) => ReactNode;
  /** Told which rows are in sight, so that they are fetched. */
  readonly onSight: (from: number, to: number) => void;
  /** Told whether the reader's pointer or focus is in the list. */
  readonly onHand: (inside: boolean) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** Any number of rows, of which only those in sight are there. One focus for the whole grid; the active row is named. */
export function ListGrid(props: GridProps) {
  const { total, rowHeight, listKey, onSight, onHand, reveal } = props;
  const [scroller] = useState(() => new Scroller(props.head?.height));
  const [former] = useState(reveal);
  const { geometry, position } = useSyncExternalStore(scroller.subscribe, scroller.read);
  useLayoutEffect(() => scroller.reshape({ rows: total, rowHeight }), [scroller, total, rowHeight]);
  useLayoutEffect(() => scroller.restart(), [scroller, listKey]);
  useLayoutEffect(() => {
    // What was asked for before this grid was there is not meant for it: it has no height yet.
    if (reveal !== null && reveal !== former) scroller.reveal(reveal.index);
  }, [scroller, reveal, former]);
  const attach = useCallback((element: HTMLElement | null) => scroller.attach(element), [scroller]);
  const { from, to } = visibleRows(position, geometry, OVERSCAN);
  useEffect(() => onSight(from, to), [onSight, from, to]);
  // A grid that goes away hears of no blur: no hand is left in it.
  useEffect(() => () => onHand(false), [onHand]);
  const canvas: CSSProperties = { blockSize: canvasHeight(geometry), minInlineSize: props.minWidth };
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, offset) =>
    props.draw({ index: from + offset, top: rowOnCanvas(from + offset, position, geometry) }),
  );
  return (
    <div
      ref={attach}
      role="grid"
      tabIndex={0}
      data-pane-focus
      aria-label={props.label}
      aria-rowcount={total + (props.head === undefined ? 0 : 1)}
      aria-colcount={props.columns}
      aria-activedescendant={props.activeId ?? undefined}
      className={cx(css.grid, props.minWidth !== undefined && css.wide)}
      onScroll={() => scroller.followed()}
      onPointerEnter={() => onHand(true)}
      onPointerLeave={() => onHand(false)}
      onFocus={() => onHand(true)}
      onBlur={() => onHand(false)}
      onKeyDown={props.onKeyDown}
    >
      {props.head?.row}
      <div className={css.canvas} style={canvas} role="rowgroup">
        {rows}
      </div>
    </div>
  );
}
