import type { ConversationId } from '../../../../src/base/ids.ts';
import { type TimingKey, type Timings, type TimingValue } from '../../../../src/domain/timings/timings.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { type Measure, MEASURES, measureName, timingKey } from './measure.ts';
import css from './timings.module.css';

function useValueText(): (value: TimingValue) => string {
  const { t, formats } = useText();
  return ({ value, reason }) => (value === null ? t(`profile:timing.${reason}`) : formats.duration(value));
}

function Cell(props: { readonly timingKey: TimingKey; readonly value: TimingValue; readonly rows?: number }) {
  const { t } = useText();
  const { explain } = useScreenActions();
  const explained = useScreen((screen) => screen.explained) === props.timingKey;
  const valueText = useValueText();
  const [measure, hours] = measureName(props.timingKey);
  const { value } = props.value;
  const text = valueText(props.value);
  return (
    <td rowSpan={props.rows}>
      <button
        type="button"
        className={cx(css.cell, value === null && css.quiet)}
        aria-pressed={explained}
        aria-label={`${text}. ${t('profile:timing.explain', { name: `${t(measure)}, ${t(hours)}` })}`}
        onClick={() => explain(explained ? null : props.timingKey)}
      >
        {text}
      </button>
    </td>
  );
}

function Row(props: {
  readonly measure: Measure;
  readonly timings: Timings;
  readonly merged: boolean;
  readonly isShown: (key: TimingKey) => boolean;
}) {
  const { measure, timings, merged, isShown } = props;
  const { t } = useText();
  const all = timingKey(measure, false);
  const business = timingKey(measure, true);
  return (
    <tr>
      <th scope="row">{t(`profile:timing.${measure}`)}</th>
      {isShown(all) ? <Cell timingKey={all} value={timings[all]} /> : <td className={css.quiet}>–</td>}
      {merged ? (
        measure === 'first' && <Cell timingKey={business} value={timings[business]} rows={MEASURES.length} />
      ) : isShown(business) ? (
        <Cell timingKey={business} value={timings[business]} />
      ) : (
        <td className={css.quiet}>–</td>
      )}
    </tr>
  );
}

/**
 * The six timings (C3, C4): rows by what is measured, columns by which hours count; each leads to its explanation. Those that
 * the reader hides leave their place empty (C6).
 */
export function TimingsGrid(props: {
  readonly conversationId: ConversationId;
  readonly isShown: (key: TimingKey) => boolean;
}) {
  const { conversationId, isShown } = props;
  const { t } = useText();
  const { data } = useDeskQuery('thread.timings', { conversationId });
  if (data === undefined || data === null) return null;
  const { timings, cycles } = data;
  if (cycles.length === 0) return <p className={css.quiet}>{t('profile:timing.none')}</p>;
  // One word for all three where there are no business hours at all.
  const merged = MEASURES.every((measure) => {
    const key = timingKey(measure, true);
    return isShown(key) && timings[key].reason === 'noSchedule';
  });
  const shown = MEASURES.filter((measure) =>
    [false, true].some((inHours) => isShown(timingKey(measure, inHours))),
  );
  return (
    <table className={css.grid}>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>{t('timings:measure')}</VisuallyHidden>
          </th>
          <th scope="col">{t('profile:timing.allHours')}</th>
          <th scope="col">{t('profile:timing.businessHours')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((measure) => (
          <Row key={measure} measure={measure} timings={timings} merged={merged} isShown={isShown} />
        ))}
      </tbody>
    </table>
  );
}
