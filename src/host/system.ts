import { randomBytes } from 'node:crypto';
import type { Rng } from '../base/rng.ts';
import { type Clock, epochMillis } from '../base/time.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => epochMillis(Date.now()) };

/** The machine's randomness, good enough for ids and jitter. */
export const systemRng: Rng = { u32: () => randomBytes(4).readUInt32BE(0) };

/** A fresh secret of 256 bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
