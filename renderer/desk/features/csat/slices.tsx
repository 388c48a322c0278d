import { useState } from 'react';
import {
  CSAT_DIMENSIONS,
  type CsatDimension,
  type CsatScaleName,
} from '../../../../src/protocol/rpc/drill.ts';
import type { CsatAnswer, CsatScaleResult, CsatSlice } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { BarRows, type RowMark } from '../../ui/chart-rows.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { Select } from '../../ui/select.tsx';
import { csatValueLabel } from '../insight/drill-text.ts';
import { ofText, rateText } from '../insight/rates.ts';
import { useDrillWords } from '../insight/use-drill-words.ts';
import { averageNumber, csatDrill } from './results.ts';
import { ResponseTable, ScoresTable } from './slice-tables.tsx';

/** So many bars are drawn; the table has them all. */
const DRAWN = 12;

/** What the values of a dimension are compared by: how many answered, or the mean of one scale. */
type Measure = 'response' | CsatScaleName;

function useSliceLabel(by: CsatDimension): (slice: CsatSlice) => string {
  const words = useDrillWords();
  return ({ value }) => csatValueLabel(by, value, words);
}

function useBars(answer: CsatAnswer, scale: CsatScaleResult | undefined): readonly RowMark[] {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const labelOf = useSliceLabel(answer.by);
  return answer.slices.flatMap((slice): readonly RowMark[] => {
    const by = { dimension: answer.by, value: slice.value };
    const named = { key: slice.value ?? '', label: labelOf(slice) };
    if (scale === undefined)
      return [
        {
          ...named,
          value: slice.response.value ?? 0,
          text: rateText(slice.response, formats),
          of: ofText(slice.response, t, formats),
          onOpen: () => drill(csatDrill(answer, { by })),
        },
      ];
    const found = slice.scales.find((entry) => entry.scale === scale.scale);
    if (found === undefined || found.average === null) return [];
    return [
      {
        ...named,
        value: found.normalised ?? 0,
        text: formats.number(averageNumber(found.average)),
        of: t('csat:answers', { count: found.answered }),
        onOpen: () => drill(csatDrill(answer, { by, scale: scale.scale, answered: true })),
      },
    ];
  });
}

function Controls(props: {
  readonly answer: CsatAnswer;
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}) {
  const { answer, measure, onMeasure } = props;
  const { t } = useText();
  const { setInsight } = useScreenActions();
  const scales = answer.scales.filter(({ answered }) => answered > 0);
  return (
    <>
      <Select<Measure>
        label={t('csat:measure')}
        value={measure}
        choices={[
          { value: 'response', label: t('csat:response') },
          ...scales.map(({ scale }) => ({
            value: scale,
            label: t('csat:column.averageOf', { scale: t(`csat:scale.${scale}`) }),
          })),
        ]}
        onChange={onMeasure}
      />
      <Select<CsatDimension>
        label={t('csat:by.label')}
        value={answer.by}
        choices={CSAT_DIMENSIONS.map((value) => ({ value, label: t(`csat:by.${value}`) }))}
        onChange={(csatBy) => setInsight({ csatBy })}
      />
    </>
  );
}

/**
 * Response, or the mean of one scale, by tag, assignee, channel, outcome, reason or language. The table of a scale has how
 * often each of its scores was given.
 */
export function Slices({ answer }: { readonly answer: CsatAnswer }) {
  const { t } = useText();
  const [chosen, setMeasure] = useState<Measure>('response');
  const scale = answer.scales.find((entry) => entry.scale === chosen && entry.answered > 0);
  const labelOf = useSliceLabel(answer.by);
  const bars = useBars(answer, scale);
  const about = scale === undefined ? t('csat:slices.about') : t('csat:slices.ofScale');
  return (
    <ChartFrame
      title={t('csat:slices')}
      about={answer.by === 'tag' ? `${about} ${t('csat:slices.byTag')}` : about}
      controls={<Controls answer={answer} measure={scale?.scale ?? 'response'} onMeasure={setMeasure} />}
      table={
        scale === undefined ? (
          <ResponseTable answer={answer} labelOf={labelOf} />
        ) : (
          <ScoresTable answer={answer} scale={scale} labelOf={labelOf} />
        )
      }
    >
      {(showTable) => (
        <>
          <BarRows label={t('csat:slices')} max={1} rows={bars.slice(0, DRAWN)} />
          {bars.length > DRAWN && (
            <Button small look="link" onClick={showTable}>
              {t('charts:more', { count: bars.length - DRAWN })}
            </Button>
          )}
        </>
      )}
    </ChartFrame>
  );
}
