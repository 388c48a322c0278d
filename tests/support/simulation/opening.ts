import { must } from '../../../src/base/must.ts';
import type { EpochMillis } from '../../../src/base/time.ts';
import { noCounts } from './counts.ts';
import { comparedAtRest } from './desk-checks.ts';
import type { DeskRowsStored, FilePool } from './files.ts';
import { type DeskBegins, NOTHING, type SimDesk } from './sim-desk.ts';
import { type OpeningKind, openingKindOf } from './schedule.ts';
import type { WorkspaceBegins } from './sim-workspace.ts';
import { World } from './world.ts';

/** How a schedule begins: a workspace with its first events, and desks that have bootstrapped from it or are to. */
export interface Opening extends WorkspaceBegins {
  readonly kind: OpeningKind;
  readonly at: EpochMillis;
  readonly desks: readonly { readonly stored: DeskRowsStored; readonly begins: DeskBegins }[];
}

/** Plays the opening once for all schedules of its kind: it is the same for each, and took an eighth of their time. */
export async function openingOf(pool: FilePool, seed: number): Promise<Opening> {
  const kind = openingKindOf(seed);
  const found = pool.openings.get(kind);
  if (found !== undefined) return found;
  const made = kind === 'usual' ? await usual(pool) : await other(pool, seed, await openingOf(pool, 0));
  pool.openings.set(kind, made);
  return made;
}

async function usual(pool: FilePool): Promise<Opening> {
  const world = new World(0, { pool }, noCounts());
  await world.open();
  const made = opened(world, 'usual', (desk) => comparedAtRest(desk, world.workspace));
  await world.close();
  return made;
}

/** The usual opening, with what else stands before the desks start. */
async function other(pool: FilePool, seed: number, begun: Opening): Promise<Opening> {
  const world = new World(seed, { pool }, noCounts(), begun);
  await world.prepare();
  await world.workspace.check();
  const made = opened(world, openingKindOf(seed), ({ rows, deps: { files, begins } }) => {
    const isEmptied = rows.readAgain(files.replica()).size === 0;
    return isEmptied ? NOTHING : must(begins, 'what the desk begins with');
  });
  await world.close();
  return made;
}

function opened(world: World, kind: OpeningKind, standing: (desk: SimDesk) => DeskBegins): Opening {
  const desks = world.desks.map((desk) => ({
    stored: must(desk.deps.files.stored(), 'the rows of a desk in memory'),
    begins: standing(desk),
  }));
  const begins = must(world.workspace.begins(), 'a workspace in memory');
  return { ...begins, kind, at: world.now(), desks };
}
