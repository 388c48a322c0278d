import type { SalesPolicy, TouchKind } from '../../domain/sales.ts';
import type { InsightColumns } from './mirror.ts';
import { metricCode } from './event-columns.ts';

/** An order that is a sale, and the data point it is for: places in the columns. */
export interface SalePlace {
  readonly order: number;
  readonly touch: number;
}

/** A stretch of moments, from the first to before the second. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const KINDS: readonly TouchKind[] = ['recommended', 'clicked'];

/** By kind of data point: how long after it an order still counts, in milliseconds; -1: never (A1). */
function windows({ events }: InsightColumns, policy: SalesPolicy): Float64Array {
  return Float64Array.from(events.kinds, ({ metric, channel }) => {
    const kind = KINDS.find((one) => metricCode(one) === metric);
    if (kind === undefined) return -1;
    const name = events.channels.valueOf(channel);
    const rule = Object.hasOwn(policy, name) ? policy[name] : undefined;
    return rule?.touches.includes(kind) === true ? rule.window : -1;
  });
}

/** Whether what was clicked had been recommended in that conversation by then (A1). */
function isOfRecommended({ events }: InsightColumns, place: number): boolean {
  if (events.kindAt(place).metric !== metricCode('clicked')) return true;
  const wanted = new Set([events.products[events.productStart[place] ?? 0] ?? 0]);
  const [first, end] = events.placesOf(events.conversation[place] ?? 0);
  for (let other = first; other < end; other += 1) {
    if (events.kindAt(other).metric !== metricCode('recommended')) continue;
    if ((events.at[other] ?? 0) <= (events.at[place] ?? 0) && events.hasProduct(other, wanted)) return true;
  }
  return false;
}

/**
 * The sales among the orders of a stretch (A1), each with the latest data point that accounts for it: one pass over the
 * orders, one over the data points. `isLater` decides between two of one moment.
 */
export function salesIn(
  columns: InsightColumns,
  span: Span,
  policy: SalesPolicy,
  isLater: (a: number, b: number) => boolean,
): readonly SalePlace[] {
  const { orders, events, conversations } = columns;
  const byCustomer = new Map<number, number[]>();
  const isBuyer = new Uint8Array(columns.customers.end);
  for (let place = 0; place < orders.end; place += 1) {
    const at = orders.at[place] ?? 0;
    const customer = orders.customer[place] ?? 0;
    if (customer === 0 || at < span.start || at >= span.end) continue;
    isBuyer[customer] = 1;
    const known = byCustomer.get(customer);
    if (known === undefined) byCustomer.set(customer, [place]);
    else known.push(place);
  }
  if (byCustomer.size === 0) return [];
  const best = new Map<number, number>();
  const windowOf = windows(columns, policy);
  const widest = windowOf.reduce((most, window) => Math.max(most, window), -1);
  const earliest = span.start - widest;
  const { kind, at: times, conversation } = events;
  const { customer: customerOf } = conversations;
  for (let place = 0; place < events.end; place += 1) {
    const window = windowOf[kind[place] ?? 0] ?? -1;
    const at = times[place] ?? 0;
    if (window < 0 || at < earliest || at >= span.end) continue;
    const customer = customerOf[conversation[place] ?? 0] ?? 0;
    if (isBuyer[customer] !== 1 || customer === 0 || !isOfRecommended(columns, place)) continue;
    for (const order of byCustomer.get(customer) ?? []) {
      const after = (orders.at[order] ?? 0) - at;
      if (after < 0 || after > window) continue;
      const known = best.get(order);
      if (known === undefined || isLaterPlace(events.at, place, known, isLater)) best.set(order, place);
    }
  }
  return [...best].map(([order, touch]) => ({ order, touch }));
}

function isLaterPlace(
  at: Float64Array,
  place: number,
  known: number,
  isLater: (a: number, b: number) => boolean,
): boolean {
  const [a, b] = [at[place] ?? 0, at[known] ?? 0];
  return a === b ? isLater(place, known) : a > b;
}
