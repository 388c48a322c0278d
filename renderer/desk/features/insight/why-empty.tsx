import type { WhyEmpty } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import css from './insight.module.css';

/** Why there is nothing, and what to do about it (K7). */
export function WhyEmptyState({
  why,
  onRefresh,
}: {
  readonly why: WhyEmpty;
  readonly onRefresh: () => void;
}) {
  const { t, formats } = useText();
  const now = useNow();
  const { setInsight } = useScreenActions();
  const inRange = why.reason === 'noneInRange';
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>{t(`insight:empty.${why.reason}`)}</h2>
      {why.switchedOff.map(({ source, since }) => (
        <p key={source} dir="auto">
          {t('insight:empty.switchedOff', { source, time: formats.dateTime(since, now) })}
        </p>
      ))}
      {!inRange && (
        <ol className={css.steps}>
          {why.reason === 'agentOff' && <li>{t('insight:empty.step.switchOn')}</li>}
          <li>{t('insight:empty.step.test')}</li>
          <li>{t('insight:empty.step.wait')}</li>
          <li>{t('insight:empty.step.refresh')}</li>
        </ol>
      )}
      {inRange ? (
        <Button onClick={() => setInsight({ range: { preset: 'last90Days' } })}>
          {t('insight:empty.widen')}
        </Button>
      ) : (
        <Button onClick={onRefresh}>{t('insight:empty.refresh')}</Button>
      )}
    </div>
  );
}
