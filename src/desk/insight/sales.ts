import type { SalesPolicy, TouchKind } from '../../domain/sales.ts';
import { metricCode } from './event-columns.ts';
import type { InsightColumns } from './mirror.ts';

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
const CLICKED = metricCode('clicked');
const RECOMMENDED = metricCode('recommended');

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

/** Whether what was touched had been recommended in that conversation, between these places, by then (A1). */
function isOfRecommended({ events }: InsightColumns, place: number, first: number, end: number): boolean {
  if (events.kindAt(place).metric !== CLICKED) return true;
  const product = events.products[events.productStart[place] ?? 0] ?? 0;
  const at = events.at[place] ?? 0;
  for (let other = first; other < end; other += 1) {
    if ((events.at[other] ?? 0) > at || events.kindAt(other).metric !== RECOMMENDED) continue;
    if (events.holdsProduct(other, product)) return true;
  }
  return false;
}

/** The orders of a stretch, chained by customer: the first of each, and the next after each; -1 ends a chain. */
interface Chains {
  readonly firstOf: Int32Array;
  readonly nextOf: Int32Array;
  readonly count: number;
}

function chainOrders({ orders, customers }: InsightColumns, span: Span): Chains {
  const firstOf = new Int32Array(customers.end).fill(-1);
  const nextOf = new Int32Array(orders.end).fill(-1);
  const { at: times, customer: customerOf, end } = orders;
  let count = 0;
  for (let place = 0; place < end; place += 1) {
    const at = times[place] ?? 0;
    const customer = customerOf[place] ?? 0;
    if (customer === 0 || at < span.start || at >= span.end) continue;
    nextOf[place] = firstOf[customer] ?? -1;
    firstOf[customer] = place;
    count += 1;
  }
  return { firstOf, nextOf, count };
}

/**
 * The sales among the orders of a stretch (A1), each with the latest data point that accounts for it: one pass over the
 * orders, one over the conversations, and over the data points of those who ordered. `isLater` decides between two of one
 * moment.
 */
export function salesIn(
  columns: InsightColumns,
  span: Span,
  policy: SalesPolicy,
  isLater: (a: number, b: number) => boolean,
): readonly SalePlace[] {
  const { orders, events, conversations } = columns;
  const { firstOf, nextOf, count } = chainOrders(columns, span);
  if (count === 0) return [];
  const best = new Int32Array(orders.end).fill(-1);
  const windowOf = windows(columns, policy);
  const { kind, at: times } = events;
  const { customer: customerOf, end } = conversations;
  for (let n = 1; n < end; n += 1) {
    const chain = firstOf[customerOf[n] ?? 0] ?? -1;
    if (chain === -1) continue;
    const [first, last] = events.placesOf(n);
    for (let place = first; place < last; place += 1) {
      const window = windowOf[kind[place] ?? 0] ?? -1;
      const at = times[place] ?? 0;
      if (window < 0 || at >= span.end || !isOfRecommended(columns, place, first, last)) continue;
      for (let order = chain; order !== -1; order = nextOf[order] ?? -1) {
        const after = (orders.at[order] ?? 0) - at;
        if (after < 0 || after > window) continue;
        const known = best[order] ?? -1;
        if (known === -1 || isLaterPlace(times, place, known, isLater)) best[order] = place;
      }
    }
  }
  const found: SalePlace[] = [];
  best.forEach((touch, order) => {
    if (touch !== -1) found.push({ order, touch });
  });
  return found;
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
