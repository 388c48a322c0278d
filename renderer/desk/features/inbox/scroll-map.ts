/**
 * Chromium clamps the height of what it scrolls (33,554,428 px), which a million rows of 64 px exceed. So the list scrolls
 * a canvas of at most `MAX_CANVAS` and maps it to the height that the rows would have: small movements count pixel by
 * pixel, large ones (the scroll bar, Home, End) in proportion, and both ends meet.
 */
export const MAX_CANVAS = 16_000_000;

/** What is scrolled: how many rows of which height, through a window of which height; all in CSS pixels. */
export interface ScrollGeometry {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Where the list stands: the canvas's own scroll position, and the position in the height of all rows. */
export interface ScrollPosition {
  readonly canvasTop: number;
  readonly top: number;
}

export const SCROLL_START: ScrollPosition = { canvasTop: 0, top: 0 };

/** Height of the canvas that is really scrolled. */
export function canvasHeight(geometry: ScrollGeometry): number {
  return Math.min(geometry.rows * geometry.rowHeight, MAX_CANVAS);
}

function ends(geometry: ScrollGeometry): { readonly canvas: number; readonly all: number } {
  return {
    canvas: Math.max(0, canvasHeight(geometry) - geometry.viewport),
    all: Math.max(0, geometry.rows * geometry.rowHeight - geometry.viewport),
  };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

/** The position after the canvas was scrolled to `canvasTop` by whatever moved it. */
export function afterScroll(
  from: ScrollPosition,
  canvasTop: number,
  geometry: ScrollGeometry,
): ScrollPosition {
  const end = ends(geometry);
  if (canvasTop <= 0) return SCROLL_START;
  if (canvasTop >= end.canvas) return { canvasTop: end.canvas, top: end.all };
  if (end.all === end.canvas) return { canvasTop, top: canvasTop };
  const moved = canvasTop - from.canvasTop;
  const small = Math.abs(moved) <= geometry.viewport * 2;
  const top = small ? from.top + moved : (canvasTop / end.canvas) * end.all;
  return { canvasTop, top: clamp(top, end.all) };
}

/** The position at which the height of all rows begins at `top`; the canvas has to be scrolled to its `canvasTop`. */
export function scrolledTo(top: number, geometry: ScrollGeometry): ScrollPosition {
  const end = ends(geometry);
  const wanted = clamp(top, end.all);
  return { canvasTop: end.all === 0 ? 0 : (wanted / end.all) * end.canvas, top: wanted };
}

/** The position nearest to `from` at which row `index` is wholly in the window. */
export function revealing(from: ScrollPosition, index: number, geometry: ScrollGeometry): ScrollPosition {
  const rowTop = index * geometry.rowHeight;
  if (rowTop < from.top) return scrolledTo(rowTop, geometry);
  const rowEnd = rowTop + geometry.rowHeight;
  if (rowEnd > from.top + geometry.viewport) return scrolledTo(rowEnd - geometry.viewport, geometry);
  return from;
}

/** The rows to draw: `from` inclusive to `to` exclusive, `overscan` more on both sides. */
export function visibleRows(
  position: ScrollPosition,
  geometry: ScrollGeometry,
  overscan: number,
): { readonly from: number; readonly to: number } {
  const first = Math.floor(position.top / geometry.rowHeight);
  const last = Math.ceil((position.top + geometry.viewport) / geometry.rowHeight);
  return { from: Math.max(0, first - overscan), to: Math.min(geometry.rows, last + overscan) };
}

/** Where row `index` stands on the canvas, in pixels from its start. */
export function rowOnCanvas(index: number, position: ScrollPosition, geometry: ScrollGeometry): number {
  return position.canvasTop + index * geometry.rowHeight - position.top;
}
