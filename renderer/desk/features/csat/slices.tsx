import { CSAT_DIMENSIONS, type CsatDimension } from '../../../../src/protocol/rpc/drill.ts';
import type { CsatAnswer, CsatSlice } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { BarRows } from '../../ui/chart-rows.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { Select } from '../../ui/select.tsx';
import { csatValueLabel } from '../insight/drill-text.ts';
import { ofText, rateText } from '../insight/rates.ts';
import { useDrillWords } from '../insight/use-drill-words.ts';
import { averageNumber, csatDrill } from './results.ts';

/** So many bars are drawn; the table has them all. */
const DRAWN = 12;

function useSliceLabel(by: CsatDimension): (slice: CsatSlice) => string {
  const words = useDrillWords();
  return ({ value }) => csatValueLabel(by, value, words);
}

function SliceTable({ answer }: { readonly answer: CsatAnswer }) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const labelOf = useSliceLabel(answer.by);
  const scales = answer.scales.map(({ scale }) => scale);
  return (
    <ChartTable
      caption={t('csat:slices')}
      head={[
        t(`csat:by.${answer.by}`),
        t('csat:column.sent'),
        t('csat:column.answers'),
        t('csat:response'),
        ...scales.map((scale) => t('csat:column.averageOf', { scale: t(`csat:scale.${scale}`) })),
      ]}
      rows={answer.slices.map((slice) => {
        const by = { dimension: answer.by, value: slice.value };
        const { numerator, denominator } = slice.response;
        return {
          key: slice.value ?? '',
          label: <bdi>{labelOf(slice)}</bdi>,
          cells: [
            { text: formats.number(denominator), onOpen: () => drill(csatDrill(answer, { by })) },
            {
              text: formats.number(numerator),
              onOpen: numerator === 0 ? undefined : () => drill(csatDrill(answer, { by, answered: true })),
            },
            { text: rateText(slice.response, formats) },
            ...scales.map((scale) => {
              const found = slice.scales.find((entry) => entry.scale === scale);
              const average = found?.average ?? null;
              return {
                text: average === null ? '–' : formats.number(averageNumber(average)),
                onOpen:
                  average === null
                    ? undefined
                    : () => drill(csatDrill(answer, { by, scale, answered: true })),
              };
            }),
          ],
        };
      })}
    />
  );
}

/** Response by tag, assignee, channel, outcome, reason or language; the table has each scale's mean beside it. */
export function Slices({ answer }: { readonly answer: CsatAnswer }) {
  const { t, formats } = useText();
  const { drill, setInsight } = useScreenActions();
  const labelOf = useSliceLabel(answer.by);
  const drawn = answer.slices.slice(0, DRAWN);
  return (
    <ChartFrame
      title={t('csat:slices')}
      about={t(answer.by === 'tag' ? 'csat:slices.byTag' : 'csat:slices.about')}
      controls={
        <Select<CsatDimension>
          label={t('csat:by.label')}
          value={answer.by}
          choices={CSAT_DIMENSIONS.map((value) => ({ value, label: t(`csat:by.${value}`) }))}
          onChange={(csatBy) => setInsight({ csatBy })}
        />
      }
      table={<SliceTable answer={answer} />}
    >
      {(showTable) => (
        <>
          <BarRows
            label={t('csat:slices')}
            max={1}
            rows={drawn.map((slice) => ({
              key: slice.value ?? '',
              label: labelOf(slice),
              value: slice.response.value ?? 0,
              text: rateText(slice.response, formats),
              of: ofText(slice.response, t, formats),
              onOpen: () => drill(csatDrill(answer, { by: { dimension: answer.by, value: slice.value } })),
            }))}
          />
          {answer.slices.length > DRAWN && (
            <Button small look="link" onClick={showTable}>
              {t('charts:more', { count: answer.slices.length - DRAWN })}
            </Button>
          )}
        </>
      )}
    </ChartFrame>
  );
}
