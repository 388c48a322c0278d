import { HOUR, type Millis, millis, SECOND } from '../../base/time.ts';
import type { WritableDb } from '../../sqlite/database.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { checkSlice, type DamagedRow, type DigestPlace, giveDigests } from './row-digests.ts';

/** Rows looked at in one slice: some 3 ms. */
export const WATCH_ROWS = 1_000;
/** After the start, and whenever there is other work. */
export const WATCH_LATER: Millis = millis(20 * SECOND);
/** Between two slices: a million rows take some eight minutes, at half a hundredth of a processor. */
export const WATCH_PAUSE: Millis = millis(SECOND / 2);
/** Between two walks through everything. */
export const WATCH_REST: Millis = HOUR;

export interface RowWatchDeps {
  readonly db: WritableDb;
  readonly scheduler: Scheduler;
  /** Nothing else is going on that these reads would hold up. */
  readonly isIdle: () => boolean;
  /** Told once, then the watch is over: the replica is not to be trusted. Where it throws, it is told again later. */
  readonly onDamage: (rows: readonly DamagedRow[]) => void;
  /** What a slice threw: the file's structure is damaged, or the disk fails. The watch goes on later. */
  readonly report: (thrown: unknown) => void;
}

/** How far the watch is, for reports. */
export interface WatchState {
  /** Walks through everything that came to their end. */
  readonly walks: number;
  /** Rows looked at in this walk. */
  readonly rows: number;
}

/**
 * Walks through the whole replica in small slices while the desk has nothing else to do, compares every row with its
 * digest, and starts again: bits that flip in the file are found within a walk, not at once.
 */
export class RowWatch {
  readonly #deps: RowWatchDeps;
  #place: DigestPlace | null = null;
  #state: WatchState = { walks: 0, rows: 0 };
  #cancel: (() => void) | null = null;
  #isOver = false;

  constructor(deps: RowWatchDeps) {
    this.#deps = deps;
  }

  state(): WatchState {
    return this.#state;
  }

  start(): void {
    if (this.#cancel === null) this.#after(WATCH_LATER);
  }

  stop(): void {
    this.#isOver = true;
    this.#cancel?.();
  }

  #after(delay: Millis): void {
    if (this.#isOver) return;
    this.#cancel = this.#deps.scheduler.after(delay, () => this.#after(this.#next()));
  }

  /** Looks at a slice where nothing else waits; answers when to look again. */
  #next(): Millis {
    if (!this.#deps.isIdle()) return WATCH_LATER;
    try {
      return this.#slice();
    } catch (thrown) {
      this.#deps.report(thrown);
      return WATCH_LATER;
    }
  }

  #slice(): Millis {
    const { db } = this.#deps;
    const slice = checkSlice(db, this.#place, WATCH_ROWS);
    if (slice.damaged.length > 0) {
      this.#deps.onDamage(slice.damaged);
      this.stop();
      return WATCH_REST;
    }
    giveDigests(db, slice.bare);
    this.#place = slice.next;
    const { walks, rows } = this.#state;
    this.#state = slice.next === null ? { walks: walks + 1, rows: 0 } : { walks, rows: rows + slice.rows };
    return slice.next === null ? WATCH_REST : WATCH_PAUSE;
  }
}
