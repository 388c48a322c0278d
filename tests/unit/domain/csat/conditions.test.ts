import { describe, expect, test } from 'vitest';
import { holds } from '../../../../src/domain/csat/conditions.ts';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { ANA, BO, Story } from '../../../support/domain/history.ts';
import { condition, subjectOf } from '../../../support/domain/surveys.ts';

function closed(): Story {
  return new Story({ channel: 'web_chat', source: 'shop' })
    .customer(1)
    .escalated(2, { reasonCode: 'policy', tags: ['Complaint'] })
    .assign(3, ANA)
    .agent(5)
    .fact(5, {
      type: 'profileSet',
      values: { 'profile.vip': true, 'profile.orders': 12, 'profile.plan': 'Gold' },
    })
    .close(6);
}

const of = subjectOf(closed());

describe('conditions of a survey', () => {
  test.each([
    ['tag', 'complaint', 'refund'],
    ['channel', 'web_chat', 'email'],
    ['source', 'shop', 'zendesk'],
    ['priority', 'medium', 'high'],
    ['aiOutcome', 'notResolvedByAi', 'resolvedByAi'],
    ['assignee', ANA, BO],
    ['handoffReason', 'policy', 'defect'],
    ['closedBy', 'agent', 'customer'],
    ['language', 'ko', 'sv'],
    ['profile.vip', 'true', 'false'],
    ['profile.orders', '12', '13'],
    ['profile.plan', 'gold', 'silver'],
  ])('[Q3] [C9] %s is any of, and is none of', (subject, right, wrong) => {
    expect(holds(condition(subject, 'isAnyOf', right), of)).toBe(true);
    expect(holds(condition(subject, 'isAnyOf', wrong), of)).toBe(false);
    expect(holds(condition(subject, 'isAnyOf', wrong, right), of)).toBe(true);
    expect(holds(condition(subject, 'isNoneOf', wrong), of)).toBe(true);
    expect(holds(condition(subject, 'isNoneOf', wrong, right), of)).toBe(false);
  });

  test('[Q3] [C10] [C14] VIP only, and not with the tag "complaint"', () => {
    const vip = condition('profile.vip', 'isAnyOf', 'true');
    const calm = condition('tag', 'isNoneOf', 'complaint');
    expect([holds(vip, of), holds(calm, of)]).toEqual([true, false]);
    const other = subjectOf(new Story().customer(1).escalated(2).close(3));
    expect([holds(vip, other), holds(calm, other)]).toEqual([false, true]);
  });

  test('[Q3] set and unset', () => {
    expect(holds(condition('profile.plan', 'isSet'), of)).toBe(true);
    expect(holds(condition('profile.region', 'isUnset'), of)).toBe(true);
    expect(holds(condition('profile.region', 'isSet'), of)).toBe(false);
    expect(holds(condition('tag', 'isUnset'), of)).toBe(false);
  });

  test('[Q3] numbers compare as numbers; what is none, or not there, does not hold', () => {
    expect(holds(condition('profile.orders', 'atLeast', '9'), of)).toBe(true);
    expect(holds(condition('profile.orders', 'atLeast', '13'), of)).toBe(false);
    expect(holds(condition('profile.orders', 'atMost', '100'), of)).toBe(true);
    expect(holds(condition('profile.plan', 'atLeast', '1'), of)).toBe(false);
    expect(holds(condition('profile.region', 'atMost', '1'), of)).toBe(false);
  });

  test('[Q3] business hours at the closing; without a schedule neither holds', () => {
    const week = { tue: [['09:00', '18:00']] } as const;
    const hours = (zone: string) =>
      new BusinessHours([{ validFrom: '2026-01-01', zone, week, holidays: [] }]);
    const inside = condition('hours', 'isAnyOf', 'inside');
    const outside = condition('hours', 'isAnyOf', 'outside');
    const at = (zone: string) => subjectOf(closed(), { hours: hours(zone) });
    expect([holds(inside, at('UTC')), holds(outside, at('UTC'))]).toEqual([true, false]);
    expect([holds(inside, at('Asia/Seoul')), holds(outside, at('Asia/Seoul'))]).toEqual([false, true]);
    expect([holds(inside, of), holds(outside, of)]).toEqual([false, false]);
  });

  test('[Q3] the assignee is the one at closing, not the one of now', () => {
    const later = subjectOf(closed().assign(9, BO));
    expect(holds(condition('assignee', 'isAnyOf', ANA), later)).toBe(true);
    expect(holds(condition('assignee', 'isAnyOf', BO), later)).toBe(false);
  });
});
