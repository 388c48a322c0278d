import { nextInt, type Rng } from '../../src/base/rng.ts';

/** The value below which `share` (0–1) of the samples lie, by linear interpolation; throws on no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) throw new Error('invariant broken: quantile of no samples');
  return low + (high - low) * (place - Math.floor(place));
}

/** The middle sample. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

const RESAMPLES = 2_000;

/** The 95 % bootstrap interval of the median. */
export function medianInterval(samples: readonly number[], rng: Rng): readonly [number, number] {
  const medians: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    const drawn: number[] = [];
    for (let index = 0; index < samples.length; index += 1) {
      drawn.push(samples[nextInt(rng, 0, samples.length - 1)] ?? 0);
    }
    medians.push(median(drawn));
  }
  return [quantile(medians, 0.025), quantile(medians, 0.975)];
}
