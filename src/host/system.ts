import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
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

/** Whether this machine has an address that others could answer to: up, or down where loopback and link-local are all it has. */
export function systemNetwork(): 'up' | 'down' {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.some(({ internal, address }) => !internal && !/^(?:169\.254\.|fe80:)/i.test(address))
    ? 'up'
    : 'down';
}
