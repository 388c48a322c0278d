import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { BarRows, type RowMark } from '../../ui/chart-rows.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import type { ChartTone } from '../../ui/chart-tones.ts';

type PartName = 'resolvedByAi' | 'handedOver' | 'takenOver' | 'open' | 'closedUnresolved';

const PARTS: readonly (readonly [PartName, ChartTone])[] = [
  ['resolvedByAi', 'resolved'],
  ['handedOver', 'agent'],
  ['takenOver', 'agent'],
  ['open', 'ai'],
  ['closedUnresolved', 'customer'],
];

function useParts(answer: OverviewAnswer): readonly RowMark[] {
  const { t, labels, formats } = useText();
  const { drill } = useScreenActions();
  const { figures } = answer;
  return PARTS.map(([name, tone]) => {
    const count = name === 'resolvedByAi' ? figures.resolvedByAi.numerator : figures[name];
    const share = figures.totalVolume === 0 ? null : count / figures.totalVolume;
    return {
      key: name,
      label:
        name === 'handedOver' || name === 'takenOver' ? t(`overview:part.${name}`) : labels.aiOutcome(name),
      value: count,
      text: formats.number(count),
      of: share === null ? undefined : formats.percent(share),
      tone,
      onOpen: count === 0 ? undefined : () => drill(answer.drills[name]),
    };
  });
}

/** How the conversations of the range stand, take-overs by an agent apart (S4); together they are the total volume. */
export function Outcomes({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useText();
  const parts = useParts(answer);
  const title = t('overview:parts.title');
  return (
    <ChartFrame
      title={title}
      table={
        <ChartTable
          caption={title}
          head={[t('overview:parts.part'), t('overview:parts.count'), t('overview:parts.share')]}
          rows={parts.map(({ key, label, text, of, onOpen }) => ({
            key,
            label,
            cells: [{ text, onOpen }, { text: of ?? '–' }],
          }))}
        />
      }
    >
      <BarRows label={title} rows={parts} max={Math.max(1, answer.figures.totalVolume)} />
    </ChartFrame>
  );
}
