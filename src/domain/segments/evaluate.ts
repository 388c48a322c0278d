import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { Customer } from '../model.ts';
import { lastDaysIn, resolveRange } from '../overview/range.ts';
import type {
  EventPattern,
  PropertyFilter,
  SegmentCondition,
  SegmentEvent,
  SegmentRule,
  Within,
} from './rule.ts';

/** A data point as conditions read it; an order has no properties. */
export interface SegmentFact {
  readonly event: SegmentEvent;
  readonly at: EpochMillis;
  readonly channel: string | null;
  readonly skill: string | null;
  readonly reasonCode: string | null;
  readonly tags: readonly string[];
  readonly products: readonly string[];
}

/** Whose days "in the last 7 days" are, and when now is. */
export interface SegmentTime {
  readonly zone: string;
  readonly now: EpochMillis;
}

/** Moments from `from` to before `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const EVER: Stretch = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const NEVER: Stretch = { from: 0, to: 0 };

/** The moments that `within` covers (O2); none for days that do not exist. */
export function stretchOf(within: Within, { zone, now }: SegmentTime): Stretch {
  if (within.type === 'ever') return EVER;
  if (within.type === 'lastDays') {
    const days = lastDaysIn(zone, within.days, now);
    return { from: days.start, to: days.end };
  }
  const days = resolveRange(within, zone, now);
  return days.ok ? { from: days.value.start, to: days.value.end } : NEVER;
}

function valuesOf(fact: SegmentFact, { property }: PropertyFilter): readonly string[] {
  if (property === 'tag') return fact.tags;
  if (property === 'product') return fact.products;
  const value = fact[property];
  return value === null ? [] : [value];
}

/** Whether a property's values pass a filter. */
export function passes(values: readonly string[], filter: PropertyFilter): boolean {
  const isAmong = values.some((value) => filter.values.includes(value));
  return filter.op === 'isAnyOf' ? isAmong : !isAmong;
}

function matching(facts: readonly SegmentFact[], { event, where }: EventPattern): readonly SegmentFact[] {
  return facts.filter(
    (fact) => fact.event === event && where.every((filter) => passes(valuesOf(fact, filter), filter)),
  );
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

type CustomerCondition = Extract<SegmentCondition, { type: 'customer' }>;

/** Whether a customer's own column fulfils a condition; texts compare without case. Of a language its base counts too. */
export function customerFulfils(customer: Customer, condition: CustomerCondition): boolean {
  const value = customer[condition.property];
  const text = value === null ? null : plain(value);
  const wanted = condition.values.map(plain);
  const isAmong =
    text !== null &&
    wanted.some((one) => text === one || (condition.property === 'language' && text.startsWith(`${one}-`)));
  switch (condition.op) {
    case 'isSet':
      return text !== null;
    case 'isUnset':
      return text === null;
    case 'isAnyOf':
      return isAmong;
    case 'isNoneOf':
      return !isAmong;
    case 'contains':
      return text !== null && wanted.some((one) => text.includes(one));
  }
}

function fulfils(
  condition: SegmentCondition,
  customer: Customer,
  facts: readonly SegmentFact[],
  time: SegmentTime,
): boolean {
  if (condition.type === 'customer') return customerFulfils(customer, condition);
  const found = matching(facts, condition);
  if (condition.type === 'didNotSince') {
    const since = matching(facts, condition.since).map((fact) => fact.at);
    if (since.length === 0) return false;
    const latest = epochMillis(Math.max(...since));
    return !found.some((fact) => fact.at > latest);
  }
  const { from, to } = stretchOf(condition.within, time);
  const count = found.filter((fact) => fact.at >= from && fact.at < to).length;
  return condition.type === 'did' ? count >= condition.atLeast : count === 0;
}

/** Whether a customer with these data points is in a segment (G1): the obvious way, one customer at a time. */
export function isMember(
  rule: SegmentRule,
  customer: Customer,
  facts: readonly SegmentFact[],
  time: SegmentTime,
): boolean {
  if (rule.conditions.length === 0) return false;
  const holds = (condition: SegmentCondition): boolean => fulfils(condition, customer, facts, time);
  return rule.match === 'all' ? rule.conditions.every(holds) : rule.conditions.some(holds);
}

/** Nobody can write to them: no name, e-mail or phone (G1: counted apart, never exported). */
export function isAnonymous({ name, email, phone }: Pick<Customer, 'name' | 'email' | 'phone'>): boolean {
  return name === null && email === null && phone === null;
}
