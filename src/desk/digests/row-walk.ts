import type { WritableDb } from '../../sqlite/database.ts';
import { checkSlice, DamagedRows, type DigestPlace, giveDigests } from './row-digests.ts';
import type { Walk } from './walk.ts';

/** Rows looked at in one slice: some 3 ms. */
export const WATCH_ROWS = 1_000;

/** Walks through every row and compares it with its digest; a row without one gets the one that fits it. */
export function rowWalk(db: WritableDb): Walk {
  let place: DigestPlace | null = null;
  return {
    next: () => {
      const slice = checkSlice(db, place, WATCH_ROWS);
      if (slice.damaged.length > 0)
        return { looked: slice.rows, damage: new DamagedRows(slice.damaged), isEnd: false };
      giveDigests(db, slice.bare);
      place = slice.next;
      return { looked: slice.rows, damage: null, isEnd: place === null };
    },
  };
}
