import { useState } from 'react';
import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { rangeInput } from '../insight/days.ts';
import { RangePage } from '../insight/range-page.tsx';
import { WhyEmptyState } from '../insight/why-empty.tsx';
import { HandoffReasons } from './handoff-reasons.tsx';
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
      <HandoffReasons answer={answer} />
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
  const asked = useDeskQuery('insight.overview', { ...rangeInput(range), group }, { keep: true });
  return (
    <RangePage title={t('overview:title')} asked={asked}>
      {(answer, again) =>
        answer.empty === null ? (
          <Figures answer={answer} />
        ) : (
          <WhyEmptyState why={answer.empty} onRefresh={again} />
        )
      }
    </RangePage>
  );
}
