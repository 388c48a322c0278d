import { FILTER_NAMES, type FilterName, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { hasFilters, withFilter } from './filter-values.ts';
import css from './inbox-pane.module.css';

/** What taking one filter away would show. */
function WithoutFilter({ query, name }: { readonly query: ListQuery; readonly name: FilterName }) {
  const { t, formats } = useText();
  const { setFilters } = useScreenActions();
  const filters = withFilter(query.filters, name, []);
  const { data: facets } = useDeskQuery('list.facets', { query: { ...query, filters } });
  if (facets === undefined || facets.total === 0) return null;
  return (
    <Button small onClick={() => setFilters(filters)}>
      {t('inbox:filter.remove', { name: t(`inbox:filter.${name}`) })} → {formats.number(facets.total)}
    </Button>
  );
}

/** Why the list is empty: the queue is, or which filter leaves nothing. */
export function InboxEmpty({ query }: { readonly query: ListQuery }) {
  const { t } = useText();
  const { setFilters } = useScreenActions();
  if (!hasFilters(query.filters)) return <EmptyState>{t(`inbox:empty.${query.queue}`)}</EmptyState>;
  const set = FILTER_NAMES.filter((name) => (query.filters[name]?.length ?? 0) > 0);
  return (
    <EmptyState
      action={
        <div className={css.ways}>
          {set.length > 1 && set.map((name) => <WithoutFilter key={name} query={query} name={name} />)}
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
