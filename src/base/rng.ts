/** A source of randomness; handed in, seeded in tests. */
export interface Rng {
  /** A 32-bit unsigned integer. */
  u32(): number;
}

/** Makes a seeded generator (splitmix32): the same seed gives the same numbers everywhere. Not for secrets. */
export function seededRng(seed: number): Rng {
  // Kept as a signed number, which engines hold in place: an unsigned one was allocated at every draw.
  let state = seed | 0;
  return {
    u32: () => {
      state = (state + 0x9e3779b9) | 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    },
  };
}

/** A float in [0, 1). */
export function nextFloat(rng: Rng): number {
  return rng.u32() / 0x1_0000_0000;
}

/** An integer in [from, to], both inclusive. */
export function nextInt(rng: Rng, from: number, to: number): number {
  return from + Math.floor(nextFloat(rng) * (to - from + 1));
}

/** One of `items`; throws on an empty list. */
export function pick<T>(rng: Rng, items: readonly T[]): T {
  const item = items[nextInt(rng, 0, items.length - 1)];
  if (item === undefined) throw new Error('invariant broken: pick from an empty list');
  return item;
}
