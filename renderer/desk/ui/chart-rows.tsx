import type { ReactNode } from 'react';
import markCss from './chart.module.css';
import css from './chart-rows.module.css';
import type { ChartTone } from './chart-tones.ts';
import { cx } from './cx.ts';

export interface RowMark {
  readonly key: string;
  readonly label: string;
  /** Before the words. */
  readonly glyph?: ReactNode;
  /** What the bar's length stands for. */
  readonly value: number;
  /** The number at its end, and what it is a part of. */
  readonly text: string;
  readonly of?: string | undefined;
  readonly tone?: ChartTone;
  readonly onOpen?: (() => void) | undefined;
}

/** Bars that lie below each other, one a value of a dimension; each opens its rows. `max` is the length of a full bar. */
export function BarRows(props: {
  readonly label: string;
  readonly rows: readonly RowMark[];
  readonly max?: number;
  readonly tone?: ChartTone;
}) {
  const max = props.max ?? Math.max(1e-9, ...props.rows.map(({ value }) => value));
  return (
    <ul className={css.rows} aria-label={props.label}>
      {props.rows.map((row) => {
        const content = (
          <>
            <span className={css.rowName} title={row.label}>
              {row.glyph} <bdi>{row.label}</bdi>
            </span>{' '}
            <span className={css.rowTrack}>
              {row.value > 0 && (
                <span
                  className={cx(css.rowBar, markCss[row.tone ?? props.tone ?? 'accent'])}
                  style={{ inlineSize: `${Math.min(1, row.value / max) * 100}%` }}
                />
              )}
            </span>
            <span className={css.rowValue}>{row.text}</span> <span className={css.rowOf}>{row.of}</span>
          </>
        );
        return (
          <li key={row.key} style={{ display: 'contents' }}>
            {row.onOpen === undefined ? (
              <div className={css.row}>{content}</div>
            ) : (
              <button type="button" className={css.row} onClick={row.onOpen}>
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
