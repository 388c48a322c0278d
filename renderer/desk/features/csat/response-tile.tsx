import type { CsatAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Definition } from '../insight/definition.tsx';
import { changeText, ofText, rateChange, rateText } from '../insight/rates.ts';
import { averageNumber, csatDrill } from './results.ts';
import css from './csat.module.css';

/** How many of the surveys sent were answered (Q6), with the period before. */
export function ResponseTile({ answer }: { readonly answer: CsatAnswer }) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const { response, responseBefore } = answer;
  const before = `${rateText(responseBefore, formats)} (${ofText(responseBefore, t, formats)})`;
  const name = t('csat:response');
  return (
    <div className={css.tile} role="group" aria-label={name}>
      <div className={css.tileHead}>
        <h2 className={css.tileName}>{name}</h2>
        <Definition name={name}>{t('csat:define.response')}</Definition>
      </div>
      <button
        type="button"
        className={css.value}
        disabled={response.numerator === 0}
        title={t('csat:open.answered', { count: response.numerator })}
        aria-label={`${name}: ${rateText(response, formats)}. ${t('csat:open.answered', { count: response.numerator })}`}
        onClick={() => drill(csatDrill(answer, { answered: true }))}
      >
        {rateText(response, formats)}
      </button>
      <span className={css.made}>{ofText(response, t, formats)}</span>
      <span className={css.change}>
        <strong>{changeText(rateChange(response, responseBefore), 'points', t, formats)}</strong>{' '}
        {t('insight:change.before', { value: before })}
      </span>
      {response.denominator > response.numerator && (
        <button
          type="button"
          className={css.link}
          onClick={() => drill(csatDrill(answer, { answered: false }))}
        >
          {t('csat:open.unanswered', { count: response.denominator - response.numerator })}
        </button>
      )}
    </div>
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
  const { drill } = useScreenActions();
  const name = t(`csat:scale.${scale.scale}`);
  const average = scale.average === null ? '–' : formats.number(averageNumber(scale.average));
  const value = scale.scale === 'unknown' ? average : t('csat:outOf5', { value: average });
  return (
    <div className={css.tile} role="group" aria-label={name}>
      <div className={css.tileHead}>
        <h2 className={css.tileName}>{name}</h2>
        <Definition name={name}>{t(`csat:define.scale.${scale.scale}`)}</Definition>
      </div>
      <button
        type="button"
        className={css.value}
        disabled={scale.answered === 0}
        aria-label={`${name}: ${value}. ${t('csat:open.answered', { count: scale.answered })}`}
        title={t('csat:open.answered', { count: scale.answered })}
        onClick={() => drill(csatDrill(answer, { scale: scale.scale, answered: true }))}
      >
        {value}
      </button>
      <span className={css.made}>{t('csat:answers', { count: scale.answered })}</span>
      {scale.normalised !== null && (
        <span className={css.change}>
          {t('csat:normalised', { value: formats.percent(scale.normalised) })}
        </span>
      )}
    </div>
  );
}
