/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a window stands. `bounds` null: the system places it. */
export interface WindowState {
  readonly bounds: Bounds | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const MIN_WIDTH = 720;
export const MIN_HEIGHT = 480;
const FIRST: WindowState = { bounds: null, width: 1_280, height: 840, maximized: false };
/** How much of a window must be on a screen for a hand to reach it. */
const REACHABLE = { width: 120, height: 40 } as const;

/** What was saved, if it can be used on the screens there are now; else the first state. `areas`: the screens' work areas. */
export function restoredState(saved: string | null, areas: readonly Bounds[]): WindowState {
  const parsed = saved === null ? null : parsedState(saved);
  if (parsed === null) return FIRST;
  const { bounds, maximized } = parsed;
  const width = Math.max(MIN_WIDTH, bounds.width);
  const height = Math.max(MIN_HEIGHT, bounds.height);
  const reachable = areas.some((area) => isReachable({ ...bounds, width, height }, area));
  return { bounds: reachable ? { ...bounds, width, height } : null, width, height, maximized };
}

/** The text to save; read back by `restoredState`. */
export function savedState(bounds: Bounds, maximized: boolean): string {
  const { x, y, width, height } = bounds;
  return JSON.stringify({ x, y, width, height, maximized });
}

/** Whether enough of the window's upper edge lies on the screen. */
function isReachable(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return (
    across >= REACHABLE.width && window.y >= area.y && window.y + REACHABLE.height <= area.y + area.height
  );
}

function parsedState(text: string): { bounds: Bounds; maximized: boolean } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height, maximized }: Partial<Record<string, unknown>> = { ...value };
  if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height)) return null;
  return { bounds: { x, y, width, height }, maximized: maximized === true };
}

function isPixels(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 100_000;
}
