import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { DAY, epochMillis, HOUR } from '../../../../src/base/time.ts';
import type { Customer } from '../../../../src/domain/model.ts';
import {
  customerFulfils,
  isAnonymous,
  isMember,
  type SegmentFact,
  stretchOf,
} from '../../../../src/domain/segments/evaluate.ts';
import { READY_MADE } from '../../../../src/domain/segments/ready-made.ts';
import type { SegmentCondition, SegmentEvent, SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { segmentRule } from '../../../../src/mutations/insight-args.ts';

/** 7 June, ten in the morning in Seoul. */
const NOW = epochMillis(Date.UTC(2026, 5, 7, 1));
const SEOUL = { zone: 'Asia/Seoul', now: NOW };
const MIDNIGHT = Date.UTC(2026, 5, 6, 15);

const ana: Customer = {
  id: asId('ana'),
  name: 'Ana Lima',
  email: null,
  phone: null,
  language: 'pt-BR',
};

function fact(event: SegmentEvent, at: number, over: Partial<SegmentFact> = {}): SegmentFact {
  return {
    event,
    at: epochMillis(at),
    channel: 'web_chat',
    skill: null,
    reasonCode: null,
    tags: [],
    products: [],
    ...over,
  };
}

function ready(id: string): SegmentRule {
  const found = READY_MADE.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found.rule;
}

const rule = (...conditions: readonly SegmentCondition[]): SegmentRule => ({ match: 'all', conditions });
const EVER = { type: 'ever' } as const;

describe('the three of K6', () => {
  test('[K6] who started a conversation', () => {
    expect(isMember(ready('started-conversation'), ana, [fact('started', 1)], SEOUL)).toBe(true);
    expect(isMember(ready('started-conversation'), ana, [fact('ordered', 1)], SEOUL)).toBe(false);
  });

  test('[K6][G1] who got a recommendation and placed no order since: since the latest one', () => {
    const since = ready('recommended-no-order');
    expect(isMember(since, ana, [fact('recommended', 10)], SEOUL)).toBe(true);
    expect(isMember(since, ana, [fact('recommended', 10), fact('ordered', 5)], SEOUL)).toBe(true);
    expect(isMember(since, ana, [fact('recommended', 10), fact('ordered', 11)], SEOUL)).toBe(false);
    const again = [fact('recommended', 10), fact('ordered', 11), fact('recommended', 12)];
    expect(isMember(since, ana, again, SEOUL)).toBe(true);
    // At the very moment is not since.
    expect(isMember(since, ana, [fact('recommended', 10), fact('ordered', 10)], SEOUL)).toBe(true);
    expect(isMember(since, ana, [], SEOUL)).toBe(false);
  });

  test('[K6][O2] who was escalated in the last 7 days: the account’s days, today the seventh', () => {
    const recent = ready('escalated-last-7-days');
    const first = MIDNIGHT - 6 * DAY;
    expect(isMember(recent, ana, [fact('escalated', first)], SEOUL)).toBe(true);
    expect(isMember(recent, ana, [fact('escalated', first - 1)], SEOUL)).toBe(false);
    expect(isMember(recent, ana, [fact('escalated', MIDNIGHT + DAY - 1)], SEOUL)).toBe(true);
    expect(isMember(recent, ana, [fact('escalated', MIDNIGHT + DAY)], SEOUL)).toBe(false);
    // In UTC it is another day.
    expect(isMember(recent, ana, [fact('escalated', first)], { ...SEOUL, zone: 'UTC' })).toBe(false);
  });

  test('[K6] each is a rule that a builder can make', () => {
    for (const one of READY_MADE) expect(segmentRule.parse(one.rule)).toEqual(one.rule);
  });
});

describe('conditions', () => {
  const did = (atLeast: number): SegmentRule =>
    rule({ type: 'did', event: 'clicked', where: [], atLeast, within: EVER });

  test('[G1] at least so many times', () => {
    const twice = [fact('clicked', 1), fact('clicked', 1)];
    expect(isMember(did(2), ana, twice, SEOUL)).toBe(true);
    expect(isMember(did(3), ana, twice, SEOUL)).toBe(false);
  });

  test('[G1] not once within a time; whoever did nothing at all did not', () => {
    const none = rule({ type: 'didNot', event: 'clicked', where: [], within: { type: 'lastDays', days: 1 } });
    expect(isMember(none, ana, [], SEOUL)).toBe(true);
    expect(isMember(none, ana, [fact('clicked', MIDNIGHT - 1)], SEOUL)).toBe(true);
    expect(isMember(none, ana, [fact('clicked', MIDNIGHT)], SEOUL)).toBe(false);
  });

  test('[G1] properties: any of, none of; an unset one is none of anything', () => {
    const where = (
      op: 'isAnyOf' | 'isNoneOf',
      property: 'tag' | 'channel' | 'product' | 'skill',
      values: string[],
    ) =>
      rule({
        type: 'did',
        event: 'resolved',
        where: [{ property, op, values }],
        atLeast: 1,
        within: EVER,
      });
    const resolved = [fact('resolved', 1, { tags: ['refund', 'late'], products: ['p1'] })];
    expect(isMember(where('isAnyOf', 'tag', ['late']), ana, resolved, SEOUL)).toBe(true);
    expect(isMember(where('isNoneOf', 'tag', ['late']), ana, resolved, SEOUL)).toBe(false);
    expect(isMember(where('isAnyOf', 'product', ['p2']), ana, resolved, SEOUL)).toBe(false);
    expect(isMember(where('isNoneOf', 'skill', ['faq']), ana, resolved, SEOUL)).toBe(true);
    expect(isMember(where('isAnyOf', 'skill', ['faq']), ana, resolved, SEOUL)).toBe(false);
    expect(isMember(where('isAnyOf', 'channel', ['web_chat']), ana, resolved, SEOUL)).toBe(true);
  });

  test('[G1] all of the conditions, or any; without one nobody', () => {
    const one: SegmentCondition = { type: 'customer', property: 'name', op: 'isSet', values: [] };
    const other: SegmentCondition = { type: 'customer', property: 'email', op: 'isSet', values: [] };
    expect(isMember(rule(one, other), ana, [], SEOUL)).toBe(false);
    expect(isMember({ match: 'any', conditions: [one, other] }, ana, [], SEOUL)).toBe(true);
    expect(isMember(rule(), ana, [], SEOUL)).toBe(false);
    expect(isMember({ match: 'any', conditions: [] }, ana, [], SEOUL)).toBe(false);
  });

  test('[G1] days of the calendar, both included; days that do not exist hold nothing', () => {
    const { from, to } = stretchOf({ type: 'between', from: '2026-06-07', to: '2026-06-07' }, SEOUL);
    expect([from, to - from]).toEqual([MIDNIGHT, 24 * HOUR]);
    expect(stretchOf({ type: 'between', from: '2026-02-30', to: '2026-03-01' }, SEOUL)).toEqual({
      from: 0,
      to: 0,
    });
  });

  test('[G1] a customer’s own columns, without case; a language counts with its regions', () => {
    const asks = (
      property: 'name' | 'language' | 'email',
      op: 'isAnyOf' | 'isNoneOf' | 'contains' | 'isUnset',
      ...values: string[]
    ) => customerFulfils(ana, { type: 'customer', property, op, values });
    expect(asks('language', 'isAnyOf', 'PT')).toBe(true);
    expect(asks('language', 'isAnyOf', 'p')).toBe(false);
    expect(asks('language', 'isNoneOf', 'pt')).toBe(false);
    expect(asks('name', 'contains', 'LIMA')).toBe(true);
    expect(asks('name', 'isAnyOf', 'ana lima')).toBe(true);
    expect(asks('email', 'isUnset')).toBe(true);
    expect(asks('email', 'contains', '@')).toBe(false);
    expect(asks('email', 'isNoneOf', 'x')).toBe(true);
  });

  test('[G1] of several wanted values one is enough, and none of them means not one', () => {
    const asks = (
      property: 'name' | 'language',
      op: 'isAnyOf' | 'isNoneOf' | 'contains',
      ...values: string[]
    ) => customerFulfils(ana, { type: 'customer', property, op, values });
    expect(asks('language', 'isAnyOf', 'sv', 'pt')).toBe(true);
    expect(asks('language', 'isNoneOf', 'sv', 'pt')).toBe(false);
    expect(asks('language', 'isNoneOf', 'sv', 'ko')).toBe(true);
    expect(asks('name', 'contains', 'bo', 'lima')).toBe(true);
    expect(asks('name', 'contains', 'bo', 'silva')).toBe(false);
  });

  test('[G1] a column is set or unset, whatever is in it', () => {
    const asks = (property: 'name' | 'email', op: 'isSet' | 'isUnset') =>
      customerFulfils(ana, { type: 'customer', property, op, values: [] });
    expect([asks('name', 'isSet'), asks('email', 'isSet')]).toEqual([true, false]);
    expect([asks('name', 'isUnset'), asks('email', 'isUnset')]).toEqual([false, true]);
  });
});

test('[G1] anonymous is who has neither name, e-mail nor phone', () => {
  expect(isAnonymous(ana)).toBe(false);
  expect(isAnonymous({ name: null, email: null, phone: null })).toBe(true);
  expect(isAnonymous({ name: null, email: null, phone: '+46' })).toBe(false);
});
