import { type Millis, millis, SECOND } from '../../base/time.ts';
import type { WritableDb } from '../../sqlite/database.ts';
import type { DamagedReplica } from './damage.ts';
import { indexWalk } from './index-walk.ts';
import { rowWalk } from './row-walk.ts';
import { textWalk } from './text-walk.ts';
import { Watch, type WatchDeps, type WatchState } from './watch.ts';

/** Between two slices of rows: a million rows take some eight minutes, at half a hundredth of a processor. */
export const ROWS_PAUSE: Millis = millis(SECOND / 2);
/** Between two slices of indexes, and of full text: what can be built from rows is looked at more slowly. */
export const DERIVED_PAUSE: Millis = SECOND;

export interface ReplicaWatchDeps extends Pick<WatchDeps, 'scheduler' | 'isIdle' | 'report'> {
  readonly db: WritableDb;
  /** Told once, then nothing is watched any more. */
  readonly onDamage: (damage: DamagedReplica) => void;
}

/** How far each walk is. */
export interface Watched {
  readonly rows: WatchState;
  readonly indexes: WatchState;
  readonly text: WatchState;
}

/** The watch over a whole replica: its rows, the indexes that repeat them, and the full text that is made of them. */
export interface ReplicaWatch {
  start(): void;
  stop(): void;
  state(): Watched;
}

/** Watches a replica while nothing else is going on. One damage is enough: the file is not to be trusted. */
export function watchReplica({ db, onDamage, ...deps }: ReplicaWatchDeps): ReplicaWatch {
  const found = (damage: DamagedReplica): void => {
    onDamage(damage);
    stop();
  };
  const rows = new Watch({ ...deps, onDamage: found, pause: ROWS_PAUSE, begin: () => rowWalk(db) });
  const derived = { ...deps, onDamage: found, pause: DERIVED_PAUSE };
  const indexes = new Watch({ ...derived, begin: () => indexWalk(db) });
  const text = new Watch({ ...derived, begin: () => textWalk(db) });
  const all = [rows, indexes, text];
  const stop = (): void => {
    for (const watch of all) watch.stop();
  };
  return {
    start: () => {
      for (const watch of all) watch.start();
    },
    stop,
    state: () => ({ rows: rows.state(), indexes: indexes.state(), text: text.state() }),
  };
}
