import { useCallback, useMemo, useState } from 'react';
import { fieldSort, type ListRow } from '../../../../../src/protocol/rpc/list.ts';
import { useNow } from '../../../app/clock.tsx';
import { TABLE_COLUMNS } from '../../../app/preferences.ts';
import { usePreference } from '../../../app/stores.tsx';
import { QueueGrid, type QueueProps } from '../queue-grid.tsx';
import { useAgentNames } from '../use-agent-names.ts';
import type { OpenedList } from '../use-list.ts';
import { useListFields } from '../fields/list-fields.ts';
import { type ShownColumn, stretchAround, templateOf } from './columns.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { useInboxTable } from './use-inbox-table.ts';

/** Pixels of a row, and of the head above them. */
const LINE = 32;

/** The rows around those in sight, as far as they are here. */
function useRowsAround({ view, state }: OpenedList) {
  const [[first, end], setStretch] = useState(stretchAround(0, 0));
  const rows = useMemo(() => {
    // Rows come and change with the list's state.
    const until = Math.min(end, state.total);
    return Array.from({ length: Math.max(0, until - first) }, (_, offset) =>
      view.rowAt(first + offset),
    ).filter((row): row is ListRow => row !== undefined);
  }, [view, state, first, end]);
  const look = useCallback(
    (from: number, to: number) => {
      view.look(from, to);
      const next = stretchAround(from, to);
      setStretch((former) => (former[0] === next[0] && former[1] === next[1] ? former : next));
    },
    [view],
  );
  return { rows, look };
}

/** A queue as a table: one line each, in columns that the reader chooses. */
export function ListTable(props: QueueProps) {
  const { list, query, selection } = props;
  const now = useNow();
  const { nameOf } = useAgentNames();
  const { rows, look } = useRowsAround(list);
  const table = useInboxTable(rows, query.sort);
  const { columnVisibility } = table.state;
  const fields = usePreference((preferences) => preferences.tableFields);
  const { fieldOf } = useListFields();
  const columns = useMemo(
    (): readonly ShownColumn[] => [
      ...TABLE_COLUMNS.filter((column) => columnVisibility[column] !== false),
      ...fields.map(fieldSort),
    ],
    [columnVisibility, fields],
  );
  const { template, minWidth } = templateOf(columns);
  const { rowsById } = table.getRowModel();
  return (
    <QueueGrid
      {...props}
      columns={columns.length}
      rowHeight={LINE}
      onSight={look}
      head={{
        row: <TableHead table={table} columns={columns} template={template} minWidth={minWidth} />,
        height: LINE,
      }}
      minWidth={minWidth}
      rowAt={(index) => rowsById[list.view.rowAt(index)?.id ?? '']?.original}
      draw={(place) => (
        <TableRow
          key={place.row.id}
          {...place}
          assigneeName={nameOf(place.row.assigneeId)}
          now={now}
          columns={columns}
          fieldOf={fieldOf}
          template={template}
          onOpen={selection.open}
        />
      )}
    />
  );
}
