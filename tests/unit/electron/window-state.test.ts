import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MIN_HEIGHT, MIN_WIDTH, restoredState, savedState } from '../../../electron/main/window-state.ts';

const SCREEN = { x: 0, y: 25, width: 1_440, height: 875 };
const SECOND = { x: 1_440, y: 0, width: 1_920, height: 1_080 };
const FIRST = { bounds: null, width: 1_280, height: 840, maximized: false };

describe("a window's place", () => {
  test('comes back as it was saved', () => {
    const bounds = { x: 100, y: 60, width: 900, height: 700 };
    expect(restoredState(savedState(bounds, true), [SCREEN])).toEqual({
      bounds,
      width: 900,
      height: 700,
      maximized: true,
    });
  });

  test('on a screen that is gone, the size stays and the system places it', () => {
    const saved = savedState({ x: 2_000, y: 100, width: 900, height: 700 }, false);
    expect(restoredState(saved, [SCREEN, SECOND]).bounds).toMatchObject({ x: 2_000 });
    expect(restoredState(saved, [SCREEN])).toEqual({
      bounds: null,
      width: 900,
      height: 700,
      maximized: false,
    });
  });

  test.each([
    ['above the screen', { x: 100, y: -20, width: 900, height: 700 }],
    ['below it', { x: 100, y: 890, width: 900, height: 700 }],
    ['all but a sliver to the right', { x: 1_400, y: 100, width: 900, height: 700 }],
  ])('%s it cannot be grasped and is placed anew', (_name, bounds) => {
    expect(restoredState(savedState(bounds, false), [SCREEN]).bounds).toBeNull();
  });

  test('is never smaller than the least size', () => {
    const state = restoredState(savedState({ x: 10, y: 30, width: 5, height: 5 }, false), [SCREEN]);
    expect(state.bounds).toEqual({ x: 10, y: 30, width: MIN_WIDTH, height: MIN_HEIGHT });
  });

  test.each([
    null,
    '',
    'no json',
    'null',
    '[]',
    '{}',
    '{"x":1,"y":2,"width":"3","height":4}',
    '{"x":1e99,"y":2,"width":3,"height":4}',
    '{"x":null,"y":2,"width":3,"height":4}',
  ])('saved as %s is the first place', (saved) => {
    expect(restoredState(saved, [SCREEN])).toEqual(FIRST);
  });

  test('any text gives a window that can be seen', () => {
    const saved = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          x: fc.integer(),
          y: fc.integer(),
          width: fc.integer(),
          height: fc.integer(),
          maximized: fc.anything(),
        })
        .map((state) => JSON.stringify(state)),
    );
    fc.assert(
      fc.property(saved, (text) => {
        const state = restoredState(text, [SCREEN]);
        expect(state.width).toBeGreaterThanOrEqual(MIN_WIDTH);
        expect(state.height).toBeGreaterThanOrEqual(MIN_HEIGHT);
        if (state.bounds !== null) expect(state.bounds.y).toBeGreaterThanOrEqual(SCREEN.y);
      }),
      { numRuns: 1_000, seed: 20_261_121 },
    );
  });
});
