import { ChartFrame } from './chart-frame.tsx';
import { BarRows, type RowMark } from './chart-rows.tsx';
import { ChartTable } from './chart-table.tsx';

/**
 * Parts of a whole as bars, with the same numbers as a table behind the frame's switch; each part opens its rows in
 * both. `head` names the columns of the table: the part, its count, its share. `whole` is what a full bar stands for.
 */
export function ShareBars(props: {
  readonly title: string;
  readonly head: readonly [part: string, count: string, share: string];
  readonly rows: readonly RowMark[];
  readonly whole: number;
}) {
  const { title, head, rows, whole } = props;
  const table = rows.map(({ key, label, text, of, onOpen }) => ({
    key,
    label: <bdi>{label}</bdi>,
    cells: [{ text, onOpen }, { text: of ?? '–' }],
  }));
  return (
    <ChartFrame title={title} table={<ChartTable caption={title} head={head} rows={table} />}>
      <BarRows label={title} rows={rows} max={Math.max(1, whole)} />
    </ChartFrame>
  );
}
