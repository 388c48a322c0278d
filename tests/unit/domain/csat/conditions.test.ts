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
  ])('[Q3] [C10] %s is any of, and is none of', (subject, right, wrong) => {
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

  test('[Q3] a bound is included; of several values one is enough', () => {
    expect(holds(condition('profile.orders', 'atLeast', '12'), of)).toBe(true);
    expect(holds(condition('profile.orders', 'atMost', '12'), of)).toBe(true);
    expect(holds(condition('profile.orders', 'atMost', '11'), of)).toBe(false);
    const sizes = subjectOf(
      closed().fact(5, { type: 'profileSet', values: { 'profile.sizes': ['38', '44'] } }),
    );
    expect(holds(condition('profile.sizes', 'atLeast', '40'), sizes)).toBe(true);
    expect(holds(condition('profile.sizes', 'atMost', '40'), sizes)).toBe(true);
    expect(holds(condition('profile.sizes', 'atLeast', '45'), sizes)).toBe(false);
  });

  test('[Q3] [C5] a priority that was set counts as it is, an unset one as medium', () => {
    const high = subjectOf(closed().fact(5, { type: 'prioritySet', priority: 'high' }));
    expect(holds(condition('priority', 'isAnyOf', 'high'), high)).toBe(true);
    expect(holds(condition('priority', 'isAnyOf', 'medium'), high)).toBe(false);
  });

  test('[Q3] the customer’s language, and the conversation’s where the customer has none', () => {
    const story = new Story({ language: 'pt-BR' }).customer(1).escalated(2).close(3);
    const language = (over: Parameters<typeof subjectOf>[1]) =>
      ['ko', 'pt', 'pt-BR', 'p'].filter((wanted) =>
        holds(condition('language', 'isAnyOf', wanted), subjectOf(story, over)),
      );
    expect(language({})).toEqual(['ko']);
    expect(language({ customer: null })).toEqual(['pt', 'pt-BR']);
  });

  test('[Q3] [C14] a field that is no is told from one that is not there; space and case around a word do not count', () => {
    const no = subjectOf(closed().fact(5, { type: 'profileSet', values: { 'profile.vip': false } }));
    expect(holds(condition('profile.vip', 'isAnyOf', 'false'), no)).toBe(true);
    expect(holds(condition('profile.vip', 'isAnyOf', 'true'), no)).toBe(false);
    expect(holds(condition('profile.region', 'isAnyOf', 'false'), no)).toBe(false);
    expect(holds(condition('profile.plan', 'isAnyOf', ' GOLD '), no)).toBe(true);
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
