import { useScreen } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { AsOfLine } from '../insight/as-of.tsx';
import { PageFrame } from '../insight/page-frame.tsx';
import { needOf, NotHeld } from '../scope/not-held.tsx';
import css from './events.module.css';
import { Feed } from './feed.tsx';
import { MetricList } from './metric-list.tsx';

/** What the AI agent did, as it happens (K1–K5): the metrics at the side, the data points of one or all of them. */
export function EventsPage() {
  const { t } = useText();
  const metric = useScreen((screen) => screen.insight.metric);
  const { data, error } = useDeskQuery('insight.metrics', {}, { keep: true });
  const need = needOf(error);
  return (
    <PageFrame title={t('events:title')} line={data !== undefined && <AsOfLine of={data} />}>
      {need === null ? (
        <div className={css.columns}>
          <MetricList metrics={data?.metrics ?? []} />
          <Feed key={metric ?? ''} metric={metric} />
        </div>
      ) : (
        <NotHeld need={need} />
      )}
    </PageFrame>
  );
}
