import { describe, expect, test } from 'vitest';
import {
  axisTicks,
  bandAt,
  labelledColumns,
  type MarkPlace,
  type MarkShape,
  spreadLabels,
  stepMark,
} from '../../../../renderer/desk/ui/chart-scale.ts';

describe('the axis of a chart', () => {
  test.each([
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [48, [0, 20, 40, 60]],
    [1000, [0, 500, 1000]],
    [1234, [0, 500, 1000, 1500]],
  ])('of %d', (max, ticks) => {
    expect(axisTicks(max)).toEqual(ticks);
  });

  test('of a share has steps below one, without the rounding of binary fractions', () => {
    expect(axisTicks(0.3, 4, false)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(axisTicks(1, 4, false)).toEqual([0, 0.5, 1]);
  });

  test('always reaches the greatest value', () => {
    for (let max = 1; max < 5000; max += 37) expect(axisTicks(max).at(-1)).toBeGreaterThanOrEqual(max);
  });
});

describe('[O1] the columns of a chart', () => {
  test.each([1, 7, 30, 92, 366, 2000])('%d days fill the line and do not overlap', (count) => {
    let end = 0;
    for (let index = 0; index < count; index += 1) {
      const band = bandAt(index, count, 1000);
      expect(band.from).toBeCloseTo(end, 6);
      expect(band.barFrom + band.bar / 2).toBeCloseTo(band.from + band.room / 2, 6);
      expect(band.bar).toBeGreaterThanOrEqual(1);
      expect(band.bar).toBeLessThanOrEqual(28);
      end = band.from + band.room;
    }
    expect(end).toBeCloseTo(1000, 6);
  });

  test('none have no room', () => {
    expect(bandAt(0, 0, 1000).room).toBe(0);
  });
});

describe('[O2] the labels of a chart', () => {
  test.each([
    [0, []],
    [1, [0]],
    [2, [0, 1]],
    [7, [0, 1, 2, 3, 4, 5, 6]],
  ])('of %d columns that all have room', (count, labelled) => {
    expect(labelledColumns(count, 1000, 60)).toEqual(labelled);
  });

  test.each([8, 30, 31, 90, 365])('of %d columns name both ends, and none touches the next', (count) => {
    const labelled = labelledColumns(count, 400, 60);
    expect(labelled[0]).toBe(0);
    expect(labelled.at(-1)).toBe(count - 1);
    const room = 400 / count;
    for (const [at, index] of labelled.entries()) {
      const next = labelled[at + 1];
      if (next !== undefined) expect((next - index) * room).toBeGreaterThanOrEqual(60 * 0.6);
    }
  });

  test('keep their order and their distance when they are moved apart', () => {
    expect(spreadLabels([0, 2, 50], 16, 100)).toEqual([0, 16, 50]);
    expect(spreadLabels([90, 95, 100], 16, 100)).toEqual([68, 84, 100]);
    expect(spreadLabels([], 16, 100)).toEqual([]);
  });

  test('too many for their room stand below each other from the top', () => {
    expect(spreadLabels([5, 5, 5], 16, 20)).toEqual([0, 16, 32]);
  });
});

describe('keys over the marks of a chart', () => {
  const shape: MarkShape = { columns: 10, partsOf: (column) => (column === 3 ? [0, 2] : [0, 1, 2]) };
  const at = (column: number, part: number | null = null): MarkPlace => ({ column, part });

  test.each([
    ['ArrowRight', at(2), at(3)],
    ['ArrowLeft', at(2), at(1)],
    ['ArrowLeft', at(0), at(0)],
    ['ArrowRight', at(9), at(9)],
    ['Home', at(5), at(0)],
    ['End', at(5), at(9)],
    ['PageDown', at(1), at(8)],
    ['PageUp', at(9), at(2)],
    ['ArrowUp', at(2), at(2, 0)],
    ['ArrowUp', at(3, 0), at(3, 2)],
    ['ArrowUp', at(3, 2), at(3, 2)],
    ['ArrowDown', at(3, 0), at(3)],
    ['ArrowDown', at(3), at(3)],
  ])('%s', (key, from, to) => {
    expect(stepMark(key, from, shape, false)).toEqual(to);
  });

  test('a part that the next column lacks is left for the whole column', () => {
    expect(stepMark('ArrowRight', at(2, 1), shape, false)).toEqual(at(3));
    expect(stepMark('ArrowRight', at(2, 2), shape, false)).toEqual(at(3, 2));
  });

  test('where time runs from right to left, the arrows go as they point', () => {
    expect(stepMark('ArrowLeft', at(2), shape, true)).toEqual(at(3));
    expect(stepMark('ArrowRight', at(2), shape, true)).toEqual(at(1));
  });

  test('other keys mean nothing', () => {
    expect(stepMark('a', at(2), shape, false)).toBeNull();
  });
});
