import { describe, expect, test } from 'vitest';
import { cutLengths, timeScale } from '../../../../renderer/desk/features/timings/scale.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

describe('lengths beside each other', () => {
  test('[T10] a night among days is drawn as it is', () => {
    const lengths = [9, 15, 9, 15, 9].map((hours) => hours * HOUR);
    expect(cutLengths(lengths)).toEqual(lengths.map((weight) => ({ weight, broken: false })));
  });

  test('[T10] an empty weekend is cut to a third of the rest', () => {
    expect(cutLengths([1.5 * HOUR, 63 * HOUR, 0.5 * HOUR])).toEqual([
      { weight: 1.5 * HOUR, broken: false },
      { weight: (2 * HOUR) / 3, broken: true },
      { weight: 0.5 * HOUR, broken: false },
    ]);
  });

  test('[T10] many cut lengths take no more than all that is not cut', () => {
    const cut = cutLengths([HOUR, ...Array.from({ length: 6 }, () => 100 * HOUR)]);
    expect(cut.filter(({ broken }) => broken)).toHaveLength(6);
    expect(cut.reduce((sum, { weight, broken }) => sum + (broken ? weight : 0), 0)).toBeCloseTo(HOUR);
  });

  test('[T10] what is short is never cut, however much shorter the others are', () => {
    expect(cutLengths([1, 3 * HOUR]).every(({ broken }) => !broken)).toBe(true);
  });

  test('[T10] one length alone, and lengths of nothing, stay', () => {
    expect(cutLengths([99 * HOUR])).toEqual([{ weight: 99 * HOUR, broken: false }]);
    expect(cutLengths([0, 0])).toEqual([
      { weight: 0, broken: false },
      { weight: 0, broken: false },
    ]);
  });
});

describe('the time axis', () => {
  test('[T10] it runs from 0 to 1 and never backwards', () => {
    const marks = [0, MINUTE, 2 * MINUTE, 70 * HOUR, 71 * HOUR];
    const { place } = timeScale(marks, [HOUR, 64 * HOUR]);
    const places = Array.from({ length: 72 }, (_, hour) => place(hour * HOUR));
    expect(place(0)).toBe(0);
    expect(place(71 * HOUR)).toBeCloseTo(1);
    expect(places.every((x, at) => at === 0 || x >= (places[at - 1] ?? 0))).toBe(true);
  });

  test('[T10] marks a minute apart can be told apart beside days', () => {
    const { place } = timeScale([0, MINUTE, 48 * HOUR], []);
    expect(place(MINUTE)).toBeGreaterThanOrEqual(0.04);
  });

  test('[T4] closed hours between two marks are cut, the open ones at both sides are not', () => {
    const { pieces, place } = timeScale([0, 65 * HOUR], [1.5 * HOUR, 64.5 * HOUR]);
    expect(pieces.map(({ broken }) => broken)).toEqual([false, true, false]);
    expect(place(1.5 * HOUR)).toBeGreaterThan(0.5);
    expect(pieces.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1);
  });

  test('[T10] an axis of one moment has one place', () => {
    expect(timeScale([5, 5], []).place(5)).toBe(0);
    expect(timeScale([5], []).pieces).toEqual([]);
  });

  test('[T10] what lies before and after the axis is at its ends', () => {
    const { place } = timeScale([10, 20], []);
    expect([place(0), place(30)]).toEqual([0, 1]);
  });
});
