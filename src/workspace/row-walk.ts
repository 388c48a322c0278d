import type { WorkspaceLog } from './log-events.ts';
import type { Store, VerifyPlace } from './store/store.ts';

/** Rows looked at in one slice: some 6 ms. */
export const WALK_ROWS = 2_000;

/** A walk through everything a workspace stores, a slice a call, that begins again at its end. */
export interface RowWalk {
  /** Looks at the next slice; answers whether that was the end of a walk. */
  next(): Promise<boolean>;
}

/**
 * Looks for flipped bits in small slices, so that they are found within a walk, not at once. A damaged row is told to the
 * operator's log once and stays as it is: nothing here knows what it was, and a backup does.
 */
export function rowWalk(store: Pick<Store, 'verifySlice'>, log: WorkspaceLog): RowWalk {
  const told = new Set<string>();
  let place: VerifyPlace | null = null;
  return {
    next: async () => {
      const slice = await store.verifySlice(place, WALK_ROWS);
      place = slice.next;
      for (const { type, place: where } of slice.damage) {
        const name = `${type} ${where}`;
        if (!told.has(name)) log({ type: 'damaged', place: name });
        told.add(name);
      }
      return slice.next === null;
    },
  };
}
