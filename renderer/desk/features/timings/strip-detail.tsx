import { ChevronLeft, ChevronRight, CornerDownRight } from 'lucide-react';
import { useEffect } from 'react';
import type { ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useAnnouncer } from '../../ui/live-region.tsx';
import { useMarkText } from './strip-drawing.tsx';
import type { StripMark } from './strip.ts';
import css from './timings.module.css';

/** Less between writing and arriving is not worth a word. */
const NOTICEABLE_MS = 60_000;

/** Brings a message of the thread above into view. */
function showMessage(id: string): void {
  document
    .querySelector(`[data-pane="thread"] [data-message="${CSS.escape(id)}"]`)
    ?.scrollIntoView({ block: 'center' });
}

/** "written 10:05 · delivered 10:42 · counts 10:42" where the two differ (T8); null where not. */
export function useDeliveredText(): (message: ThreadMessage | undefined) => string | null {
  const { t, formats } = useText();
  return (message) => {
    if (message?.writtenAt === undefined || message.writtenAt === null) return null;
    if (message.at - message.writtenAt < NOTICEABLE_MS) return null;
    return t('timings:delivered', {
      written: formats.time(message.writtenAt),
      delivered: formats.time(message.at),
    });
  };
}

/** The moment that is chosen on the axis: what it was, what it did, and what was said. */
export function StripDetail(props: {
  readonly marks: readonly StripMark[];
  readonly at: number;
  readonly messages: readonly ThreadMessage[];
  readonly onChoose: (at: number) => void;
}) {
  const { marks, at, messages } = props;
  const { t, formats } = useText();
  const announcer = useAnnouncer();
  const textOf = useMarkText();
  const deliveredText = useDeliveredText();
  const mark = marks[at];
  const said = mark === undefined ? '' : textOf(mark);
  useEffect(() => {
    if (said !== '' && document.activeElement?.hasAttribute('data-timing-mark') === false) {
      announcer.polite(said);
    }
  }, [announcer, said]);
  if (mark === undefined) return null;
  const message =
    mark.messageId === null && mark.kind === 'customer'
      ? messages.find(({ at: sentAt, authorKind }) => sentAt === mark.at && authorKind === 'customer')
      : messages.find(({ id }) => id === mark.messageId);
  const delivered = deliveredText(message);
  return (
    <div className={css.detail}>
      <span className={css.steps}>
        <IconButton
          small
          mirrored
          className={css.step}
          icon={ChevronLeft}
          name={t('timings:mark.previous')}
          disabled={at === 0}
          onClick={() => props.onChoose(at - 1)}
        />
        <span className={css.position}>
          {t('timings:mark.position', { number: at + 1, count: marks.length })}
        </span>
        <IconButton
          small
          mirrored
          className={css.step}
          icon={ChevronRight}
          name={t('timings:mark.next')}
          disabled={at === marks.length - 1}
          onClick={() => props.onChoose(at + 1)}
        />
      </span>
      <span className={css.said}>
        <span className={css.what}>
          <strong>{t(`timings:mark.${mark.kind}`)}</strong> <time>{formats.full(mark.at)}</time>
          <span className={css.quiet}>{t(`timings:role.${mark.role}`)}</span>
          {delivered !== null && <span className={css.late}>{delivered}</span>}
        </span>
        {message !== undefined && (
          <span className={css.quote}>
            <bdi>{message.text}</bdi>
            <IconButton
              small
              icon={CornerDownRight}
              name={t('timings:mark.show')}
              onClick={() => showMessage(message.id)}
            />
          </span>
        )}
      </span>
    </div>
  );
}
