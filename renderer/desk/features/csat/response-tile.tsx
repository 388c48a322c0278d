import type { CsatAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { FigureTile } from '../insight/figure-tile.tsx';
import { changeText, ofText, rateChange, rateText } from '../insight/rates.ts';
import { averageNumber, csatDrill } from './results.ts';
import css from './csat.module.css';

/** What a number of answers opens; null where there are none. */
function useAnswered(): (
  count: number,
  filter: Parameters<typeof csatDrill>[1],
  answer: CsatAnswer,
) => { readonly label: string; readonly run: () => void } | null {
  const { t } = useText();
  const { drill } = useScreenActions();
  return (count, filter, answer) =>
    count === 0
      ? null
      : { label: t('csat:open.answered', { count }), run: () => drill(csatDrill(answer, filter)) };
}

/** How many of the surveys sent were answered (Q6), with the period before. */
export function ResponseTile({ answer }: { readonly answer: CsatAnswer }) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const answered = useAnswered();
  const { response, responseBefore } = answer;
  const before = `${rateText(responseBefore, formats)} (${ofText(responseBefore, t, formats)})`;
  const unanswered = response.denominator - response.numerator;
  return (
    <FigureTile
      className={css.tile}
      name={t('csat:response')}
      define={t('csat:define.response')}
      value={rateText(response, formats)}
      open={answered(response.numerator, { answered: true }, answer)}
      made={ofText(response, t, formats)}
      note={
        <>
          <strong>{changeText(rateChange(response, responseBefore), 'points', t, formats)}</strong>{' '}
          {t('insight:change.before', { value: before })}
        </>
      }
    >
      {unanswered > 0 && (
        <button
          type="button"
          className={css.link}
          onClick={() => drill(csatDrill(answer, { answered: false }))}
        >
          {t('csat:open.unanswered', { count: unanswered })}
        </button>
      )}
    </FigureTile>
  );
}

/** One scale's mean on its own scale, and beside it the labelled figure that can be compared (Q2). */
export function ScaleTile({
  answer,
  scale,
}: {
  readonly answer: CsatAnswer;
  readonly scale: CsatAnswer['scales'][number];
}) {
  const { t, formats } = useText();
  const answered = useAnswered();
  const average = scale.average === null ? '–' : formats.number(averageNumber(scale.average));
  return (
    <FigureTile
      className={css.tile}
      name={t(`csat:scale.${scale.scale}`)}
      define={t(`csat:define.scale.${scale.scale}`)}
      value={scale.scale === 'unknown' ? average : t('csat:outOf5', { value: average })}
      open={answered(scale.answered, { scale: scale.scale, answered: true }, answer)}
      made={t('csat:answers', { count: scale.answered })}
      note={
        scale.normalised === null ? null : t('csat:normalised', { value: formats.percent(scale.normalised) })
      }
    />
  );
}
