import { HOUR, type Millis, millis, SECOND } from '../../base/time.ts';
import { isDamage, sqliteFailure } from '../../sqlite/failure.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { DamagedReplica } from './damage.ts';
import type { Walk } from './walk.ts';

/** After the start, and whenever there is other work. */
export const WATCH_LATER: Millis = millis(20 * SECOND);
/** Between two walks through everything. */
export const WATCH_REST: Millis = HOUR;

export interface WatchDeps {
  /** Begins a walk through the part that this watch looks at. */
  readonly begin: () => Walk;
  /** Between two slices. */
  readonly pause: Millis;
  readonly scheduler: Scheduler;
  /** Nothing else is going on that these reads would hold up. */
  readonly isIdle: () => boolean;
  /** Told once, then the watch is over: the replica is not to be trusted. Where it throws, it is told again later. */
  readonly onDamage: (damage: DamagedReplica) => void;
  /** What a slice threw: the disk fails, or a bug. The watch goes on later. */
  readonly report: (thrown: unknown) => void;
}

/** How far a watch is, for reports. */
export interface WatchState {
  /** Walks through everything that came to their end. */
  readonly walks: number;
  /** Rows, entries or messages looked at in this walk. */
  readonly looked: number;
}

/**
 * Walks through a part of the replica in small slices while the desk has nothing else to do, and starts again: bits that
 * flip in the file are found within a walk, not at once.
 */
export class Watch {
  readonly #deps: WatchDeps;
  #walk: Walk | null = null;
  #state: WatchState = { walks: 0, looked: 0 };
  #cancel: (() => void) | null = null;
  #isOver = false;

  constructor(deps: WatchDeps) {
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
    try {
      return this.#deps.isIdle() ? this.#slice() : WATCH_LATER;
    } catch (thrown) {
      // What SQLite cannot read any more is damaged, whoever asked for it.
      if (isDamage(sqliteFailure(thrown)?.type))
        return this.#found(new DamagedReplica('damaged structure', [String(thrown)]));
      this.#deps.report(thrown);
      return WATCH_LATER;
    }
  }

  #slice(): Millis {
    this.#walk ??= this.#deps.begin();
    const { looked, damage, isEnd } = this.#walk.next();
    if (damage !== null) return this.#found(damage);
    const { walks, looked: before } = this.#state;
    this.#state = isEnd ? { walks: walks + 1, looked: 0 } : { walks, looked: before + looked };
    if (!isEnd) return this.#deps.pause;
    this.#walk = null;
    return WATCH_REST;
  }

  #found(damage: DamagedReplica): Millis {
    try {
      this.#deps.onDamage(damage);
      this.stop();
      return WATCH_REST;
    } catch (thrown) {
      this.#deps.report(thrown);
      return WATCH_LATER;
    }
  }
}
