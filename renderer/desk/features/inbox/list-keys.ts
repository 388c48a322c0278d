import type { Selection } from './use-selection.ts';

/** How many rows Page Up and Page Down go. */
const PAGE = 10;

/** Keys of the grid itself, which mean something else elsewhere. Answers whether the key was one. */
export function gridKey(key: string, selection: Selection, total: number): boolean {
  const moves: Record<string, () => void> = {
    Home: () => selection.moveTo(0),
    End: () => selection.moveTo(total - 1),
    PageDown: () => selection.move(PAGE),
    PageUp: () => selection.move(-PAGE),
  };
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  move?.();
  return move !== undefined;
}
