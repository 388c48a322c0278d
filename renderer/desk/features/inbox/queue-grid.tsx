import type { ReactNode } from 'react';
import type { ListQuery, ListRow } from '../../../../src/protocol/rpc/list.ts';
import { useScreen } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { type GridProps, ListGrid } from './list-grid.tsx';
import { gridKey } from './list-keys.ts';
import { BlankRow, rowElementId } from './row-frame.tsx';
import type { OpenedList } from './use-list.ts';
import type { Selection } from './use-selection.ts';

/** What a form of the list is given to show. */
export interface QueueProps {
  readonly list: OpenedList;
  readonly query: ListQuery;
  readonly selection: Selection;
  readonly onHand: (inside: boolean) => void;
}

/** Where a row lies, and whether it is the open one. */
interface QueueRow {
  readonly row: ListRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
}

interface QueueGridProps
  extends QueueProps,
    Pick<GridProps, 'columns' | 'rowHeight' | 'onSight' | 'head' | 'minWidth'> {
  /** Undefined where the row has not arrived. */
  readonly rowAt: (index: number) => ListRow | undefined;
  readonly draw: (place: QueueRow) => ReactNode;
}

/** A queue in either form: its name, its open row, its keys, and what stands where a row has not arrived. */
export function QueueGrid(props: QueueGridProps) {
  const { list, query, selection, rowAt, draw, ...grid } = props;
  const { t } = useText();
  const openId = useScreen((screen) => screen.openId);
  const { total } = list.state;
  return (
    <ListGrid
      {...grid}
      label={t(`sidebar:queue.${query.queue}`)}
      total={total}
      activeId={openId !== null && selection.index !== null ? rowElementId(openId) : null}
      reveal={selection.reveal}
      listKey={JSON.stringify(query)}
      onKeyDown={(event) => {
        // A key on a button of the head is the button's.
        if (event.target === event.currentTarget && gridKey(event.key, selection, total))
          event.preventDefault();
      }}
      draw={({ index, top }) => {
        const height = props.rowHeight;
        const row = rowAt(index);
        if (row === undefined) return <BlankRow key={index} top={top} height={height} />;
        return draw({ row, index, top, height, selected: row.id === openId });
      }}
    />
  );
}
