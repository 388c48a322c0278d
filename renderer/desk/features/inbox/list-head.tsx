import { ArrowDownWideNarrow, Table2 } from 'lucide-react';
import {
  fieldSort,
  isPlainSort,
  type ListQuery,
  type PlainSort,
  sortedField,
  SORTS,
  type SortKey,
} from '../../../../src/protocol/rpc/list.ts';
import { usePreference, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoices, MenuSeparator } from '../../ui/menu.tsx';
import { ViewMenu } from '../views/view-menu.tsx';
import { FilterButton } from './filter-bar.tsx';
import css from './inbox-pane.module.css';
import { isColumnField, useListFields } from './fields/list-fields.ts';
import { ColumnChooser } from './table/column-chooser.tsx';

/** The direction in which a sort is asked for first: longest waiting, oldest, highest, latest, A to Z. */
const NATURAL: Readonly<Record<PlainSort, 'asc' | 'desc'>> = {
  waiting: 'asc',
  activity: 'desc',
  opened: 'asc',
  started: 'desc',
  priority: 'desc',
  customer: 'asc',
};

function SortMenu({ query }: { readonly query: ListQuery }) {
  const { t } = useText();
  const { setSort } = useScreenActions();
  const { by, direction } = query.sort;
  const shown = usePreference((preferences) => preferences.tableFields);
  const { fields, fieldOf } = useListFields();
  const current = sortedField(by);
  // Timings always, other fields where they are columns: any of them can be made one.
  const keys = new Set([
    ...fields.filter((field) => field.type === 'Duration').map(({ key }) => key),
    ...fields.filter((field) => isColumnField(field) && shown.includes(field.key)).map(({ key }) => key),
    ...(current === null ? [] : [current]),
  ]);
  return (
    <Menu
      align="end"
      label={t('inbox:sort.label')}
      trigger={<IconButton small icon={ArrowDownWideNarrow} name={t('inbox:sort.label')} />}
    >
      <MenuChoices<SortKey>
        label={t('inbox:sort.label')}
        value={by}
        choices={[
          ...SORTS.map((value) => ({ value, label: t(`inbox:sort.${value}`) })),
          ...[...keys].map((key) => ({ value: fieldSort(key), label: <bdi>{fieldOf(key).name}</bdi> })),
        ]}
        onChoose={(next) => setSort({ by: next, direction: isPlainSort(next) ? NATURAL[next] : 'desc' })}
      />
      <MenuSeparator />
      <MenuChoices<'asc' | 'desc'>
        value={direction}
        choices={[
          { value: 'asc', label: t('inbox:ascending') },
          { value: 'desc', label: t('inbox:descending') },
        ]}
        onChoose={(next) => setSort({ by, direction: next })}
      />
    </Menu>
  );
}

/** The queue's name, how many conversations it holds, and what narrows and orders them. */
export function ListHead({ query, total }: { readonly query: ListQuery; readonly total: number | null }) {
  const { t, formats } = useText();
  const isTable = usePreference((preferences) => preferences.listMode === 'table');
  return (
    <div className={css.head}>
      <h1 className={css.title}>{t(`sidebar:queue.${query.queue}`)}</h1>
      <span className={css.total}>{total === null ? '' : formats.number(total)}</span>
      <FilterButton query={query} />
      <SortMenu query={query} />
      {isTable && <ColumnChooser />}
      <ViewMenu />
      <IconButton small icon={Table2} name={t('inbox:table')} command="list.toggleTable" pressed={isTable} />
    </div>
  );
}
