import { describe, expect, test } from 'vitest';
import type { Rng } from '../../../../src/base/rng.ts';
import { idleDelay, refusedDelay, renewDelay, retryDelay } from '../../../../src/desk/sync/backoff.ts';

/** Draws the same every time: the least or the greatest number there is. */
const drawing = (u32: number): Rng => ({ u32: () => u32 });
const LEAST = drawing(0);
const GREATEST = drawing(0xffff_ffff);
const HALF = drawing(0x8000_0000);

describe('[Y8] how long a desk waits', () => {
  test('after a failure: from a quarter of a second up to a limit that doubles from one second to 30 and stays there', () => {
    const limits = [1, 2, 3, 4, 5, 6, 7, 10, 11, 200].map((failures) => retryDelay(failures, GREATEST));
    expect(limits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
    for (const failures of [1, 6, 200]) expect(retryDelay(failures, LEAST)).toBe(250);
    expect(retryDelay(3, HALF)).toBe(2_125);
  });

  test('while nothing goes on: 30 s, a fifth less or more', () => {
    expect([LEAST, HALF, GREATEST].map(idleDelay)).toEqual([24_000, 30_000, 36_000]);
  });

  test('once the network is back or the machine woke up: up to half a second', () => {
    expect([LEAST, HALF, GREATEST].map(renewDelay)).toEqual([0, 250, 500]);
  });

  test('where it was refused: a minute, a fifth less or more', () => {
    expect([LEAST, HALF, GREATEST].map(refusedDelay)).toEqual([48_000, 60_000, 72_000]);
  });
});
