import type { CSSProperties } from 'react';
import { cx } from './cx.ts';
import css from './chart.module.css';
import type { ChartTone } from './chart-tones.ts';

export interface TipLine {
  readonly key: string;
  readonly tone: ChartTone | null;
  readonly label: string;
  readonly value: string;
  readonly strong: boolean;
}

/** The values at a column, beside it; what is read out stands in the mark's name. */
export function ChartTip(props: {
  readonly title: string;
  readonly lines: readonly TipLine[];
  /** Distance of the column's middle from the start of the line, and the chart's width, in pixels. */
  readonly at: number;
  readonly width: number;
}) {
  const beyond = props.at > props.width / 2;
  const style: CSSProperties = beyond
    ? { insetInlineEnd: props.width - props.at + 12 }
    : { insetInlineStart: props.at + 12 };
  return (
    <div className={css.tip} style={style} aria-hidden="true">
      <div className={css.tipTitle}>{props.title}</div>
      {props.lines.map((line) => (
        <div key={line.key} className={cx(css.tipLine, line.strong && css.tipStrong)}>
          <span className={cx(css.swatch, line.tone !== null && css[line.tone])} />
          <bdi className={css.tipLabel}>{line.label}</bdi>
          <span>{line.value}</span>
        </div>
      ))}
    </div>
  );
}
