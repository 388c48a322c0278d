import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sweepEveryMinute } from '../../../../src/host/workspace/minute-sweep.ts';

const SWEPT = { changed: 0, sent: 0, nextDue: null };

function house(over: { readonly rows?: number; readonly sweep?: () => Promise<typeof SWEPT> } = {}) {
  const told: string[] = [];
  let left = over.rows ?? 3;
  const workspace = {
    sweep: () => {
      told.push('sweep');
      return over.sweep?.() ?? Promise.resolve(SWEPT);
    },
    checkSome: () => {
      told.push('slice');
      left -= 1;
      return Promise.resolve(left === 0);
    },
  };
  const thrown: unknown[] = [];
  const stop = sweepEveryMinute(workspace, (one) => thrown.push(one));
  return { told, thrown, stop };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await vi.advanceTimersByTimeAsync(0);
}

describe('a workspace’s minute', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('[Y13] sweeps at once and every minute, then looks at slices of rows to the end of the walk', async () => {
    const { told, stop } = house();
    await vi.waitFor(() => expect(told).toEqual(['sweep', 'slice', 'slice', 'slice']));
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(told.slice(4, 6)).toEqual(['sweep', 'slice']));
    stop();
    const { length } = told;
    await vi.advanceTimersByTimeAsync(180_000);
    expect(told.length - length).toBeLessThanOrEqual(1);
  });

  test('looks at 25 slices a minute at most', async () => {
    const { told, stop } = house({ rows: 1_000 });
    await vi.waitFor(() => expect(told).toHaveLength(26));
    await settled();
    expect(told).toHaveLength(26);
    stop();
  });

  test('what a sweep throws is reported, and the next minute comes all the same', async () => {
    const { told, thrown, stop } = house({ sweep: () => Promise.reject(new Error('no disk')) });
    await vi.waitFor(() => expect(thrown.map(String)).toEqual(['Error: no disk']));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['sweep', 'sweep']);
    stop();
  });
});
