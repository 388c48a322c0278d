import type { ReactNode } from 'react';
import css from './chart-table.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

/** What may be longer than its frame can be scrolled by keyboard. */
const SCROLLABLE = { role: 'group', tabIndex: 0 } as const;

/** One cell: what it says, and the rows behind it where there are any. */
export interface ChartCell {
  readonly text: string;
  readonly onOpen?: (() => void) | undefined;
}

export interface ChartTableRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly cells: readonly ChartCell[];
}

/** A chart's twin: the same numbers in rows and columns, each of which opens what it counts. */
export function ChartTable(props: {
  readonly caption: string;
  /** The names of the columns, the first one that of the rows. */
  readonly head: readonly string[];
  readonly rows: readonly ChartTableRow[];
  readonly foot?: readonly ChartCell[] | undefined;
  readonly footLabel?: string | undefined;
}) {
  const [first, ...others] = props.head;
  const cells = (row: readonly ChartCell[]) =>
    row.map(({ text, onOpen }, column) => (
      <td key={props.head[column + 1]}>
        {onOpen === undefined ? (
          text
        ) : (
          <button type="button" className={css.cellLink} onClick={onOpen}>
            {text}
          </button>
        )}
      </td>
    ));
  return (
    <div className={css.tableScroll} {...SCROLLABLE} aria-label={props.caption}>
      <table className={css.table}>
        <caption>
          <VisuallyHidden>{props.caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((name) => (
              <th key={name} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {cells(row.cells)}
            </tr>
          ))}
        </tbody>
        {props.foot !== undefined && (
          <tfoot>
            <tr>
              <th scope="row">{props.footLabel}</th>
              {cells(props.foot)}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
