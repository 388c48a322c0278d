import type {
  CustomerProperty,
  EventProperty,
  PropertyFilter,
  SegmentCondition,
  SegmentEvent,
  SegmentRule,
  Within,
} from '../../../../src/domain/segments/rule.ts';

export type ConditionType = SegmentCondition['type'];
export const CONDITION_TYPES: readonly ConditionType[] = ['did', 'didNot', 'didNotSince', 'customer'];
export type CustomerCondition = Extract<SegmentCondition, { type: 'customer' }>;
export type EventCondition = Exclude<SegmentCondition, CustomerCondition>;
export const CUSTOMER_OPS: readonly CustomerCondition['op'][] = [
  'isSet',
  'isUnset',
  'isAnyOf',
  'isNoneOf',
  'contains',
];

const EVER: Within = { type: 'ever' };

/** A condition of a type, made of what the former one said where both have it. */
export function conditionOf(type: ConditionType, former?: SegmentCondition): SegmentCondition {
  const pattern =
    former === undefined || former.type === 'customer'
      ? { event: 'started' as const, where: [] }
      : { event: former.event, where: former.where };
  const within = former !== undefined && 'within' in former ? former.within : EVER;
  switch (type) {
    case 'did':
      return { type, ...pattern, atLeast: former?.type === 'did' ? former.atLeast : 1, within };
    case 'didNot':
      return { type, ...pattern, within };
    case 'didNotSince':
      return {
        type,
        ...pattern,
        since: former?.type === 'didNotSince' ? former.since : { event: 'recommended', where: [] },
      };
    case 'customer':
      return { type, property: 'email', op: 'isSet', values: [] };
  }
}

/** The condition about another event. Properties that an order has not are left behind (G1). */
export function withEvent(condition: EventCondition, event: SegmentEvent): SegmentCondition {
  return { ...condition, event, where: event === 'ordered' ? [] : condition.where };
}

/** A length of time of a type, with figures to begin with. `today` is a day of the calendar. */
export function withinOf(type: Within['type'], former: Within, today: string): Within {
  if (type === former.type) return former;
  if (type === 'ever') return { type };
  if (type === 'lastDays') return { type, days: 7 };
  return { type, from: today, to: today };
}

/** A whole number of at least 1, as typed; null while it is none. */
export function wholeNumber(text: string, most: number): number | null {
  if (!/^\d{1,7}$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return value >= 1 && value <= most ? value : null;
}

/** The filter with a value put in or taken out. */
export function toggleValue(filter: PropertyFilter, value: string): PropertyFilter {
  const has = filter.values.includes(value);
  return {
    ...filter,
    values: has ? filter.values.filter((other) => other !== value) : [...filter.values, value],
  };
}

/** An empty filter on a property. */
export function filterOn(property: EventProperty): PropertyFilter {
  return { property, op: 'isAnyOf', values: [] };
}

/** The list with one entry changed, or without it where the change is null. */
export function replaced<T>(list: readonly T[], at: number, next: T | null): readonly T[] {
  return list.flatMap((entry, index) => (index === at ? (next === null ? [] : [next]) : [entry]));
}

function isDone(filter: PropertyFilter): boolean {
  return filter.values.length > 0;
}

function needsValues({ op, values }: CustomerCondition): boolean {
  return op !== 'isSet' && op !== 'isUnset' && values.length === 0;
}

function withDoneFilters<P extends { readonly where: readonly PropertyFilter[] }>(pattern: P): P {
  return { ...pattern, where: pattern.where.filter(isDone) };
}

/** The rule as it can be counted: what is not filled in yet is left out. */
export function countable(rule: SegmentRule): SegmentRule {
  const conditions = rule.conditions
    .filter((condition) => condition.type !== 'customer' || !needsValues(condition))
    .map((condition): SegmentCondition => {
      if (condition.type === 'customer') return condition;
      if (condition.type !== 'didNotSince') return withDoneFilters(condition);
      return { ...withDoneFilters(condition), since: withDoneFilters(condition.since) };
    });
  return { ...rule, conditions };
}

/** The values typed into one field, parted by commas. */
export function typedValues(text: string): readonly string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    ),
  ];
}

/** A customer condition about another property or by another comparison. */
export function withCustomer(
  condition: CustomerCondition,
  change: { readonly property?: CustomerProperty; readonly op?: CustomerCondition['op'] },
): CustomerCondition {
  const next = { ...condition, ...change };
  return next.op === 'isSet' || next.op === 'isUnset' ? { ...next, values: [] } : next;
}
