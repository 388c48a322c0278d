import type { EpochMillis } from '../../../src/base/time.ts';
import type { CommitBatch } from '../../../src/workspace/store/store.ts';
import { noCounts } from './counts.ts';
import type { DeskRowsStored, FilePool } from './files.ts';
import type { DeskBegins } from './sim-desk.ts';
import { World } from './world.ts';

/** How a schedule begins: a workspace with its first events, and desks that have bootstrapped from it. */
export interface Opening {
  readonly at: EpochMillis;
  readonly batches: readonly CommitBatch[];
  readonly desks: readonly { readonly stored: DeskRowsStored; readonly begins: DeskBegins }[];
}

/** Plays the opening once for all schedules of this pool: it is the same for each, and took an eighth of its time. */
export async function openingOf(pool: FilePool): Promise<Opening> {
  pool.opening ??= await played(pool);
  return pool.opening;
}

async function played(pool: FilePool): Promise<Opening> {
  const world = new World(0, { pool }, noCounts());
  await world.open();
  const opening = world.opening();
  await world.close();
  return opening;
}
