import { useState } from 'react';
import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { TextArea } from '../../ui/field.tsx';
import { type DeliveryLook, DeliveryGlyph } from '../../ui/glyphs.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useRefusalText } from '../actions/use-change.ts';
import { useOutgoing } from '../thread/use-outgoing.ts';
import { changeText } from './change-text.ts';
import { useConflictWords } from './use-conflict-words.ts';
import { ConfirmDiscard } from './confirm-discard.tsx';
import css from './outbox.module.css';

const LOOKS: Readonly<Record<OutboxItem['state'], DeliveryLook>> = {
  queued: 'pending',
  sending: 'pending',
  held: 'held',
  refused: 'failed',
};

/** Why it is not there yet, in words. */
function Why({ item, position }: { readonly item: OutboxItem; readonly position: number | null }) {
  const { t, formats } = useText();
  const now = useNow();
  const refusalText = useRefusalText();
  const state =
    item.state === 'queued' && position !== null
      ? t('outbox:state.queuedAt', { position: formats.number(position) })
      : t(`outbox:state.${item.state}`);
  const words = useConflictWords();
  const code =
    words.conflict(item, now) ??
    (item.code === null ? null : refusalText({ type: item.code, detail: item.detail ?? {} }));
  return (
    <p className={cx(css.why, css[item.state])}>
      <DeliveryGlyph state={LOOKS[item.state]} named={false} />
      <span>
        {state}
        {code !== null && `: ${code}`}
      </span>
    </p>
  );
}

function Actions(props: {
  readonly item: OutboxItem;
  readonly edited: string | null;
  readonly onEdit: (text: string) => void;
}) {
  const { item, edited } = props;
  const { t } = useText();
  const { open } = useScreenActions();
  const toasts = useToasts();
  const outgoing = useOutgoing();
  const [asking, setAsking] = useState(false);
  const { conversationId, text, mid } = item;
  const stuck = item.state === 'held' || item.state === 'refused';
  const recall = async (): Promise<void> => {
    const recalled = await outgoing.recall(mid);
    toasts.show({ title: t(recalled ? 'outbox:recalled' : 'outbox:tooLate'), failed: !recalled });
  };
  return (
    <div className={css.actions}>
      {stuck && text !== null && (
        <Button
          small
          disabled={edited !== null && edited.trim() === ''}
          onClick={() => void outgoing.resend(mid, edited ?? undefined)}
        >
          {t('outbox:resend')}
        </Button>
      )}
      {item.code === 'changedSince' && text === null && (
        <Button small onClick={() => void outgoing.resend(mid, undefined)}>
          {t('outbox:applyMine')}
        </Button>
      )}
      {stuck && text !== null && edited === null && (
        <Button small look="quiet" onClick={() => props.onEdit(text)}>
          {t('common:edit')}
        </Button>
      )}
      {item.recallable && (
        <Button small onClick={() => void recall()}>
          {t('outbox:recall')}
        </Button>
      )}
      {conversationId !== null && (
        <Button small look="quiet" onClick={() => open(conversationId)}>
          {t('outbox:openConversation')}
        </Button>
      )}
      {text !== null && (
        <Button small look="quiet" onClick={() => outgoing.copy(text)}>
          {t('outbox:copyText')}
        </Button>
      )}
      {stuck && (
        <Button small look="quiet" onClick={() => setAsking(true)}>
          {t('outbox:dismiss')}
        </Button>
      )}
      <ConfirmDiscard
        open={asking}
        onOpenChange={setAsking}
        text={text}
        onDiscard={() => void outgoing.dismiss(mid)}
      />
    </div>
  );
}

/** One change that waits, is held or was refused. */
export function OutboxEntry({
  item,
  position,
}: {
  readonly item: OutboxItem;
  readonly position: number | null;
}) {
  const { t, formats } = useText();
  const now = useNow();
  const [edited, setEdited] = useState<string | null>(null);
  const what = changeText(t, item.name);
  const wish = useConflictWords().wish(item);
  return (
    <li className={css.item}>
      <p className={css.line}>
        <span className={css.words}>
          <span className={css.what}>{what}</span>{' '}
          <bdi className={css.customer}>
            {item.conversationId !== null && (item.customerName ?? t('common:anonymous'))}
          </bdi>
        </span>
        <time className={css.age} title={formats.full(item.madeAt)}>
          {formats.age(item.madeAt, now)}
        </time>
      </p>
      {wish !== null && (
        <p className={css.text}>
          <bdi>{wish}</bdi>
        </p>
      )}
      <Why item={item} position={position} />
      {item.text !== null && edited === null && (
        <p className={css.text} dir="auto">
          {item.text}
        </p>
      )}
      {edited !== null && (
        <TextArea
          aria-label={what}
          autoFocus
          value={edited}
          onChange={(event) => setEdited(event.currentTarget.value)}
        />
      )}
      <Actions item={item} edited={edited} onEdit={setEdited} />
    </li>
  );
}
