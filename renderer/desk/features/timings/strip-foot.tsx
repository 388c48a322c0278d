import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import type { CycleTimingsView } from '../../../../src/protocol/rpc/timings.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { measureName } from './measure.ts';
import { sumOf } from './sum.ts';
import css from './timings.module.css';

/** More parts than this are added up first. */
const MOST_PARTS = 6;

/** The sum behind the value, written out (T10). */
function useSumText(): (explanation: TimingExplanation) => string | null {
  const { t, formats } = useText();
  return (explanation) => {
    const { parts, total, count, value } = sumOf(explanation);
    if (value === null || count < 2) return null;
    const result = formats.exact(value);
    const sum =
      count <= MOST_PARTS
        ? parts
            .flatMap((part) => (part === null ? [] : [formats.exact(part)]))
            .reduce((first, second) => t('timings:sum.plus', { first, second }))
        : t('timings:sum.many', { total: formats.exact(total), count });
    return t('timings:sum.mean', { sum, count, value: result });
  };
}

function Value({ explanation }: { readonly explanation: TimingExplanation }) {
  const { t, formats } = useText();
  const sumText = useSumText();
  const [measure, hours] = measureName(explanation.key);
  const sum = sumText(explanation);
  const { value, reason } = explanation;
  return (
    <p className={css.value}>
      <span>
        {t(measure)}, <span className={css.lower}>{t(hours)}</span>
      </span>{' '}
      <strong>
        {value === null ? t(`profile:timing.${reason}`) : formats.exact(Math.floor(value / 1_000))}
      </strong>
      {sum !== null && <span className={css.sum}>{sum}</span>}
    </p>
  );
}

/** The value with its sum, and under which rules it was counted (T5, T13). */
export function StripFoot(props: {
  readonly view: CycleTimingsView;
  readonly explanation: TimingExplanation;
}) {
  const { view, explanation } = props;
  const { t, formats } = useText();
  const now = useNow();
  const { policy, schedules, isOperation } = explanation;
  const leftOut = explanation.spans.filter(({ counts }) => !counts).length;
  const { waitingSince, closedAt } = view.cycle;
  return (
    <footer className={css.foot}>
      <Value explanation={explanation} />
      {leftOut > 0 && explanation.value !== null && <p>{t('timings:leftOut', { count: leftOut })}</p>}
      {closedAt === null && waitingSince !== null && (
        <p>{t('timings:running', { time: formats.dateTime(waitingSince, now) })}</p>
      )}
      {!view.agrees && <p>{t('timings:incomplete')}</p>}
      <p className={css.quiet}>
        {t('timings:policy', { name: t(`timings:policy.${policy.name}`), version: policy.version })}
        {' · '}
        {isOperation
          ? schedules.length === 0
            ? t('profile:timing.noSchedule')
            : schedules
                .map(({ validFrom, zone }) => t('timings:schedule', { date: formats.day(validFrom), zone }))
                .join(' · ')
          : t('timings:wallClock')}
      </p>
    </footer>
  );
}
