import { ArrowDown, ArrowUp } from 'lucide-react';
import { useText } from '../../../i18n/text-provider.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useListFields } from '../fields/list-fields.ts';
import { fieldOfColumn, isOwnColumn, type ShownColumn } from './columns.ts';
import css from './table.module.css';
import type { InboxTable } from './use-inbox-table.ts';

const SPOKEN = { asc: 'ascending', desc: 'descending' } as const;

/** One column's name; where the list can be put in order by it, a button. */
function HeadCell({ table, column }: { readonly table: InboxTable; readonly column: ShownColumn }) {
  const { t } = useText();
  const model = table.getColumn(column);
  const { fieldOf } = useListFields();
  const name = isOwnColumn(column) ? t(`inbox:column.${column}`) : fieldOf(fieldOfColumn(column) ?? '').name;
  if (model?.getCanSort() !== true) {
    return (
      <div role="columnheader" className={css.headCell} title={name}>
        <span className={css.words}>{name}</span>
      </div>
    );
  }
  const sorted = model.getIsSorted();
  return (
    <div role="columnheader" className={css.headCell} aria-sort={sorted === false ? 'none' : SPOKEN[sorted]}>
      <button type="button" className={css.sort} title={name} onClick={model.getToggleSortingHandler()}>
        <span className={css.words}>{name}</span>
        {sorted !== false && <Icon of={sorted === 'asc' ? ArrowUp : ArrowDown} />}
      </button>
    </div>
  );
}

/** The names of the columns, which stay at the top. */
export function TableHead(props: {
  readonly table: InboxTable;
  readonly columns: readonly ShownColumn[];
  readonly template: string;
  readonly minWidth: number;
}) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={css.head}
      style={{ gridTemplateColumns: props.template, minInlineSize: props.minWidth }}
    >
      {props.columns.map((column) => (
        <HeadCell key={column} table={props.table} column={column} />
      ))}
    </div>
  );
}
