import { describe, expect, test } from 'vitest';
import { Scroller } from '../../../../renderer/desk/features/inbox/scroller.ts';

function scrollerOf(rows: number, viewport: number): { scroller: Scroller; changes: () => number } {
  const scroller = new Scroller();
  let changes = 0;
  scroller.subscribe(() => {
    changes += 1;
  });
  scroller.reshape({ rows, rowHeight: 64, viewport });
  return { scroller, changes: () => changes };
}

describe('the scrolling of a list', () => {
  test('[B15] brings any row of a million into sight, and goes back to the start for another list', () => {
    const { scroller } = scrollerOf(1_000_000, 800);
    scroller.reveal(999_999);
    expect(scroller.read().position.top).toBe(64_000_000 - 800);
    scroller.restart();
    expect(scroller.read().position.top).toBe(0);
  });

  test('a row that is not there moves nothing', () => {
    const { scroller } = scrollerOf(10, 800);
    scroller.reveal(10);
    expect(scroller.read().position.top).toBe(0);
  });

  test('the same shape again is no change; another one is', () => {
    const { scroller, changes } = scrollerOf(100, 800);
    const before = changes();
    scroller.reshape({ rows: 100 });
    expect(changes()).toBe(before);
    scroller.reshape({ rows: 101 });
    expect(changes()).toBe(before + 1);
    expect(scroller.read().geometry).toEqual({ rows: 101, rowHeight: 64, viewport: 800 });
  });
});
