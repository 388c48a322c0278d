import type { CsatAnswer, CsatScaleResult, CsatSlice } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { rateText } from '../insight/rates.ts';
import { averageNumber, csatDrill } from './results.ts';

type LabelOf = (slice: CsatSlice) => string;

/** How each value answered, with the mean on every scale; each number opens its rows. */
export function ResponseTable({
  answer,
  labelOf,
}: {
  readonly answer: CsatAnswer;
  readonly labelOf: LabelOf;
}) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
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

/** How often each value got each score of one scale (Q1, Q2), with its mean; each number opens its rows. */
export function ScoresTable({
  answer,
  scale,
  labelOf,
}: {
  readonly answer: CsatAnswer;
  readonly scale: CsatScaleResult;
  readonly labelOf: LabelOf;
}) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const scores = scale.distribution.map(({ score }) => score);
  return (
    <ChartTable
      caption={t('csat:slices')}
      head={[
        t(`csat:by.${answer.by}`),
        t('csat:column.average'),
        t('csat:column.answers'),
        ...scores.map((score) => t('csat:score', { score: formats.number(score) })),
      ]}
      rows={answer.slices.flatMap((slice) => {
        const found = slice.scales.find((entry) => entry.scale === scale.scale);
        if (found === undefined || found.average === null) return [];
        const by = { dimension: answer.by, value: slice.value };
        const open = (cut: { readonly score?: number }) => () =>
          drill(csatDrill(answer, { by, scale: scale.scale, answered: true, ...cut }));
        return [
          {
            key: slice.value ?? '',
            label: <bdi>{labelOf(slice)}</bdi>,
            cells: [
              { text: formats.number(averageNumber(found.average)), onOpen: open({}) },
              { text: formats.number(found.answered), onOpen: open({}) },
              ...scores.map((score) => {
                const count = found.distribution.find((entry) => entry.score === score)?.count ?? 0;
                return { text: formats.number(count), onOpen: count === 0 ? undefined : open({ score }) };
              }),
            ],
          },
        ];
      })}
    />
  );
}
