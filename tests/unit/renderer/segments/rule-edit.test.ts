import { describe, expect, test } from 'vitest';
import {
  CONDITION_TYPES,
  conditionOf,
  countable,
  filterOn,
  replaced,
  toggleValue,
  typedValues,
  wholeNumber,
  withCustomer,
  withEvent,
  withinOf,
} from '../../../../renderer/desk/features/segments/rule-edit.ts';
import type { SegmentCondition, SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { segmentRuleSchema } from '../../../../src/protocol/segments.ts';

const DID = {
  type: 'did',
  event: 'escalated',
  where: [{ property: 'channel', op: 'isAnyOf', values: ['sms'] }],
  atLeast: 2,
  within: { type: 'lastDays', days: 7 },
} as const satisfies SegmentCondition;

describe('[G1] building a rule', () => {
  test('every type begins as a rule that the engine takes', () => {
    for (const type of CONDITION_TYPES) {
      const rule: SegmentRule = { match: 'all', conditions: [conditionOf(type)] };
      expect(segmentRuleSchema.safeParse(rule).success, type).toBe(true);
    }
  });

  test('another type keeps the event, its filters and its time', () => {
    expect(conditionOf('didNot', DID)).toEqual({
      type: 'didNot',
      event: 'escalated',
      where: [{ property: 'channel', op: 'isAnyOf', values: ['sms'] }],
      within: { type: 'lastDays', days: 7 },
    });
    expect(conditionOf('did', DID)).toEqual(DID);
  });

  test('[K6] "since" asks after the latest recommendation unless told otherwise, and keeps what it was told', () => {
    const since = conditionOf('didNotSince', DID);
    expect(since).toMatchObject({ event: 'escalated', since: { event: 'recommended', where: [] } });
    const told: SegmentCondition = {
      type: 'didNotSince',
      event: 'ordered',
      where: [],
      since: { event: 'clicked', where: [] },
    };
    expect(conditionOf('didNotSince', told)).toEqual(told);
  });

  test('an order has no properties to filter by', () => {
    expect(withEvent(DID, 'ordered')).toMatchObject({ event: 'ordered', where: [] });
    expect(withEvent(DID, 'clicked')).toMatchObject({ event: 'clicked', where: DID.where });
  });

  test('[O2] a time begins with seven days, or with today', () => {
    expect(withinOf('lastDays', { type: 'ever' }, '2026-06-07')).toEqual({ type: 'lastDays', days: 7 });
    expect(withinOf('between', { type: 'ever' }, '2026-06-07')).toEqual({
      type: 'between',
      from: '2026-06-07',
      to: '2026-06-07',
    });
    expect(withinOf('lastDays', { type: 'lastDays', days: 30 }, '2026-06-07')).toEqual({
      type: 'lastDays',
      days: 30,
    });
    expect(withinOf('ever', { type: 'lastDays', days: 30 }, '2026-06-07')).toEqual({ type: 'ever' });
  });

  test.each([
    ['1', 1],
    [' 12 ', 12],
    ['0', null],
    ['3661', null],
    ['-1', null],
    ['1.5', null],
    ['', null],
    ['seven', null],
  ])('the number %j is %j', (text, value) => {
    expect(wholeNumber(text, 3660)).toBe(value);
  });

  test('values are put in and taken out', () => {
    const one = toggleValue(filterOn('channel'), 'sms');
    expect(one.values).toEqual(['sms']);
    expect(toggleValue(toggleValue(one, 'email'), 'sms').values).toEqual(['email']);
  });

  test('typed values are parted by commas, each once', () => {
    expect(typedValues(' sv, ko ,,sv')).toEqual(['sv', 'ko']);
    expect(typedValues('')).toEqual([]);
  });

  test('one of a list is changed or taken away', () => {
    expect(replaced(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
    expect(replaced(['a', 'b'], 0, null)).toEqual(['b']);
  });

  test('a customer’s property that is known needs no values', () => {
    const contains = {
      type: 'customer',
      property: 'email',
      op: 'contains',
      values: ['@example.com'],
    } as const;
    expect(withCustomer(contains, { op: 'isSet' }).values).toEqual([]);
    expect(withCustomer(contains, { property: 'name' })).toEqual({ ...contains, property: 'name' });
  });
});

describe('[G1] counting while a rule is being made', () => {
  test('what is not filled in yet is left out', () => {
    const rule: SegmentRule = {
      match: 'all',
      conditions: [
        { ...DID, where: [filterOn('tag')] },
        { type: 'customer', property: 'email', op: 'contains', values: [] },
        {
          type: 'didNotSince',
          event: 'ordered',
          where: [],
          since: { event: 'recommended', where: [filterOn('product')] },
        },
        { type: 'customer', property: 'email', op: 'isSet', values: [] },
      ],
    };
    expect(countable(rule).conditions).toEqual([
      { ...DID, where: [] },
      { type: 'didNotSince', event: 'ordered', where: [], since: { event: 'recommended', where: [] } },
      { type: 'customer', property: 'email', op: 'isSet', values: [] },
    ]);
  });

  test('a finished rule is counted as it is', () => {
    const rule: SegmentRule = { match: 'any', conditions: [DID] };
    expect(countable(rule)).toEqual(rule);
  });
});
