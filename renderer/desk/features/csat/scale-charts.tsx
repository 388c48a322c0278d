import type { CsatAnswer, CsatScaleResult } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { TrendLine } from '../../ui/chart-trend.tsx';
import { ShareBars } from '../../ui/share-bars.tsx';
import { dayText, rangeText } from '../insight/days.ts';
import { ScoreFace } from './score-face.tsx';
import { averageNumber, csatDrill, scaleEnds, type TrendStep, trendSteps } from './results.ts';
import css from './csat.module.css';

interface ScaleProps {
  readonly answer: CsatAnswer;
  readonly scale: CsatScaleResult;
}

/** How often each score was given (Q1, Q2). */
function Distribution({ answer, scale }: ScaleProps) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const rows = [...scale.distribution].reverse().map(({ score, count }) => ({
    key: String(score),
    label: t('csat:score', { score: formats.number(score) }),
    glyph: <ScoreFace score={score} />,
    value: count,
    text: formats.number(count),
    of: scale.answered === 0 ? undefined : formats.percent(count / scale.answered),
    onOpen: count === 0 ? undefined : () => drill(csatDrill(answer, { scale: scale.scale, score })),
  }));
  return (
    <ShareBars
      title={t('csat:distribution')}
      head={[t('csat:column.score'), t('csat:column.answers'), t('csat:column.share')]}
      rows={rows}
      whole={scale.answered}
    />
  );
}

function stepKey({ from }: TrendStep): string {
  return from;
}

function useSteps({ answer, scale }: ScaleProps) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  return trendSteps(answer.days, scale.trend).map((step) => ({
    key: stepKey(step),
    label: rangeText(step, t, formats),
    tick: dayText(step.from, formats, 'dayMonth'),
    value: step.average,
    text: step.average === null ? '–' : formats.number(averageNumber(step.average)),
    of: t('csat:answers', { count: step.answered }),
    open:
      step.answered === 0
        ? undefined
        : () =>
            drill({
              ...csatDrill(answer, { scale: scale.scale, answered: true }),
              from: step.from,
              to: step.to,
            }),
  }));
}

/** The mean of one scale over time, by the day the survey was sent. */
function Trend(props: ScaleProps) {
  const { t, formats } = useText();
  const steps = useSteps(props);
  const ends = scaleEnds(props.scale.scale);
  const title = t('csat:trend');
  const table = (
    <ChartTable
      caption={title}
      head={[t('csat:column.days'), t('csat:column.average'), t('csat:column.answers')]}
      rows={steps.map(({ key, label, text, of, open }) => ({
        key,
        label,
        cells: [{ text }, { text: of, onOpen: open }],
      }))}
    />
  );
  return (
    <ChartFrame title={title} table={table}>
      {ends === null ? (
        table
      ) : (
        <TrendLine
          label={title}
          points={steps}
          ticks={[1, 2, 3, 4, 5]}
          tickText={(value) => formats.number(value)}
          onOpen={(index) => steps[index]?.open?.()}
        />
      )}
    </ChartFrame>
  );
}

/** The charts of one scale; scales are never mixed. */
export function ScaleCharts(props: ScaleProps) {
  const { t } = useText();
  return (
    <section className={css.scale} aria-label={t(`csat:scale.${props.scale.scale}`)}>
      <h2 className={css.scaleName}>{t(`csat:scale.${props.scale.scale}`)}</h2>
      <div className={css.pair}>
        <Distribution {...props} />
        <Trend {...props} />
      </div>
    </section>
  );
}
