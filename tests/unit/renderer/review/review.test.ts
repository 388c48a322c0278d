import { describe, expect, test } from 'vitest';
import { without } from '../../../../renderer/desk/features/review/review-choice.ts';
import { piecesInSight, REVIEW_PIECE } from '../../../../renderer/desk/features/review/review-pieces.ts';

describe('[O10] the review', () => {
  test.each([
    [0, 10, [0, 0]],
    [90, 110, [0, 1]],
    [100, 112, [1, 1]],
    [-5, 0, [0, 0]],
    [999_990, 1_000_000, [9999, 9999]],
  ])('rows %d to %d lie in the pieces %j', (from, to, pieces) => {
    expect(piecesInSight(from, to)).toEqual(pieces);
  });

  test('a piece is what one answer holds', () => {
    expect(REVIEW_PIECE).toBeLessThanOrEqual(500);
  });

  test('a choice is taken back without touching the others', () => {
    expect(without({ reason: null, skill: 'returns', mine: 'none' }, 'reason')).toEqual({
      skill: 'returns',
      mine: 'none',
    });
    expect(without({}, 'mine')).toEqual({});
  });
});
