import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterScroll,
  canvasHeight,
  MAX_CANVAS,
  revealing,
  rowOnCanvas,
  type ScrollGeometry,
  SCROLL_START,
  scrolledTo,
  visibleRows,
} from '../../../../renderer/desk/features/inbox/scroll-map.ts';

const million: ScrollGeometry = { rows: 1_000_000, rowHeight: 64, viewport: 800 };
const few: ScrollGeometry = { rows: 100, rowHeight: 64, viewport: 800 };

describe('scrolling a million rows through a clamped canvas', () => {
  test('[B15] the canvas stays below what Chromium scrolls', () => {
    expect(canvasHeight(million)).toBe(MAX_CANVAS);
    expect(MAX_CANVAS).toBeLessThan(33_554_428);
    expect(canvasHeight(few)).toBe(6_400);
  });

  test('[B15] the last row is reached at the end of the canvas', () => {
    const end = afterScroll(SCROLL_START, MAX_CANVAS - 800, million);
    expect(visibleRows(end, million, 0)).toEqual({ from: 999_987, to: 1_000_000 });
    expect(rowOnCanvas(999_999, end, million)).toBe(MAX_CANVAS - 64);
  });

  test('a small movement counts pixel by pixel, wherever it starts', () => {
    const start = scrolledTo(32_000_000, million);
    const next = afterScroll(start, start.canvasTop + 120, million);
    expect(next.top - start.top).toBe(120);
  });

  test('a large movement counts in proportion', () => {
    const half = afterScroll(SCROLL_START, (MAX_CANVAS - 800) / 2, million);
    expect(half.top).toBeCloseTo((64_000_000 - 800) / 2, 3);
  });

  test('a short list scrolls as itself', () => {
    expect(afterScroll(SCROLL_START, 1_234, few)).toEqual({ canvasTop: 1_234, top: 1_234 });
    expect(visibleRows({ canvasTop: 640, top: 640 }, few, 2)).toEqual({ from: 8, to: 25 });
  });

  test('a list shorter than the window does not scroll', () => {
    const tiny = { rows: 3, rowHeight: 64, viewport: 800 };
    expect(scrolledTo(500, tiny)).toEqual({ canvasTop: 0, top: 0 });
    expect(visibleRows(SCROLL_START, tiny, 5)).toEqual({ from: 0, to: 3 });
    expect(visibleRows(SCROLL_START, { ...tiny, rows: 0 }, 5)).toEqual({ from: 0, to: 0 });
  });

  test('revealing a row moves as little as it can, and not at all when it is there', () => {
    const position = scrolledTo(640, few);
    expect(revealing(position, 12, few)).toBe(position);
    expect(revealing(position, 9, few).top).toBe(576);
    expect(revealing(position, 23, few).top).toBe(736);
  });

  test('[B15] property: any row can be revealed, and then lies inside the window', () => {
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(999_999), (from, to) => {
        const position = revealing(scrolledTo(from * 64, million), to, million);
        const offset = rowOnCanvas(to, position, million) - position.canvasTop;
        expect(offset).toBeGreaterThanOrEqual(-0.01);
        expect(offset + 64).toBeLessThanOrEqual(800.01);
        expect(position.canvasTop).toBeLessThanOrEqual(MAX_CANVAS - 800);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('property: no sequence of movements leaves the list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: MAX_CANVAS + 50 }), { maxLength: 60 }), (tops) => {
        let position = SCROLL_START;
        for (const top of tops) position = afterScroll(position, top, million);
        expect(position.top).toBeGreaterThanOrEqual(0);
        expect(position.top).toBeLessThanOrEqual(64_000_000 - 800);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});
