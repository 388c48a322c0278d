import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { fieldSort, type ListRow, type ListSort } from '../../../../../src/protocol/rpc/list.ts';
import { TABLE_COLUMNS, type TableColumn } from '../../../app/preferences.ts';
import { usePreference, usePreferenceStore, useScreen, useScreenActions } from '../../../app/stores.tsx';
import { rowMoment } from '../row-text.ts';
import { canHide, choicesOf, COLUMN_SPECS, listSortOf, sortingOf, visibilityOf } from './columns.ts';

const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature });
const helper = createColumnHelper<typeof features, ListRow>();

/** What each column holds of a row. */
const VALUES: Readonly<Record<TableColumn, (row: ListRow) => unknown>> = {
  customer: (row) => row.customerName ?? row.customerEmail ?? row.customerPhone,
  question: (row) => row.firstQuestion,
  state: (row) => row.humanState,
  aiOutcome: (row) => row.aiOutcome,
  priority: (row) => row.priority,
  tags: (row) => row.tags,
  assignee: (row) => row.assigneeId,
  channel: (row) => row.channel,
  page: (row) => row.page,
  reason: (row) => row.handoffReasonCode,
  waiting: (row) => row.waitingSince,
  messages: (row) => row.messageCount,
  activity: rowMoment,
  opened: (row) => row.openedAt,
  started: (row) => row.startedAt,
};

const ownColumns = TABLE_COLUMNS.map((id) => {
  const { sort, descendingFirst } = COLUMN_SPECS[id];
  return helper.accessor((row) => VALUES[id](row), {
    id,
    enableSorting: sort !== undefined,
    sortDescFirst: descendingFirst === true,
    enableHiding: canHide(id),
  });
});

function columnsWith(fields: readonly string[]) {
  const fieldColumns = fields.map((key) =>
    helper.accessor((row): unknown => row.fields[key], { id: fieldSort(key), enableSorting: true }),
  );
  return helper.columns([...ownColumns, ...fieldColumns]);
}

export type InboxTable = ReturnType<typeof useInboxTable>;

/** Which columns the reader sees, and the way to change it. */
export function useColumnVisibility() {
  const store = usePreferenceStore();
  const chosen = usePreference((preferences) => preferences.tableColumns);
  const queue = useScreen((screen) => screen.queue);
  const visibility = useMemo(() => visibilityOf(chosen, queue), [chosen, queue]);
  const setVisibility = (next: Readonly<Record<string, boolean>>): void =>
    store.set({ tableColumns: choicesOf(chosen, visibility, next) });
  return { visibility, setVisibility };
}

/** The table over the rows at hand. The engine puts them in order: the table only says by which column. */
export function useInboxTable(rows: ListRow[], sort: ListSort) {
  const { setSort } = useScreenActions();
  const fields = usePreference((preferences) => preferences.tableFields);
  const columns = useMemo(() => columnsWith(fields), [fields]);
  const { visibility, setVisibility } = useColumnVisibility();
  const sorting = useMemo(() => sortingOf(sort), [sort]);
  return useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, columnVisibility: visibility },
    onSortingChange: (change) => {
      const next = listSortOf(typeof change === 'function' ? change(sorting) : change);
      if (next !== null) setSort(next);
    },
    onColumnVisibilityChange: (change) =>
      setVisibility(typeof change === 'function' ? change(visibility) : change),
  });
}
