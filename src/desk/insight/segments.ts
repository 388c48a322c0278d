import { METRICS } from '../../domain/model.ts';
import { passes, type SegmentTime, stretchOf } from '../../domain/segments/evaluate.ts';
import type {
  EventPattern,
  PropertyFilter,
  SegmentCondition,
  SegmentRule,
} from '../../domain/segments/rule.ts';
import { type EventKind, metricCode } from './event-columns.ts';
import type { InsightColumns } from './mirror.ts';

/** By customer's row number: 1 where a condition holds. */
type Marks = Uint8Array;
type CustomerCondition = Extract<SegmentCondition, { type: 'customer' }>;

/** Answers a condition about a customer's own columns; texts lie in the replica alone. */
export type CustomerMarks = (condition: CustomerCondition) => Marks;

/** Called for each data point of a pattern: the customer's row number and the moment. */
type Visit = (customer: number, at: number) => void;

function passesKind(columns: InsightColumns, kind: EventKind, filter: PropertyFilter): boolean {
  const { channels, skills, reasons, tagSets } = columns.events;
  const one = (number: number, valueOf: (number: number) => string): readonly string[] =>
    number === 0 ? [] : [valueOf(number)];
  switch (filter.property) {
    case 'channel':
      return passes(one(kind.channel, channels.valueOf), filter);
    case 'skill':
      return passes(one(kind.skill, skills.valueOf), filter);
    case 'reasonCode':
      return passes(one(kind.reason, reasons.valueOf), filter);
    case 'tag':
      return passes(
        tagSets.tagsOf(kind.tagSet).map((tag) => tagSets.tags.valueOf(tag)),
        filter,
      );
    case 'product':
      return true;
  }
}

function visitOrders({ orders }: InsightColumns, { where }: EventPattern, visit: Visit): void {
  // An order has none of the properties.
  if (!where.every((filter) => passes([], filter))) return;
  for (let place = 0; place < orders.end; place += 1) {
    const customer = orders.customer[place] ?? 0;
    if (customer !== 0) visit(customer, orders.at[place] ?? 0);
  }
}

/** Visits every data point of a pattern, in no order. */
function visitMatches(columns: InsightColumns, pattern: EventPattern, visit: Visit): void {
  const { events, conversations } = columns;
  const metric = METRICS.find((one) => one === pattern.event);
  if (metric === undefined) return visitOrders(columns, pattern, visit);
  const wanted = metricCode(metric);
  const isWanted = Uint8Array.from(events.kinds, (kind) =>
    kind.metric === wanted && pattern.where.every((filter) => passesKind(columns, kind, filter)) ? 1 : 0,
  );
  const productFilters = pattern.where
    .filter(({ property }) => property === 'product')
    .map(({ op, values }) => ({
      isAnyOf: op === 'isAnyOf',
      numbers: new Set(values.map((value) => events.productIds.find(value)).filter((number) => number !== 0)),
    }));
  const { kind, conversation, at } = events;
  const customerOf = conversations.customer;
  for (let place = 0; place < events.end; place += 1) {
    if (isWanted[kind[place] ?? 0] !== 1) continue;
    const fits = productFilters.every(
      ({ isAnyOf, numbers }) => events.hasProduct(place, numbers) === isAnyOf,
    );
    const customer = customerOf[conversation[place] ?? 0] ?? 0;
    if (fits && customer !== 0) visit(customer, at[place] ?? 0);
  }
}

function marksOf(
  columns: InsightColumns,
  condition: SegmentCondition,
  time: SegmentTime,
  customerMarks: CustomerMarks,
): Marks {
  if (condition.type === 'customer') return customerMarks(condition);
  const marks = new Uint8Array(columns.customers.end);
  if (condition.type === 'didNotSince') {
    const latest = new Float64Array(marks.length).fill(Number.NEGATIVE_INFINITY);
    visitMatches(columns, condition.since, (customer, at) => {
      if (at > (latest[customer] ?? 0)) latest[customer] = at;
      marks[customer] = 1;
    });
    visitMatches(columns, condition, (customer, at) => {
      if (at > (latest[customer] ?? 0)) marks[customer] = 0;
    });
    return marks;
  }
  const { from, to } = stretchOf(condition.within, time);
  const counts = new Uint32Array(marks.length);
  visitMatches(columns, condition, (customer, at) => {
    if (at >= from && at < to) counts[customer] = (counts[customer] ?? 0) + 1;
  });
  const least = condition.type === 'did' ? condition.atLeast : 1;
  const wanted = condition.type === 'did' ? 1 : 0;
  for (let customer = 1; customer < marks.length; customer += 1)
    marks[customer] = (counts[customer] ?? 0) >= least ? wanted : 1 - wanted;
  return marks;
}

/** The members of a segment, by customer's row number (G1): the same as `isMember`, a condition at a time. */
export function membersOf(
  columns: InsightColumns,
  rule: SegmentRule,
  time: SegmentTime,
  customerMarks: CustomerMarks,
): Marks {
  const { customers } = columns;
  const members = new Uint8Array(customers.end);
  if (rule.conditions.length === 0) return members;
  const isAll = rule.match === 'all';
  for (let n = 1; n < members.length; n += 1) members[n] = isAll && customers.isHere(n) ? 1 : 0;
  for (const condition of rule.conditions) {
    const marks = marksOf(columns, condition, time, customerMarks);
    for (let n = 1; n < members.length; n += 1) {
      if (isAll) members[n] = (members[n] ?? 0) & (marks[n] ?? 0);
      else if (customers.isHere(n)) members[n] = (members[n] ?? 0) | (marks[n] ?? 0);
    }
  }
  return members;
}

/** How many members can be reached, and how many are anonymous (G1). */
export function countMembers(
  { customers }: InsightColumns,
  members: Marks,
): { readonly known: number; readonly anonymous: number } {
  let known = 0;
  let all = 0;
  for (let n = 1; n < members.length; n += 1) {
    if (members[n] !== 1) continue;
    all += 1;
    if (customers.isKnown(n)) known += 1;
  }
  return { known, anonymous: all - known };
}
