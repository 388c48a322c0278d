import type { FeedItem, OverviewAnswer, SegmentMember } from '../../protocol/rpc/insight.ts';
import { customerLabel, isoTime } from './list-json.ts';

/** The overview as `overview --json` prints it. A rate has numerator and denominator; a value of null means no denominator. */
export function shownOverview(answer: OverviewAnswer) {
  const { range, previous, group, figures, before, days, stacks } = answer;
  const figuresOf = ({ totalVolume, resolvedByAi, notResolvedByAi, sales }: OverviewAnswer['figures']) => ({
    totalVolume: { value: totalVolume },
    resolvedByAi,
    notResolvedByAi,
    sales: { value: sales },
  });
  const { handedOver, takenOver, open, closedUnresolved } = figures;
  return {
    from: range.from,
    to: range.to,
    zone: range.zone,
    group,
    asOf: isoTime(answer.asOf),
    ...figuresOf(figures),
    handedOver: { value: handedOver },
    takenOver: { value: takenOver },
    open: { value: open },
    closedUnresolved: { value: closedUnresolved },
    previous: { from: previous.from, to: previous.to, ...figuresOf(before) },
    series: days.map((day, index) => {
      const counts = stacks.map(({ value, counts }) => ({ value, count: counts[index] ?? 0 }));
      const named = counts.flatMap(({ value, count }) => (value === null ? [] : [[value, count] as const]));
      return {
        day,
        total: counts.reduce((sum, { count }) => sum + count, 0),
        counts: Object.fromEntries(named),
        // Apart: a tag may have any name.
        ...(group === 'tag' ? { untagged: counts.find(({ value }) => value === null)?.count ?? 0 } : {}),
      };
    }),
  };
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(value * 100).toFixed(1)} %`;
}

/** The overview in lines. */
export function overviewLines(answer: OverviewAnswer): readonly string[] {
  const { range, figures, stacks } = answer;
  const { resolvedByAi, notResolvedByAi } = figures;
  const sales = figures.sales.map(
    ({ currency, valueMinor, orders }) => `${valueMinor} ${currency} minor units (${orders} orders)`,
  );
  return [
    `${range.from} to ${range.to}, ${range.zone}`,
    `total volume        ${figures.totalVolume}`,
    `resolved by AI      ${percent(resolvedByAi.value)} (${resolvedByAi.numerator} of ${resolvedByAi.denominator})`,
    `not resolved by AI  ${percent(notResolvedByAi.value)} (${notResolvedByAi.numerator} of ${notResolvedByAi.denominator})`,
    `sales               ${sales.length === 0 ? '-' : sales.join(', ')}`,
    ...stacks.map(({ value, total }) => `  ${value ?? 'none'}\t${total}`),
  ];
}

/** One data point of `activity --json`. */
export function shownItem(item: FeedItem) {
  return {
    at: isoTime(item.at),
    metric: item.metric,
    conversationId: item.conversationId,
    customerId: item.customerId,
    customer: customerLabel(item),
    channel: item.channel,
    skill: item.skill,
    reasonCode: item.reasonCode,
    reason: item.reason,
    tags: item.tags,
    products: item.products,
    valueMinor: item.valueMinor,
    currency: item.currency,
  };
}

/** One member of `segment --json`. */
export function shownMember({ customerId, name, email, phone, language, conversations }: SegmentMember) {
  return { customerId, name, email, phone, language, conversations };
}
