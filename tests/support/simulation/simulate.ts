import { type Counts, noCounts } from './counts.ts';
import { World } from './world.ts';
import type { FilePool } from './files.ts';
import { openingOf } from './opening.ts';
import type { Plant } from './plant.ts';
import { scheduleOf, type Step } from './schedule.ts';
import { Violation } from './violation.ts';

export interface SimOptions {
  readonly pool: FilePool;
  readonly plant?: Plant;
  /** Real SQLite files for the desks and a SQLite store for the workspace. */
  readonly realFiles?: boolean;
  /** The opening is played in memory as it is on real files, in place of being put there. */
  readonly isOpeningPlayed?: boolean;
  /** Told of every step, for reading along. */
  readonly trace?: (line: string) => void;
}

export interface Failure {
  readonly seed: number;
  /** The step after which it showed; the number of steps where it showed at rest. */
  readonly step: number;
  readonly rule: string;
  readonly message: string;
}

export interface SimResult {
  readonly counts: Counts;
  readonly failure: Failure | null;
}

/** Plays a seed's schedule (or `steps` in its place) and checks every invariant after every step, then at rest. */
export async function simulate(
  seed: number,
  options: SimOptions,
  steps: readonly Step[] = scheduleOf(seed),
): Promise<SimResult> {
  const counts = noCounts();
  const isPlayed = options.isOpeningPlayed === true || options.realFiles === true;
  const world = new World(seed, options, counts, isPlayed ? null : await openingOf(options.pool, seed));
  let at = -1;
  try {
    await world.open();
    for (const step of steps) {
      at += 1;
      options.trace?.(`${at} ${step.kind} desk ${step.desk} ${step.a} ${step.b} ${step.c}`);
      await world.play(step);
      const checking = world.check();
      if (checking !== null) await checking;
      options.trace?.(`    ${world.line()}`);
      counts.steps += 1;
    }
    at = steps.length;
    await world.rest();
    return { counts, failure: null };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    const rule = thrown instanceof Violation ? thrown.rule : 'threw';
    const message = thrown instanceof Violation ? thrown.message : (thrown.stack ?? thrown.message);
    return { counts, failure: { seed, step: at, rule, message } };
  } finally {
    await world.close();
  }
}

/** A shorter schedule that breaks the same rule: steps are left out in halves, quarters … as long as it still breaks. */
export async function shrink(failure: Failure, options: SimOptions): Promise<readonly Step[]> {
  const quiet: SimOptions = {
    pool: options.pool,
    ...(options.plant === undefined ? {} : { plant: options.plant }),
    realFiles: options.realFiles ?? false,
  };
  let steps = scheduleOf(failure.seed).slice(0, failure.step + 1);
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length; ) {
      const shorter = [...steps.slice(0, from), ...steps.slice(from + size)];
      const { failure: again } = await simulate(failure.seed, quiet, shorter);
      if (again?.rule === failure.rule) steps = shorter;
      else from += size;
    }
  }
  return steps;
}
