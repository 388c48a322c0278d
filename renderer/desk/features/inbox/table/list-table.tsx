import { useCallback, useMemo, useState } from 'react';
import { fieldSort, type ListQuery, type ListRow } from '../../../../../src/protocol/rpc/list.ts';
import { useNow } from '../../../app/clock.tsx';
import { TABLE_COLUMNS } from '../../../app/preferences.ts';
import { usePreference, useScreen } from '../../../app/stores.tsx';
import { useText } from '../../../i18n/text-provider.tsx';
import { type DrawnRow, ListGrid } from '../list-grid.tsx';
import { gridKey } from '../list-keys.ts';
import { rowElementId } from '../row-frame.tsx';
import { useAgentNames } from '../use-agent-names.ts';
import type { OpenedList } from '../use-list.ts';
import type { Selection } from '../use-selection.ts';
import { useListFields } from '../fields/list-fields.ts';
import { type ShownColumn, stretchAround, templateOf } from './columns.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import css from './table.module.css';
import { useInboxTable } from './use-inbox-table.ts';

/** Pixels of a row, and of the head above them. */
const LINE = 32;

interface ListTableProps {
  readonly list: OpenedList;
  readonly query: ListQuery;
  readonly selection: Selection;
  readonly onHand: (inside: boolean) => void;
}

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
export function ListTable({ list, query, selection, onHand }: ListTableProps) {
  const { t } = useText();
  const now = useNow();
  const openId = useScreen((screen) => screen.openId);
  const { nameOf } = useAgentNames();
  const { view, state } = list;
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
  const draw = ({ index, top }: DrawnRow) => {
    const row = rowsById[view.rowAt(index)?.id ?? '']?.original;
    const place = { transform: `translateY(${top}px)`, blockSize: LINE };
    if (row === undefined) return <div key={index} role="presentation" className={css.blank} style={place} />;
    return (
      <TableRow
        key={row.id}
        row={row}
        index={index}
        top={top}
        height={LINE}
        selected={row.id === openId}
        assigneeName={nameOf(row.assigneeId)}
        now={now}
        columns={columns}
        fieldOf={fieldOf}
        template={template}
        onOpen={selection.open}
      />
    );
  };
  return (
    <ListGrid
      label={t(`sidebar:queue.${query.queue}`)}
      total={state.total}
      columns={columns.length}
      rowHeight={LINE}
      activeId={openId !== null && selection.index !== null ? rowElementId(openId) : null}
      reveal={selection.reveal}
      listKey={JSON.stringify(query)}
      onSight={look}
      onHand={onHand}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && gridKey(event.key, selection, state.total))
          event.preventDefault();
      }}
      head={{
        row: <TableHead table={table} columns={columns} template={template} minWidth={minWidth} />,
        height: LINE,
      }}
      minWidth={minWidth}
      draw={draw}
    />
  );
}
