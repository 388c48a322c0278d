import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import type { CycleTimingsView } from '../../../../src/protocol/rpc/timings.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { runningSince } from './strip.ts';
import { openPartsOf, sumOf } from './sum.ts';
import css from './timings.module.css';

/** More parts than this are added up first. */
const MOST_PARTS = 6;

/** The sum behind the value, written out (T10); null where there is nothing to add up. */
function useSumText(): (explanation: TimingExplanation) => string | null {
  const { t, formats } = useText();
  const plus = (parts: readonly number[]): string =>
    parts
      .map((part) => formats.exact(part))
      .reduce((first, second) => t('timings:sum.plus', { first, second }));
  return (explanation) => {
    const { parts, total, count, value } = sumOf(explanation);
    if (value === null) return null;
    const result = formats.exact(value);
    const inHours = openPartsOf(explanation);
    if (inHours.length > 0 && inHours.length <= MOST_PARTS)
      return t('timings:sum.value', { sum: plus(inHours), value: result });
    if (count < 2) return null;
    const sum =
      count <= MOST_PARTS
        ? plus(parts.filter((part) => part !== null))
        : t('timings:sum.many', { total: formats.exact(total), count });
    return t('timings:sum.mean', { sum, count, value: result });
  };
}

function Legend(props: { readonly isOperation: boolean; readonly isRunning: boolean }) {
  const { isOperation, isRunning } = props;
  const { t } = useText();
  return (
    <span className={css.legend}>
      <span className={cx(css.sample, css.sampleCounted)} /> {t('timings:legend.counted')}
      {isOperation && (
        <>
          <span className={cx(css.sample, css.sampleSpan)} /> {t('timings:legend.notCounted')}
        </>
      )}
      {isRunning && (
        <>
          <span className={cx(css.sample, css.sampleRunning)} /> {t('timings:legend.running')}
        </>
      )}
      <span className={cx(css.sample, css.sampleClosed)} /> {t('timings:legend.closed')}
    </span>
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
  const sum = useSumText()(explanation);
  const { policy, schedules, isOperation } = explanation;
  const leftOut = explanation.spans.filter(({ counts }) => !counts).length;
  const { waitingSince, closedAt } = view.cycle;
  return (
    <footer className={css.foot}>
      {sum !== null && <p className={css.sum}>{sum}</p>}
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
      <Legend isOperation={isOperation} isRunning={runningSince(view, explanation.key) !== null} />
    </footer>
  );
}
