import {
  type CSSProperties,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import {
  afterScroll,
  canvasHeight,
  revealing,
  rowOnCanvas,
  SCROLL_START,
  type ScrollGeometry,
  type ScrollPosition,
  visibleRows,
} from './scroll-map.ts';
import css from './list-grid.module.css';

const OVERSCAN = 6;

/** What a list's rows are drawn from, by position. */
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
  /** Position to keep in sight; changes of it scroll. */
  readonly reveal: { readonly index: number; readonly turn: number } | null;
  /** Another list begins at its start. */
  readonly listKey: string;
  readonly head?: ReactNode;
  readonly draw: (row: DrawnRow) => ReactNode;
  /** Told which rows are in sight, so that they are fetched. */
  readonly onSight: (from: number, to: number) => void;
  readonly onHand: (inside: boolean) => void;
}

function useViewport(): readonly [
  (element: HTMLDivElement | null) => void,
  React.RefObject<HTMLDivElement | null>,
  number,
] {
  const element = useRef<HTMLDivElement | null>(null);
  const [height, setHeight] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  const attach = useCallback((next: HTMLDivElement | null) => {
    observer.current?.disconnect();
    element.current = next;
    if (next === null) return;
    observer.current = new ResizeObserver(() => setHeight(next.clientHeight));
    observer.current.observe(next);
    setHeight(next.clientHeight);
  }, []);
  return [attach, element, height];
}

/** Keeps the canvas's scroll position and the position in all rows together. */
function useScroll(
  geometry: ScrollGeometry,
  element: React.RefObject<HTMLDivElement | null>,
  listKey: string,
) {
  const [position, setPosition] = useState<ScrollPosition>(SCROLL_START);
  const current = useRef(position);
  const move = useCallback(
    (next: ScrollPosition) => {
      current.current = next;
      setPosition(next);
      if (element.current !== null && Math.abs(element.current.scrollTop - next.canvasTop) >= 1) {
        element.current.scrollTop = next.canvasTop;
      }
    },
    [element],
  );
  const onScroll = useCallback(() => {
    if (element.current === null) return;
    const next = afterScroll(current.current, element.current.scrollTop, geometry);
    current.current = next;
    setPosition(next);
  }, [element, geometry]);
  useLayoutEffect(() => {
    void listKey;
    move(SCROLL_START);
  }, [listKey, move]);
  const reveal = useCallback(
    (index: number) => move(revealing(current.current, index, geometry)),
    [move, geometry],
  );
  return { position, onScroll, reveal };
}

/** Any number of rows, of which only those in sight are there. One focus for the whole grid; the active row is named. */
export function ListGrid(props: GridProps) {
  const { total, rowHeight, onSight, reveal: wanted } = props;
  const [attach, element, viewport] = useViewport();
  const [geometry, setGeometry] = useState<ScrollGeometry>({ rows: total, rowHeight, viewport });
  if (geometry.rows !== total || geometry.rowHeight !== rowHeight || geometry.viewport !== viewport) {
    setGeometry({ rows: total, rowHeight, viewport });
  }
  const { position, onScroll, reveal } = useScroll(geometry, element, props.listKey);
  const { from, to } = visibleRows(position, geometry, OVERSCAN);
  useEffect(() => onSight(from, to), [onSight, from, to]);
  useLayoutEffect(() => {
    if (wanted !== null && wanted.index < total) reveal(wanted.index);
    // Only a new wish scrolls; the list growing under it does not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, reveal]);
  const canvas: CSSProperties = { blockSize: canvasHeight(geometry) };
  const rows: ReactNode[] = [];
  for (let index = from; index < to; index += 1) {
    rows.push(props.draw({ index, top: rowOnCanvas(index, position, geometry) }));
  }
  return (
    <div
      ref={attach}
      role="grid"
      tabIndex={0}
      data-pane-focus
      aria-label={props.label}
      aria-rowcount={total}
      aria-colcount={props.columns}
      aria-activedescendant={props.activeId ?? undefined}
      className={css.grid}
      onScroll={onScroll}
      onPointerEnter={() => props.onHand(true)}
      onPointerLeave={() => props.onHand(false)}
    >
      {props.head}
      <div className={css.canvas} style={canvas} role="rowgroup">
        {rows}
      </div>
    </div>
  );
}
