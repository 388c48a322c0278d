import type { TimingExplanation } from '../../../../src/domain/timings/explain.ts';
import type { Mark } from '../../../../src/domain/timings/reply-spans.ts';
import type { ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useDeliveredText } from './strip-detail.tsx';
import { sumOf } from './sum.ts';
import css from './timings.module.css';

/** What may be wider than the panel can be scrolled by keyboard. */
const SCROLLABLE = { role: 'group', tabIndex: 0 } as const;

function Cause(props: {
  readonly mark: Mark;
  readonly end: 'start' | 'stop';
  readonly messages: readonly ThreadMessage[];
}) {
  const { mark, end, messages } = props;
  const { t } = useText();
  const deliveredText = useDeliveredText();
  const kind = mark.type === 'message' ? (end === 'start' ? 'customer' : 'agent') : mark.type;
  const message = messages.find(({ id }) => id === mark.messageId);
  const delivered = deliveredText(message);
  return (
    <td>
      {t(`timings:mark.${kind}`)}
      {delivered !== null && <span className={css.late}>{delivered}</span>}
      {message !== undefined && (
        <span className={css.cellQuote} dir="auto">
          {message.text}
        </span>
      )}
    </td>
  );
}

/** The counted intervals as a table: the same as the drawing, to be read out or copied. */
export function SpanTable(props: {
  readonly explanation: TimingExplanation;
  readonly messages: readonly ThreadMessage[];
}) {
  const { explanation, messages } = props;
  const { t, formats } = useText();
  const sum = sumOf(explanation);
  const countedText = (part: number | null): string =>
    part === null ? t('timings:table.notCounted') : formats.exact(part);
  return (
    <div className={css.tableFrame} aria-label={t('timings:title')} {...SCROLLABLE}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('timings:table.from')}</th>
            <th scope="col">{t('timings:table.startedBy')}</th>
            <th scope="col">{t('timings:table.to')}</th>
            <th scope="col">{t('timings:table.stoppedBy')}</th>
            <th scope="col">{t('timings:table.length')}</th>
            <th scope="col">{t('timings:table.counted')}</th>
          </tr>
        </thead>
        <tbody>
          {explanation.spans.length === 0 && (
            <tr>
              <td colSpan={6}>{t('timings:table.empty')}</td>
            </tr>
          )}
          {explanation.spans.map((span, at) => (
            <tr key={`${span.from} ${span.to}`}>
              <td>{formats.full(span.from)}</td>
              <Cause mark={span.start} end="start" messages={messages} />
              <td>{formats.full(span.to)}</td>
              <Cause mark={span.stop} end="stop" messages={messages} />
              <td>{formats.exact(Math.floor((span.to - span.from) / 1_000))}</td>
              <td>{countedText(sum.parts[at] ?? null)}</td>
            </tr>
          ))}
        </tbody>
        {sum.count > 1 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={5}>
                {t('timings:table.total')}
              </th>
              <td>{formats.exact(sum.total)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
