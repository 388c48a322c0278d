import type { CsatAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { rangeInput } from '../insight/days.ts';
import { RangePage } from '../insight/range-page.tsx';
import { Comments } from './comments.tsx';
import css from './csat.module.css';
import { ResponseTile, ScaleTile } from './response-tile.tsx';
import { ScaleCharts } from './scale-charts.tsx';
import { Slices } from './slices.tsx';

function NothingSent() {
  const { t } = useText();
  const { goTo } = useScreenActions();
  return (
    <EmptyState
      action={<Button onClick={() => goTo('settings', 'surveys')}>{t('csat:empty.action')}</Button>}
    >
      {t('csat:empty')}
    </EmptyState>
  );
}

function Results({ answer }: { readonly answer: CsatAnswer }) {
  const range = useScreen((screen) => screen.insight.range);
  if (answer.response.denominator === 0 && answer.scales.length === 0) return <NothingSent />;
  const answered = answer.scales.filter((scale) => scale.answered > 0);
  return (
    <>
      <div className={css.tiles}>
        <ResponseTile answer={answer} />
        {answered.map((scale) => (
          <ScaleTile key={scale.scale} answer={answer} scale={scale} />
        ))}
      </div>
      {answered.map((scale) => (
        <ScaleCharts key={scale.scale} answer={answer} scale={scale} />
      ))}
      <Slices answer={answer} />
      <Comments key={JSON.stringify(range)} count={answer.comments} />
    </>
  );
}

/** What customers thought of it (C12): response, scores per scale, by what, and their words. */
export function CsatPage() {
  const { t } = useText();
  const range = useScreen((screen) => screen.insight.range);
  const by = useScreen((screen) => screen.insight.csatBy);
  const asked = useDeskQuery('insight.csat', { ...rangeInput(range), by }, { keep: true });
  return (
    <RangePage title={t('csat:title')} asked={asked}>
      {(answer) => <Results answer={answer} />}
    </RangePage>
  );
}
