import { describe, expect, test } from 'vitest';
import { answerText } from '../../../../renderer/desk/features/surveys/answer-text.ts';
import {
  conditionOn,
  DELAYS,
  isWhole,
  lengthsWith,
  movedPosition,
  newSurvey,
  operatorsFor,
  replacedAt,
  toggled,
  withOperator,
  withText,
} from '../../../../renderer/desk/features/surveys/survey-draft.ts';
import { UNDO_WINDOW } from '../../../../src/domain/csat/survey.ts';
import { surveyContent } from '../../../../src/mutations/survey-args.ts';
import { condition, surveyOf } from '../../../support/domain/surveys.ts';

describe('a survey while it is edited', () => {
  test('[C9] a new one can be saved as it is, behind the others', () => {
    const made = newSurvey('After', 'ko', [surveyOf({ position: 4 })]);
    expect(surveyContent.safeParse(made).success).toBe(true);
    expect(made).toMatchObject({ position: 5, scale: 5, defaultLanguage: 'ko', conditions: [] });
  });

  test('[S11] no time is offered within the undo window; one that stands is offered, too', () => {
    expect(Math.min(...DELAYS)).toBeGreaterThanOrEqual(UNDO_WINDOW);
    expect(lengthsWith([1, 3], 2)).toEqual([1, 2, 3]);
    expect(lengthsWith([1, 3], 3)).toEqual([1, 3]);
  });

  test('[C9] a text is set and taken away, its language with its last one', () => {
    const start = newSurvey('After', 'en', []);
    const korean = withText(start, 'ko', 'title', '상담');
    expect(korean.texts).toEqual({ ko: { title: '상담' } });
    expect(withText(withText(korean, 'ko', 'thanks', 'x'), 'ko', 'title', ' ').texts).toEqual({
      ko: { thanks: 'x' },
    });
    expect(withText(korean, 'ko', 'title', '').texts).toEqual({});
  });

  test('[C10] what every closing has is neither set nor unset; fields compare as numbers, too', () => {
    expect(operatorsFor('channel')).toEqual(['isAnyOf', 'isNoneOf']);
    expect(operatorsFor('tag')).toContain('isUnset');
    expect(operatorsFor('profile.orders')).toContain('atLeast');
  });

  test('[C10] values stay where the comparison keeps them', () => {
    const chosen = toggled(toggled(conditionOn('tag'), 'vip'), 'gold');
    expect(chosen.values).toEqual(['vip', 'gold']);
    expect(toggled(chosen, 'vip').values).toEqual(['gold']);
    expect(withOperator(chosen, 'isNoneOf').values).toEqual(['vip', 'gold']);
    expect(withOperator(chosen, 'isSet').values).toEqual([]);
    expect(withOperator(condition('profile.n', 'atLeast', '3'), 'isAnyOf').values).toEqual([]);
  });

  test('[C10] a condition without what it needs is not saved', () => {
    expect(isWhole(conditionOn('tag'))).toBe(false);
    expect(isWhole(condition('tag', 'isAnyOf', 'vip'))).toBe(true);
    expect(isWhole(condition('tag', 'isUnset'))).toBe(true);
    expect(isWhole(condition('profile.n', 'atMost', ''))).toBe(false);
    expect(isWhole(condition('profile.n', 'atMost', 'many'))).toBe(false);
    expect(isWhole(condition('profile.n', 'atMost', '2.5'))).toBe(true);
  });

  test('a list with an item replaced or taken away', () => {
    expect(replacedAt(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(replacedAt(['a', 'b', 'c'], 1, null)).toEqual(['a', 'c']);
  });

  test('[Q3] moved by a place, it stands between its new neighbours', () => {
    const surveys = [1, 2, 3].map((position) => surveyOf({ id: `s${position}`, position }));
    expect(movedPosition(surveys, 's2', -1)).toBe(0);
    expect(movedPosition(surveys, 's1', 1)).toBe(2.5);
    expect(movedPosition(surveys, 's2', 1)).toBe(4);
    expect(movedPosition(surveys, 's1', -1)).toBeNull();
    expect(movedPosition(surveys, 's3', 1)).toBeNull();
    expect(movedPosition(surveys, 'none', 1)).toBeNull();
  });
});

describe('an answer in words', () => {
  const t = (key: string, values: object = {}): string => `${key} ${JSON.stringify(values)}`;

  test('[Q1] a 5 of 2 points is told apart from a 5 of 5', () => {
    expect(answerText({ scale: 5, score: 5 }, t)).toBe('surveys:line.answered {"score":5}');
    expect(answerText({ scale: 2, score: 5 }, t)).toBe('surveys:line.answeredScale {"score":5,"points":2}');
    expect(answerText({ scale: null, score: 5 }, t)).toBe('surveys:line.answeredUnknown {"score":5}');
    expect(answerText({ scale: 5, score: null }, t)).toBe('surveys:line.commented {}');
  });
});
