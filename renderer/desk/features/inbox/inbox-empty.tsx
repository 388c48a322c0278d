import type { ListFilters, ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { withCondition } from './fields/condition-draft.ts';
import { useListFields } from './fields/list-fields.ts';
import { hasFilters, setFilterNames, withFilter } from './filter-values.ts';
import css from './inbox-pane.module.css';

/** What taking one filter away would show. */
function WithoutFilter(props: {
  readonly query: ListQuery;
  readonly name: string;
  readonly filters: ListFilters;
}) {
  const { t, formats } = useText();
  const { setFilters } = useScreenActions();
  const { filters } = props;
  const { data: facets } = useDeskQuery('list.facets', { query: { ...props.query, filters } });
  if (facets === undefined || facets.total === 0) return null;
  return (
    <Button small onClick={() => setFilters(filters)}>
      {t('inbox:filter.remove', { name: props.name })} → {formats.number(facets.total)}
    </Button>
  );
}

/** Why the list is empty: the queue is, or which filter leaves nothing. */
export function InboxEmpty({ query }: { readonly query: ListQuery }) {
  const { t } = useText();
  const { setFilters } = useScreenActions();
  const { fieldOf } = useListFields();
  const { data: status } = useDeskQuery('sync.status', {});
  // Nothing has come yet: that is no empty queue.
  if (status?.lastSyncAt === null) return <EmptyState>{t('status:empty.notYet')}</EmptyState>;
  if (!hasFilters(query.filters)) return <EmptyState>{t(`inbox:empty.${query.queue}`)}</EmptyState>;
  const { filters } = query;
  const ways = [
    ...setFilterNames(filters).map((name) => ({
      name: t(`inbox:filter.${name}`),
      filters: withFilter(filters, name, []),
    })),
    ...Object.keys(filters.fields ?? {}).map((key) => ({
      name: fieldOf(key).name,
      filters: withCondition(filters, key, null),
    })),
  ];
  return (
    <EmptyState
      action={
        <div className={css.ways}>
          {ways.length > 1 && ways.map((way) => <WithoutFilter key={way.name} query={query} {...way} />)}
          <Button small look="primary" onClick={() => setFilters({})}>
            {t('inbox:empty.action')}
          </Button>
        </div>
      }
    >
      {t('inbox:empty.filtered')}
    </EmptyState>
  );
}
