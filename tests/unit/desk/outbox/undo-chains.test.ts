import { describe, expect, test } from 'vitest';
import { nextRedo, nextUndo, undoChains } from '../../../../src/desk/outbox/undo-chains.ts';
import { entryOf } from '../../../support/desk/test-outbox.ts';

const actions = (...mids: readonly number[]) => mids.map((mid) => entryOf(mid));
const undoing = (mid: number, undoes: number) => entryOf(mid, { undoes });
const standing = (chains: ReturnType<typeof undoChains>) =>
  chains.map(({ mid, undone, tip }) => [mid, undone, tip.mid]);

describe('[Y16] where an action stands', () => {
  test('each turn of its chain takes it back or does it again', () => {
    const [one, two, three] = [undoing(2, 1), undoing(3, 2), undoing(4, 3)];
    expect(standing(undoChains(actions(1), []))).toEqual([[1, false, 1]]);
    expect(standing(undoChains(actions(1), [one]))).toEqual([[1, true, 2]]);
    expect(standing(undoChains(actions(1), [one, two]))).toEqual([[1, false, 3]]);
    expect(standing(undoChains(actions(1), [three, two, one]))).toEqual([[1, true, 4]]);
  });

  test('chains do not mix, and of two that take the same back the later counts', () => {
    const undoings = [undoing(4, 3), undoing(5, 1), undoing(6, 1)];
    for (const inAnyOrder of [undoings, undoings.toReversed()])
      expect(standing(undoChains(actions(3, 2, 1), inAnyOrder))).toEqual([
        [3, true, 4],
        [2, false, 2],
        [1, true, 6],
      ]);
  });

  test('a record that claims to take back what came after it changes nothing, and goes in no circle', () => {
    expect(standing(undoChains(actions(1), [undoing(2, 2), undoing(3, 4), undoing(4, 3)]))).toEqual([
      [1, false, 1],
    ]);
  });
});

describe('[Y16] what the keys do', () => {
  test('undo: the latest action that stands', () => {
    expect(nextUndo(undoChains(actions(2, 1), [undoing(3, 2)]))?.mid).toBe(1);
    expect(nextUndo(undoChains(actions(1), [undoing(2, 1)]))).toBeNull();
    expect(nextUndo([])).toBeNull();
  });

  test('redo: what was taken back last, one after the other', () => {
    const undone = [undoing(3, 2), undoing(4, 1)];
    expect(nextRedo(undoChains(actions(2, 1), undone))?.mid).toBe(1);
    expect(nextRedo(undoChains(actions(2, 1), [...undone, undoing(5, 4)]))?.mid).toBe(2);
    expect(nextRedo(undoChains(actions(2, 1), []))).toBeNull();
  });

  test('redo: nothing once another action was made, or where there is no way on', () => {
    expect(nextRedo(undoChains(actions(3, 1), [undoing(2, 1)]))).toBeNull();
    expect(nextRedo(undoChains(actions(1), [entryOf(2, { undoes: 1, inverse: null })]))).toBeNull();
  });
});
