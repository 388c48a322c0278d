import type { Resources } from '../../../../src/i18n/messages.ts';
import { FEED_METRICS, type FeedMetric } from '../../../../src/protocol/rpc/insight.ts';
import { PSEUDO, PSEUDO_RTL } from '../../../../src/i18n/locale.ts';
import { matchesQuery } from '../../ui/combobox.tsx';

/** What each metric is called in every language that is shipped, by-names included. */
export type MetricNames = Readonly<Record<FeedMetric, readonly string[]>>;

/** Gathers the names of the metrics from the texts of all languages (K5). */
export function metricNames(resources: Resources): MetricNames {
  const languages = Object.entries(resources).filter(([tag]) => tag !== PSEUDO && tag !== PSEUDO_RTL);
  const namesOf = (metric: FeedMetric): readonly string[] =>
    languages.flatMap(([, features]) =>
      [`events:metric.${metric}`, `events:alias.${metric}`].flatMap(
        (key) => features['events']?.[key.slice('events:'.length)] ?? [],
      ),
    );
  return {
    started: namesOf('started'),
    resolved: namesOf('resolved'),
    escalated: namesOf('escalated'),
    recommended: namesOf('recommended'),
    clicked: namesOf('clicked'),
    ordered: namesOf('ordered'),
  };
}

/** The metrics that one of their names, in any language, answers to: every word of the query, in any order and case (K5). */
export function findMetrics(query: string, names: MetricNames): readonly FeedMetric[] {
  const words = query.trim();
  if (words === '') return FEED_METRICS;
  return FEED_METRICS.filter((metric) => names[metric].some((name) => matchesQuery(name, words)));
}
