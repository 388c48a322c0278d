import { type CSSProperties, useEffect, useRef } from 'react';
import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import { dayNumber } from '../../../../src/i18n/dates.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import type { Part, Strip, StripMark } from './strip.ts';
import { axisWords } from './strip.ts';
import css from './timings.module.css';

/** How much of the axis a day's and a time's name takes. */
const DAY_ROOM = 0.17;
const TIME_ROOM = 0.13;

function placed({ x, width }: Part): CSSProperties {
  return { insetInlineStart: `${x * 100}%`, inlineSize: `${width * 100}%` };
}

function at(x: number): CSSProperties {
  return { insetInlineStart: `${x * 100}%` };
}

/** What a mark is and does, in words. */
export function useMarkText(): (mark: StripMark) => string {
  const { t, formats } = useText();
  return (mark) =>
    `${t(`timings:mark.${mark.kind}`)}, ${formats.full(mark.at)}, ${t(`timings:role.${mark.role}`)}`;
}

function Bars({ strip }: { readonly strip: Strip }) {
  const { t, formats } = useText();
  return (
    <>
      {strip.closed.map((part) => (
        <span key={`closed ${part.x}`} className={css.closed} style={placed(part)} />
      ))}
      {strip.spans.map((span) => (
        <span
          key={`span ${span.span.from} ${span.span.to}`}
          className={cx(css.span, !span.span.counts && css.leftOut)}
          style={placed(span)}
        />
      ))}
      {strip.spans.flatMap(({ counted }) =>
        counted.map((part) => (
          <span key={`counted ${part.x}`} className={css.counted} style={placed(part)} />
        )),
      )}
      {strip.running !== null && (
        <span className={css.running} style={placed(strip.running)} title={t('timings:legend.running')} />
      )}
      {strip.breaks.map((part) => (
        <span
          key={`break ${part.x}`}
          className={css.break}
          style={placed(part)}
          title={t('timings:break', { duration: formats.duration(part.length) })}
        >
          <span className={css.breakWord}>{formats.duration(part.length)}</span>
        </span>
      ))}
    </>
  );
}

function Marks(props: {
  readonly marks: readonly StripMark[];
  readonly at: number;
  readonly onChoose: (at: number) => void;
}) {
  const { marks, onChoose } = props;
  const textOf = useMarkText();
  const chosen = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The focus follows the arrows, where it is among the marks already or on the panel itself.
    const active = document.activeElement;
    if (active?.matches('[data-timing-mark], [data-timing-strip]') === true) chosen.current?.focus();
  }, [props.at]);
  return marks.map((mark, index) => (
    <button
      type="button"
      key={`${mark.kind} ${mark.at} ${mark.role}`}
      ref={index === props.at ? chosen : undefined}
      className={cx(css.mark, css[mark.kind], index === props.at && css.chosen)}
      style={at(mark.x)}
      tabIndex={index === props.at ? 0 : -1}
      aria-label={textOf(mark)}
      aria-current={index === props.at ? 'true' : undefined}
      data-timing-mark
      onClick={() => onChoose(index)}
    />
  ));
}

/** The axis with days above it, times below, what was counted on it, and what moved the clock. */
export function StripDrawing(props: {
  readonly strip: Strip;
  readonly explanation: TimingExplanation;
  readonly at: number;
  readonly onChoose: (at: number) => void;
}) {
  const { strip } = props;
  const { formats } = useText();
  const dayOf = (moment: number): number => dayNumber(formats.civil(moment));
  const days = axisWords(strip.marks, DAY_ROOM, (one, other) => dayOf(one) !== dayOf(other));
  const times = axisWords(strip.marks, TIME_ROOM, (one, other) => formats.time(one) !== formats.time(other));
  return (
    <div className={css.drawing}>
      <div className={css.words} aria-hidden="true">
        {days.map((word) => (
          <span key={word.at} className={cx(css.word, word.x > 0.85 && css.atEnd)} style={at(word.x)}>
            {formats.date(word.at, 'weekday')}
          </span>
        ))}
      </div>
      <div className={css.track}>
        <Bars strip={strip} />
        <Marks marks={strip.marks} at={props.at} onChoose={props.onChoose} />
      </div>
      <div className={css.words} aria-hidden="true">
        {times.map((word) => (
          <span key={word.at} className={cx(css.word, word.x > 0.85 && css.atEnd)} style={at(word.x)}>
            {formats.time(word.at)}
          </span>
        ))}
      </div>
    </div>
  );
}
