import type { CSSProperties, ReactNode } from 'react';
import type { ListRow } from '../../../../src/protocol/rpc/list.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import css from './row-frame.module.css';

export interface RowProps {
  readonly row: ListRow;
  readonly index: number;
  /** Distance from the start of the canvas, in pixels. */
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly me: string | null;
  readonly assigneeName: string | null;
  /** Epoch milliseconds; changes twice a minute. */
  readonly now: number;
  readonly onOpen: (id: ListRow['id'], index: number) => void;
}

/** Where a row lies on the canvas. */
function rowPlace({ top, height }: Pick<RowProps, 'top' | 'height'>): CSSProperties {
  return { transform: `translateY(${top}px)`, blockSize: height };
}

export function rowElementId(id: string): string {
  return `row-${id}`;
}

/** Where a row will stand that has not arrived. */
export function BlankRow(place: Pick<RowProps, 'top' | 'height'>) {
  return <div role="presentation" className={css.blank} style={rowPlace(place)} />;
}

/** One row of the list in either form: where it lies, which it is, how it looks when, and that it opens. */
export function RowFrame(
  props: Omit<RowProps, 'me' | 'now' | 'assigneeName'> & {
    /** How its cells lie in this form. */
    readonly className: string | undefined;
    /** Rows above it that are none of the list's: the table's head. */
    readonly above: number;
    readonly style?: CSSProperties;
    readonly children: ReactNode;
  },
) {
  const { row, selected } = props;
  return (
    <div
      id={rowElementId(row.id)}
      role="row"
      aria-rowindex={props.index + 1 + props.above}
      aria-selected={selected}
      data-id={row.id}
      className={cx(
        css.row,
        props.className,
        selected && css.selected,
        row.unread && css.unread,
        row.humanState === 'closed' && css.closed,
      )}
      style={{ ...rowPlace(props), ...props.style }}
      onClick={() => props.onOpen(row.id, props.index)}
    >
      {props.children}
    </div>
  );
}

/** Whose conversation it is, with a dot before it while it is unread. */
export function RowName({ row }: { readonly row: ListRow }) {
  const { t, labels } = useText();
  const { customerName: name, customerEmail: email, customerPhone: phone } = row;
  return (
    <>
      {row.unread && (
        <span
          className={css.dot}
          role="img"
          aria-label={t(row.unreadHandoff ? 'inbox:row.unreadHandoff' : 'inbox:row.unread')}
        />
      )}
      <bdi className={css.name}>{labels.customer({ name, email, phone })}</bdi>
    </>
  );
}
