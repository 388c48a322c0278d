import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import type { RowMark } from '../../ui/chart-rows.tsx';
import type { ChartTone } from '../../ui/chart-tones.ts';
import { ShareBars } from '../../ui/share-bars.tsx';

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
  return (
    <ShareBars
      title={t('overview:parts.title')}
      head={[t('overview:parts.part'), t('overview:parts.count'), t('overview:parts.share')]}
      rows={parts}
      whole={answer.figures.totalVolume}
    />
  );
}
