import type { Delivery, ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import type { Text } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { DeliveryGlyph } from '../../ui/glyphs.tsx';
import css from './message.module.css';
import { useOutgoing } from './use-outgoing.ts';

/** A difference that people would notice between writing and arriving. */
const NOTICEABLE_MS = 60_000;

function queuedText({ why, position }: Extract<Delivery, { state: 'queued' }>, t: Text): string {
  const keys = {
    offline: 'thread:message.queuedOffline',
    paused: 'thread:message.queuedPaused',
    waiting: 'thread:message.queued',
  } as const;
  return t(keys[why], { position });
}

function FailedLine({ message, code }: { readonly message: ThreadMessage; readonly code: string }) {
  const { t, labels } = useText();
  const outgoing = useOutgoing();
  const { delivery } = message;
  if (delivery?.state !== 'failed') return null;
  return (
    <div className={cx(css.delivery, css.failed)} data-code={code}>
      <DeliveryGlyph state="failed" named={false} />
      <span>{t('thread:message.failed', { reason: labels.refusal(delivery.code, {}) })}</span>
      <Button small look="quiet" onClick={() => void outgoing.resend(delivery.mid)}>
        {t('thread:message.retry')}
      </Button>
      <Button small look="quiet" onClick={() => outgoing.copy(message.text)}>
        {t('thread:message.copy')}
      </Button>
      <Button small look="quiet" onClick={() => void outgoing.dismiss(delivery.mid)}>
        {t('thread:message.discard')}
      </Button>
    </div>
  );
}

/** How far an own message has come (Y12), and when it was written where that was noticeably earlier (T8). */
export function MessageDelivery({ message }: { readonly message: ThreadMessage }) {
  const { t, formats } = useText();
  const outgoing = useOutgoing();
  const { delivery, writtenAt, at } = message;
  const late = writtenAt !== null && at - writtenAt >= NOTICEABLE_MS;
  const times =
    late && writtenAt !== null
      ? t('thread:delivered.times', { written: formats.time(writtenAt), delivered: formats.time(at) })
      : null;
  if (delivery === null) return times === null ? null : <div className={css.delivery}>{times}</div>;
  switch (delivery.state) {
    case 'failed':
      return <FailedLine message={message} code={delivery.code} />;
    case 'delivered':
      return (
        <div className={css.delivery}>
          <DeliveryGlyph state="delivered" named={false} />
          {times ?? t('states:delivery.delivered')}
        </div>
      );
    case 'sending':
      return (
        <div className={css.delivery}>
          <DeliveryGlyph state="pending" named={false} />
          {t('thread:message.sending')}
        </div>
      );
    case 'queued':
      return (
        <div className={css.delivery}>
          <DeliveryGlyph state="pending" named={false} />
          {queuedText(delivery, t)}
          <Button small look="quiet" onClick={() => void outgoing.recall(delivery.mid)}>
            {t('thread:message.recall')}
          </Button>
        </div>
      );
  }
}
