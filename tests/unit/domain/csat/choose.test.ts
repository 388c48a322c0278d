import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../src/base/time.ts';
import { chooseSurvey, mediumOf, planSurvey, surveyDueAt } from '../../../../src/domain/csat/choose.ts';
import { bySurveyOrder, SURVEY_LATEST } from '../../../../src/domain/csat/survey.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { minute, Story } from '../../../support/domain/history.ts';
import { condition, subjectOf, surveyOf } from '../../../support/domain/surveys.ts';

const closed = subjectOf(
  new Story()
    .customer(1)
    .escalated(2, { tags: ['complaint'] })
    .close(6),
);

describe('which survey a closed cycle gets', () => {
  test('[Q3] the first of the order that nothing speaks against, and why not the others', () => {
    const calm = condition('tag', 'isNoneOf', 'complaint');
    const surveys = [
      surveyOf({ id: 'd', position: 4 }),
      surveyOf({ id: 'c', position: 3 }),
      surveyOf({ id: 'b', position: 2, conditions: [calm] }),
      surveyOf({ id: 'a', position: 1, onSince: null }),
      surveyOf({ id: 'late', position: 0, onSince: minute(7) }),
    ];
    const { survey, passedOver } = chooseSurvey(surveys, closed);
    expect(survey?.id).toBe('c');
    expect(passedOver).toEqual([
      { surveyId: 'late', why: 'closedBefore' },
      { surveyId: 'a', why: 'off' },
      { surveyId: 'b', why: 'condition', condition: calm },
      { surveyId: 'd', why: 'anotherFirst' },
    ]);
  });

  test('[Q3] equal positions are taken by id, however they come', () => {
    const [a, b] = [surveyOf({ id: 'a' }), surveyOf({ id: 'b' })];
    expect(chooseSurvey([b, a], closed).survey?.id).toBe('a');
    expect(chooseSurvey([a, b], closed).survey?.id).toBe('a');
    expect([bySurveyOrder(a, b), bySurveyOrder(b, a), bySurveyOrder(a, a)].map(Math.sign)).toEqual([
      -1, 1, 0,
    ]);
  });

  test('[Q3] an open cycle gets none', () => {
    const open = subjectOf(new Story().customer(1).escalated(2));
    expect(chooseSurvey([surveyOf()], open)).toEqual({ survey: null, passedOver: [] });
  });

  test('[S11] it leaves after its delay, and never within the undo window', () => {
    expect(surveyDueAt(surveyOf({ delay: HOUR }), minute(6))).toBe(minute(66));
    expect(surveyDueAt(surveyOf({ delay: 0 }), minute(6))).toBe(minute(6) + MINUTE);
  });
});

describe('what becomes of a closed cycle', () => {
  const now = minute(10);

  test('[Q3] due at its time', () => {
    const survey = surveyOf();
    expect(planSurvey([survey], closed, now, true)).toEqual({ state: 'due', survey, at: minute(66) });
  });

  test('[Q5] [C11] without an address that customers can open, it says so', () => {
    expect(planSurvey([surveyOf()], closed, now, false)).toMatchObject({ state: 'noAddress' });
  });

  test('[Q3] none with every reason', () => {
    expect(planSurvey([surveyOf({ onSince: null })], closed, now, true)).toEqual({
      state: 'none',
      passedOver: [{ surveyId: 's1', why: 'off' }],
      again: null,
    });
  });

  test('[Q3] where only a condition speaks against it, it is looked at again when it would leave', () => {
    const calm = condition('tag', 'isNoneOf', 'complaint');
    const surveys = [
      surveyOf({ id: 'late', delay: 3 * HOUR, conditions: [calm] }),
      surveyOf({ id: 'soon', delay: HOUR, conditions: [calm] }),
      surveyOf({ id: 'off', delay: 0, onSince: null, conditions: [calm] }),
    ];
    const againAt = (moment: number) => {
      const plan = planSurvey(surveys, closed, minute(moment), true);
      return plan.state === 'none' ? plan.again : plan.state;
    };
    expect([againAt(7), againAt(65), againAt(66), againAt(185), againAt(186)]).toEqual([
      minute(66),
      minute(66),
      minute(186),
      minute(186),
      null,
    ]);
  });

  test('[Q3] a conversation that was opened again before it leaves is not asked about, its next closing is', () => {
    const story = new Story().customer(1).escalated(2).close(6);
    const first = subjectOf(story);
    const reopened = subjectOf(story.customer(9));
    expect(reopened.cycle.ordinal).toBe(2);
    const { conversation } = reopened;
    expect(planSurvey([surveyOf()], { ...first, conversation }, now, true)).toEqual({ state: 'reopened' });
    const again = subjectOf(story.close(12));
    expect(planSurvey([surveyOf()], again, minute(13), true)).toMatchObject({ state: 'due', at: minute(72) });
  });

  test('[Q3] a closing of long ago is not asked about any more', () => {
    const last = epochMillis(minute(6) + SURVEY_LATEST);
    expect(planSurvey([surveyOf()], closed, last, true).state).toBe('due');
    expect(planSurvey([surveyOf()], closed, epochMillis(last + 1), true).state).toBe('tooLate');
    expect(SURVEY_LATEST).toBe(7 * DAY);
  });

  test('[C11] the messenger shows the form; every other channel gets the link', () => {
    expect(['web_chat', 'email', 'sms', 'whatsapp', 'kakao'].map(mediumOf)).toEqual([
      'form',
      'link',
      'link',
      'link',
      'link',
    ]);
  });
});
