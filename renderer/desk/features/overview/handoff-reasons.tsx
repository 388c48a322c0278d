import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { BarRows } from '../../ui/chart-rows.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { reviewValueLabel } from '../insight/drill-text.ts';

/** Why the AI handed over on these days, the most frequent reason first; a bar opens exactly its review (O10). */
export function HandoffReasons({ answer }: { readonly answer: OverviewAnswer }) {
  const { t, labels, formats } = useText();
  const { setInsight, goTo } = useScreenActions();
  const { from, to, zone } = answer.range;
  const days = { from, to, zone };
  const { data } = useDeskQuery('insight.review', { filters: { days }, offset: 0, limit: 1 }, { keep: true });
  const reasons = data?.by.reason ?? [];
  if (reasons.length === 0) return null;
  const title = t('overview:reasons.title');
  const rows = reasons.map(({ value, total }) => ({
    key: value ?? '',
    label: reviewValueLabel('reason', value, { t, labels }),
    value: total,
    text: formats.number(total),
    onOpen: () => {
      setInsight({ review: { days, reason: value } });
      goTo('review');
    },
  }));
  return (
    <ChartFrame
      title={title}
      table={
        <ChartTable
          caption={title}
          head={[t('review:column.reason'), t('overview:parts.count')]}
          rows={rows.map(({ key, label, text, onOpen }) => ({ key, label, cells: [{ text, onOpen }] }))}
        />
      }
    >
      <BarRows label={title} rows={rows} tone="agent" />
    </ChartFrame>
  );
}
