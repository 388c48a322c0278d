import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { FeedMetric, MetricSummary } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { RESOURCES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './events.module.css';
import { findMetrics, metricNames } from './metric-search.ts';

const NAMES = metricNames(RESOURCES);

function Entry(props: {
  readonly metric: FeedMetric | null;
  readonly count: number | null;
  readonly latestAt: number | null;
}) {
  const { t, formats } = useText();
  const now = useNow();
  const { setInsight } = useScreenActions();
  const isCurrent = useScreen((screen) => screen.insight.metric === props.metric);
  return (
    <li>
      <button
        type="button"
        className={css.metric}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => setInsight({ metric: props.metric })}
      >
        <span className={css.metricName}>{t(`events:metric.${props.metric ?? 'all'}`)}</span>{' '}
        <span className={css.metricCount}>{props.count === null ? '' : formats.number(props.count)}</span>{' '}
        <span className={css.metricLatest}>
          {props.latestAt === null
            ? t('events:never')
            : t('events:latest', { age: formats.age(props.latestAt, now) })}
        </span>
      </button>
    </li>
  );
}

/** The metrics with how often and how lately each happened; found by its name in any language (K5). */
export function MetricList({ metrics }: { readonly metrics: readonly MetricSummary[] }) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  const found = findMetrics(useDeferredValue(query), NAMES);
  const all = query.trim() === '';
  const latest = Math.max(...metrics.map(({ latestAt }) => latestAt ?? 0), 0);
  return (
    <nav className={css.metrics} aria-label={t('events:metrics')}>
      <div className={css.search}>
        <Icon of={Search} />
        <TextField
          look="bare"
          type="search"
          aria-label={t('events:search')}
          placeholder={t('events:search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <ul>
        {all && (
          <Entry
            metric={null}
            count={metrics.reduce((sum, { count }) => sum + count, 0)}
            latestAt={latest === 0 ? null : latest}
          />
        )}
        {found.map((metric) => {
          const summary = metrics.find((one) => one.metric === metric);
          return (
            <Entry
              key={metric}
              metric={metric}
              count={summary?.count ?? null}
              latestAt={summary?.latestAt ?? null}
            />
          );
        })}
      </ul>
      {found.length === 0 && <p className={css.noMetric}>{t('events:search.none')}</p>}
    </nav>
  );
}
