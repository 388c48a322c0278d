import { nextFloat, type Rng } from '../../base/rng.ts';
import { type Millis, millis, MINUTE, SECOND } from '../../base/time.ts';

const FIRST = SECOND / 2;
const LONGEST = 30 * SECOND;
const IDLE = 30 * SECOND;

/**
 * How long to wait after the `failures`-th failure in a row (from 1): anywhere from a quarter of a second up to a limit that
 * doubles from one second to 30. The whole span is drawn from, so that 2,000 desks do not come back in step (Y8).
 */
export function retryDelay(failures: number, rng: Rng): Millis {
  const limit = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10));
  return millis(Math.ceil(FIRST / 2 + nextFloat(rng) * (limit - FIRST / 2)));
}

/** How long an idle desk waits before it pulls without a poke (Y8): 30 s, a fifth more or less. */
export function idleDelay(rng: Rng): Millis {
  return millis(Math.round(IDLE * (0.8 + 0.4 * nextFloat(rng))));
}

/** How long before a desk that heard of its network, or woke up, looks for its workspace: up to half a second. */
export function renewDelay(rng: Rng): Millis {
  return millis(Math.round(FIRST * nextFloat(rng)));
}

/** How long before a desk that was refused (too old, no longer known) asks again by itself. */
export function refusedDelay(rng: Rng): Millis {
  return millis(Math.round(MINUTE * (0.8 + 0.4 * nextFloat(rng))));
}
