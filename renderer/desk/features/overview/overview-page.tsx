import { useState } from 'react';
import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { AsOfLine } from '../insight/as-of.tsx';
import { rangeInput } from '../insight/days.ts';
import { Failed, PageFrame, Waiting } from '../insight/page-frame.tsx';
import { RangeControl, RangeLine } from '../insight/range-control.tsx';
import { WhyEmptyState } from '../insight/why-empty.tsx';
import { OrdersDialog } from './orders-dialog.tsx';
import { Outcomes } from './outcomes.tsx';
import { Tiles } from './tiles.tsx';
import { VolumeChart } from './volume-chart.tsx';

function Figures({ answer }: { readonly answer: OverviewAnswer }) {
  const { drill } = useScreenActions();
  const [orders, setOrders] = useState(false);
  return (
    <>
      <Tiles answer={answer} onOrders={() => setOrders(true)} />
      <VolumeChart answer={answer} />
      <Outcomes answer={answer} />
      <OrdersDialog
        open={orders}
        onClose={() => setOrders(false)}
        onRows={() => {
          setOrders(false);
          drill(answer.drills.sales);
        }}
      />
    </>
  );
}

/** How well the AI does (O1–O3): four figures and a bar a day, each of which opens its conversations. */
export function OverviewPage() {
  const { t } = useText();
  const range = useScreen((screen) => screen.insight.range);
  const group = useScreen((screen) => screen.insight.group);
  const { data, error, refetch } = useDeskQuery(
    'insight.overview',
    { ...rangeInput(range), group },
    { keep: true },
  );
  const again = (): void => void refetch();
  return (
    <PageFrame
      title={t('overview:title')}
      controls={
        <>
          <RangeControl answered={data?.range} />
          <ExportButton />
        </>
      }
      line={
        data !== undefined && (
          <>
            <RangeLine range={data.range} previous={data.previous} />
            <AsOfLine of={data} />
          </>
        )
      }
    >
      {data === undefined && error !== null && <Failed error={error} onRetry={again} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.empty !== null && <WhyEmptyState why={data.empty} onRefresh={again} />}
      {data !== undefined && data.empty === null && <Figures answer={data} />}
    </PageFrame>
  );
}
