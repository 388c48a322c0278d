import type { DamagedReplica } from './damage.ts';

/** What one slice of a walk found. */
export interface WalkSlice {
  /** Rows, entries or messages looked at. */
  readonly looked: number;
  /** What is damaged among them; null: nothing. */
  readonly damage: DamagedReplica | null;
  /** That was the last slice. */
  readonly isEnd: boolean;
}

/** One walk through a part of the replica, in slices of bounded work. A slice that throws is looked at again. */
export interface Walk {
  next(): WalkSlice;
}
