import { Temporal } from 'temporal-polyfill';
import { groupValue } from '../../../src/domain/overview/figures.ts';
import type { OverviewGroup } from '../../../src/domain/overview/presets.ts';
import type { SegmentFact } from '../../../src/domain/segments/evaluate.ts';
import { slowOutcome, type SlowOutcome } from '../domain/slow-metrics.ts';
import type { RawConversation, RawWorld } from './raw-world.ts';

/** The day that the clock of `zone` shows, as people write it. */
export function dateIn(zone: string, at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Days of the calendar in a zone, both included. */
export interface SlowRange {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

function isIn({ from, to, zone }: SlowRange, at: number): boolean {
  const date = dateIn(zone, at);
  return from <= date && date <= to;
}

interface Told {
  readonly raw: RawConversation;
  readonly startedAt: number;
  readonly told: SlowOutcome;
}

function tell(world: RawWorld): readonly Told[] {
  return world.conversations.map((raw) => ({
    raw,
    startedAt: raw.events.find(({ fact }) => fact.type === 'started')?.at ?? 0,
    told: slowOutcome(raw.events, world.now),
  }));
}

/** The overview of a range, read from the raw events one conversation at a time (O1–O3). */
export function slowOverview(world: RawWorld, range: SlowRange, group: OverviewGroup) {
  const inRange = tell(world).filter(
    ({ startedAt, told }) => told.outcome !== null && isIn(range, startedAt),
  );
  const count = (outcome: SlowOutcome['outcome']): number =>
    inRange.filter(({ told }) => told.outcome === outcome).length;
  const bars: Record<string, number> = {};
  for (const { raw, startedAt, told } of inRange) {
    const conversation = { channel: raw.channel, aiOutcome: told.outcome };
    const bar = `${dateIn(range.zone, startedAt)} ${groupValue(group, conversation, raw.rows.tags)}`;
    bars[bar] = (bars[bar] ?? 0) + 1;
  }
  return {
    totalVolume: inRange.length,
    resolvedByAi: count('resolvedByAi'),
    notResolvedByAi: count('notResolvedByAi'),
    takenOver: inRange.filter(({ told }) => told.outcome === 'notResolvedByAi' && told.handoffBy === 'agent')
      .length,
    open: count('open'),
    closedUnresolved: count('closedUnresolved'),
    bars,
  };
}

interface SlowClick {
  readonly at: number;
  readonly conversationId: string;
  readonly eventId: string;
}

/** Clicks in web chat on products that the AI had recommended by then, of one customer. */
function clicksOf(world: RawWorld, customerId: string): readonly SlowClick[] {
  const found: SlowClick[] = [];
  for (const { id, channel, customerId: owner, events } of world.conversations) {
    if (owner !== customerId || channel !== 'web_chat') continue;
    const recommended: { readonly id: string; readonly at: number }[] = [];
    for (const { fact, at } of events)
      if (fact.type === 'productsRecommended')
        for (const product of fact.products) recommended.push({ id: product.id, at });
    for (const event of events) {
      const { fact, at } = event;
      if (fact.type !== 'productClicked') continue;
      if (recommended.some((one) => one.id === fact.productId && one.at <= at))
        found.push({ at, conversationId: id, eventId: event.id });
    }
  }
  return found;
}

/** The sales of a range: order and conversation (A1), an order at a time. */
export function slowSales(world: RawWorld, range: SlowRange): readonly string[] {
  const day = 24 * 60 * 60 * 1_000;
  return world.orders
    .filter((order) => isIn(range, order.at))
    .flatMap((order) => {
      const clicks = clicksOf(world, order.customerId)
        .filter((click) => click.at <= order.at && order.at - click.at <= day)
        .sort(
          (a, b) =>
            a.at - b.at ||
            (a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : 0),
        );
      const last = clicks.at(-1);
      return last === undefined
        ? []
        : [`${order.id} ${order.valueMinor} ${order.currency} ${last.conversationId} ${last.at}`];
    })
    .sort();
}

function textsOf(json: string | null): readonly string[] {
  return json === null ? [] : (JSON.parse(json) as readonly string[]);
}

/** What a customer did, for segments: data points out of the rows, checked against the raw reading by their number. */
export function segmentFacts(world: RawWorld, customerId: string): readonly SegmentFact[] {
  const points = world.conversations
    .filter((one) => one.customerId === customerId)
    .flatMap(({ rows }) => rows.metricEvents)
    .map(
      (event): SegmentFact => ({
        event: event.metric,
        at: event.at,
        channel: event.channel,
        skill: event.skill,
        reasonCode: event.reasonCode,
        tags: textsOf(event.tags),
        products: textsOf(event.products),
      }),
    );
  const orders = world.orders
    .filter((order) => order.customerId === customerId)
    .map(
      ({ at }): SegmentFact => ({
        event: 'ordered',
        at,
        channel: null,
        skill: null,
        reasonCode: null,
        tags: [],
        products: [],
      }),
    );
  return [...points, ...orders];
}
