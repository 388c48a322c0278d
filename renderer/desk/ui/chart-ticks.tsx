import css from './chart.module.css';
import { bandAt, labelledColumns } from './chart-scale.ts';
import { cx } from './cx.ts';

/** Room for one label, in pixels. */
const TICK_WIDTH = 64;

export interface TickedColumn {
  readonly key: string;
  readonly tick: string;
}

/** What stands under the columns, as many as have room; both ends always. */
export function ColumnTicks({
  columns,
  width,
}: {
  readonly columns: readonly TickedColumn[];
  readonly width: number;
}) {
  const shown = labelledColumns(columns.length, width, TICK_WIDTH);
  return (
    <div className={css.ticks} aria-hidden="true">
      {shown.map((index) => {
        const { from, room } = bandAt(index, columns.length, width);
        const edge = index === 0 && index !== columns.length - 1 && room < TICK_WIDTH;
        const last = index === columns.length - 1 && index !== 0 && room < TICK_WIDTH;
        return (
          <span
            key={columns[index]?.key}
            className={cx(css.tick, edge && css.tickFirst, last && css.tickLast)}
            style={{ insetInlineStart: edge ? from : last ? from + room : from + room / 2 }}
          >
            {columns[index]?.tick}
          </span>
        );
      })}
    </div>
  );
}
