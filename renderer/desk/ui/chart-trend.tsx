import { useText } from '../i18n/text-provider.tsx';
import css from './chart.module.css';
import { Mark, MarkList } from './chart-mark.tsx';
import { bandAt } from './chart-scale.ts';
import { ColumnTicks } from './chart-ticks.tsx';
import { ChartTip } from './chart-tip.tsx';
import type { ChartTone } from './chart-tones.ts';
import { cx } from './cx.ts';
import { type Marks, useMarks } from './use-marks.ts';
import { useWidth } from './use-width.ts';

export interface TrendPoint {
  readonly key: string;
  readonly label: string;
  readonly tick: string;
  /** Null where there is nothing to average. */
  readonly value: number | null;
  /** The value in words, and what it is made of. */
  readonly text: string;
  readonly of: string;
}

const PLOT_HEIGHT = 120;
const AXIS_WIDTH = 40;

/** The stretches of a line without gaps, as SVG path data; points that stand alone have only their dot. */
export function linePaths(
  values: readonly (number | null)[],
  place: (index: number, value: number) => readonly [number, number],
): string {
  let drawing = false;
  const steps: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    const [x, y] = place(index, value);
    steps.push(`${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`);
    drawing = true;
  }
  return steps.join('');
}

interface TrendProps {
  readonly label: string;
  readonly points: readonly TrendPoint[];
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  readonly tone?: ChartTone;
  readonly onOpen: (index: number) => void;
}

interface Geometry {
  readonly width: number;
  /** Middle of a column, from the start of the line. */
  middle(index: number): number;
  /** Height of a value as a part of the whole. */
  share(value: number): number;
}

function Points(props: TrendProps & { readonly marks: Marks; readonly geometry: Geometry }) {
  const { points, marks, geometry } = props;
  const { t } = useText();
  return points.map((point, index) => {
    const { from, room } = bandAt(index, points.length, geometry.width);
    return (
      <Mark
        key={point.key}
        place={{ column: index, part: null }}
        marks={marks}
        name={t('charts:mark', { column: point.label, series: point.text, value: point.of })}
        className={cx(css.hit, marks.shown?.column === index && css.hitShown, css[props.tone ?? 'accent'])}
        style={{ insetInlineStart: from, inlineSize: room }}
        onOpen={() => props.onOpen(index)}
      >
        {point.value !== null && (
          <span
            className={css.point}
            style={{ insetInlineStart: '50%', insetBlockEnd: `${geometry.share(point.value) * 100}%` }}
          />
        )}
      </Mark>
    );
  });
}

function Line({ points, tone, geometry }: TrendProps & { readonly geometry: Geometry }) {
  const { direction } = useText();
  const { width } = geometry;
  const path = linePaths(
    points.map(({ value }) => value),
    (index, value) => {
      const along = geometry.middle(index);
      return [direction === 'rtl' ? width - along : along, PLOT_HEIGHT * (1 - geometry.share(value))];
    },
  );
  return (
    <svg
      className={cx(css.line, css[tone ?? 'accent'])}
      width={width}
      height={PLOT_HEIGHT}
      aria-hidden="true"
    >
      <path className={css.linePath} d={path} />
    </svg>
  );
}

/** A value over time as a line between the first and the last of `ticks`; every point opens its rows. */
export function TrendLine(props: TrendProps) {
  const { points, ticks } = props;
  const [whole, attach] = useWidth();
  const marks = useMarks({ columns: points.length, partsOf: () => [] }, ({ column }) => props.onOpen(column));
  const from = ticks[0] ?? 0;
  const width = Math.max(0, whole - AXIS_WIDTH);
  const geometry: Geometry = {
    width,
    middle: (index) => {
      const band = bandAt(index, points.length, width);
      return band.from + band.room / 2;
    },
    share: (value) => (value - from) / ((ticks.at(-1) ?? 1) - from),
  };
  const tip = marks.shown === null ? undefined : points[marks.shown.column];
  return (
    <div ref={attach} className={css.chart}>
      <div className={css.plot} style={{ blockSize: PLOT_HEIGHT }}>
        {ticks.map((tick) => (
          <div
            key={tick}
            className={css.gridline}
            style={{ insetBlockEnd: `${geometry.share(tick) * 100}%` }}
          >
            <span className={css.axisLabel}>{props.tickText(tick)}</span>
          </div>
        ))}
        <Line {...props} geometry={geometry} />
        {points.length > 0 && width > 0 && (
          <MarkList label={props.label} marks={marks}>
            <Points {...props} marks={marks} geometry={geometry} />
          </MarkList>
        )}
        {tip !== undefined && (
          <ChartTip
            title={tip.label}
            lines={[{ key: 'value', tone: null, label: tip.of, value: tip.text, strong: true }]}
            at={AXIS_WIDTH + geometry.middle(marks.shown?.column ?? 0)}
            width={whole}
          />
        )}
        <ColumnTicks columns={points} width={width} />
      </div>
    </div>
  );
}
