import type { CSSProperties } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import css from './chart.module.css';
import { Mark, MarkList } from './chart-mark.tsx';
import { axisTicks, bandAt, type MarkPlace, spreadLabels } from './chart-scale.ts';
import { ColumnTicks } from './chart-ticks.tsx';
import { ChartTip, type TipLine } from './chart-tip.tsx';
import type { ChartTone } from './chart-tones.ts';
import { cx } from './cx.ts';
import { type Marks, useMarks } from './use-marks.ts';
import { useWidth } from './use-width.ts';

export interface BarSeries {
  readonly key: string;
  readonly label: string;
  readonly tone: ChartTone;
}

export interface BarColumn {
  readonly key: string;
  /** In full, for the tip and the ear: "14 Nov 2026". */
  readonly label: string;
  /** Under the column: "14 Nov". */
  readonly tick: string;
  /** One count a series, in the order of the series. */
  readonly parts: readonly number[];
}

export interface StackedBarsProps {
  readonly label: string;
  readonly series: readonly BarSeries[];
  readonly columns: readonly BarColumn[];
  /** Opens what a mark counts: a column, or one series in it. */
  readonly onOpen: (place: MarkPlace) => void;
  /** Opens what a series counts over all columns. */
  readonly onOpenSeries: (series: number) => void;
  /** How many series, from the first, are named beside the bars. */
  readonly named: number;
  /** Shows what is not named: the table. */
  readonly onMore: () => void;
}

const PLOT_HEIGHT = 208;
const AXIS_WIDTH = 40;
const GUTTER = 176;
const LABEL_SIZE = 24;
/** Below this width the labels stand under the chart. */
const NARROW = 560;
/** So few columns have room for their numbers. */
const NUMBERED_COLUMNS = 14;
/** Room of a column in pixels, below which its parts are not parted by lines. */
const DENSE_ROOM = 10;

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

function Gridlines({ ticks, top }: { readonly ticks: readonly number[]; readonly top: number }) {
  const { formats } = useText();
  return ticks.map((tick) => (
    <div key={tick} className={css.gridline} style={{ insetBlockEnd: `${(tick / top) * 100}%` }}>
      <span className={css.axisLabel}>{formats.number(tick)}</span>
    </div>
  ));
}

interface ColumnProps {
  readonly index: number;
  readonly column: BarColumn;
  readonly count: number;
  readonly width: number;
  readonly top: number;
  readonly series: readonly BarSeries[];
  readonly marks: Marks;
  readonly onOpen: (place: MarkPlace) => void;
}

function Parts({ index, column, count, width, top, series, marks, onOpen }: ColumnProps) {
  const { t, formats } = useText();
  const { barFrom, bar } = bandAt(index, count, width);
  return column.parts.map((part, at) => {
    const one = series[at];
    if (part === 0 || one === undefined) return null;
    const place: MarkPlace = { column: index, part: at };
    const style: CSSProperties = {
      insetInlineStart: Math.round(barFrom),
      inlineSize: Math.max(1, Math.round(bar)),
      insetBlockEnd: `${(sum(column.parts.slice(0, at)) / top) * 100}%`,
      blockSize: `${(part / top) * 100}%`,
    };
    return (
      <Mark
        key={one.key}
        place={place}
        marks={marks}
        name={t('charts:mark', { column: column.label, series: one.label, value: formats.number(part) })}
        className={cx(css.part, css[one.tone])}
        style={style}
        onOpen={onOpen}
      />
    );
  });
}

function Column(props: ColumnProps) {
  const { index, column, count, width, top, marks, onOpen } = props;
  const { t, formats } = useText();
  const { from, room } = bandAt(index, count, width);
  const place: MarkPlace = { column: index, part: null };
  const total = sum(column.parts);
  return (
    <>
      <Mark
        place={place}
        marks={marks}
        name={t('charts:column', { column: column.label, value: formats.number(total) })}
        className={cx(css.hit, marks.shown?.column === index && css.hitShown)}
        style={{ insetInlineStart: from, inlineSize: room }}
        onOpen={onOpen}
      />
      <Parts {...props} />
      {count <= NUMBERED_COLUMNS && total > 0 && (
        <span
          className={css.barNumber}
          style={{ insetInlineStart: from + room / 2, insetBlockEnd: `${(total / top) * 100}%` }}
          aria-hidden="true"
        >
          {formats.number(total)}
        </span>
      )}
    </>
  );
}

interface LabelPlace {
  readonly index: number;
  /** Pixels from the top. */
  readonly top: number;
}

/** The names of the series at the height of their last bars. */
export function labelPlaces(
  columns: readonly BarColumn[],
  series: readonly BarSeries[],
  top: number,
): readonly LabelPlace[] {
  const last = columns.findLast(({ parts }) => sum(parts) > 0)?.parts ?? [];
  const present = series.map((_one, index) => index).reverse();
  let above = sum(last);
  const wanted = present.map((index) => {
    const part = last[index] ?? 0;
    const middle = above - part / 2;
    above -= part;
    return PLOT_HEIGHT * (1 - middle / top) - LABEL_SIZE / 2;
  });
  const placed = spreadLabels(wanted, LABEL_SIZE, PLOT_HEIGHT - LABEL_SIZE);
  return present.map((index, at) => ({ index, top: placed[at] ?? 0 }));
}

function SeriesLabel(props: {
  readonly series: BarSeries;
  readonly total: number;
  readonly style?: CSSProperties;
  readonly onOpen: () => void;
}) {
  const { formats } = useText();
  return (
    <button
      type="button"
      className={css.seriesLabel}
      style={props.style}
      title={props.series.label}
      onClick={props.onOpen}
    >
      <span className={cx(css.swatch, css[props.series.tone])} />
      <bdi className={css.seriesName}>{props.series.label}</bdi>{' '}
      <span className={css.seriesCount}>{formats.number(props.total)}</span>
    </button>
  );
}

function tipLines(
  column: BarColumn,
  series: readonly BarSeries[],
  part: number | null,
  total: string,
  number: (value: number) => string,
): readonly TipLine[] {
  const lines = series.map((one, at) => ({
    key: one.key,
    tone: one.tone,
    label: one.label,
    value: number(column.parts[at] ?? 0),
    strong: part === at,
    count: column.parts[at] ?? 0,
  }));
  const present = lines.filter(({ count }) => count > 0).reverse();
  const all: TipLine = {
    key: '',
    tone: null,
    label: total,
    value: number(sum(column.parts)),
    strong: part === null,
  };
  return [all, ...present];
}

/** Conversations a day as thin bars, stacked by series, with the series named at their marks. */
export function StackedBars(props: StackedBarsProps) {
  const { series, columns, onOpen, onOpenSeries } = props;
  const { t, formats } = useText();
  const [whole, attach] = useWidth();
  const beside = whole >= NARROW;
  const width = Math.max(0, whole - AXIS_WIDTH - (beside ? GUTTER : 0));
  const top = axisTicks(Math.max(0, ...columns.map(({ parts }) => sum(parts)))).at(-1) ?? 1;
  const ticks = axisTicks(top);
  const marks = useMarks(
    {
      columns: columns.length,
      partsOf: (column) => (columns[column]?.parts ?? []).flatMap((part, index) => (part > 0 ? [index] : [])),
    },
    onOpen,
  );
  const totals = series.map((_one, index) =>
    columns.reduce((total, { parts }) => total + (parts[index] ?? 0), 0),
  );
  const tip = marks.shown === null ? undefined : columns[marks.shown.column];
  const band = bandAt(marks.shown?.column ?? 0, columns.length, width);
  // Between bars of a few pixels, lines between their parts would be all one sees.
  const dense = columns.length > 0 && width / columns.length < DENSE_ROOM;
  const labels = labelPlaces(columns, series.slice(0, props.named), top);
  const more = series.length - props.named;
  return (
    <div ref={attach} className={css.chart} data-labels={beside ? 'beside' : 'below'} data-dense={dense}>
      <div className={css.plot} style={{ blockSize: PLOT_HEIGHT, inlineSize: AXIS_WIDTH + width }}>
        <Gridlines ticks={ticks} top={top} />
        {columns.length > 0 && width > 0 && (
          <MarkList label={props.label} marks={marks}>
            {columns.map((column, index) => (
              <Column
                key={column.key}
                {...{ index, column, width, top, series, marks, onOpen }}
                count={columns.length}
              />
            ))}
          </MarkList>
        )}
        {tip !== undefined && (
          <ChartTip
            title={tip.label}
            lines={tipLines(tip, series, marks.shown?.part ?? null, t('charts:total'), formats.number)}
            at={AXIS_WIDTH + band.from + band.room / 2}
            width={AXIS_WIDTH + width}
          />
        )}
        <ColumnTicks columns={columns} width={width} />
      </div>
      <div className={css.seriesLabels} role="group" aria-label={t('charts:series')}>
        {labels.map((label) => {
          const one = series[label.index];
          return (
            one !== undefined && (
              <SeriesLabel
                key={one.key}
                series={one}
                total={totals[label.index] ?? 0}
                {...(beside ? { style: { insetBlockStart: label.top } } : {})}
                onOpen={() => onOpenSeries(label.index)}
              />
            )
          );
        })}
        {more > 0 && (
          <button type="button" className={cx(css.seriesLabel, css.seriesMore)} onClick={props.onMore}>
            <span className={cx(css.swatch, css.rest)} />
            {t('charts:more', { count: more })}
          </button>
        )}
      </div>
    </div>
  );
}
