import { useState } from 'react';
import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { doneText } from '../actions/done-text.ts';
import { useRefusalText, wireCodeOf } from '../actions/use-change.ts';
import css from './outbox.module.css';

interface ItemActions {
  recall(item: OutboxItem): Promise<void>;
  resend(item: OutboxItem, text?: string): Promise<void>;
  dismiss(item: OutboxItem): Promise<void>;
  copy(item: OutboxItem): void;
}

/** What can be done with what waits; each says what came of it. */
function useItemActions(): ItemActions {
  const client = useDeskClient();
  const toasts = useToasts();
  const { t, labels } = useText();
  const refusalText = useRefusalText();
  const tell = async (work: () => Promise<string | null>): Promise<void> => {
    try {
      const title = await work();
      if (title !== null) toasts.show({ title });
    } catch (thrown) {
      toasts.show({ title: labels.wireError(wireCodeOf(thrown)), failed: true });
    }
  };
  return {
    recall: ({ mid }) =>
      tell(async () => {
        const { recalled } = await client.call('outbox.recall', { mid });
        return t(recalled ? 'outbox:recalled' : 'outbox:tooLate');
      }),
    resend: ({ mid }, text) =>
      tell(async () => {
        const answer = await client.call('outbox.resend', text === undefined ? { mid } : { mid, text });
        return answer.ok ? null : refusalText(answer.refusal);
      }),
    dismiss: ({ mid }) =>
      tell(async () => {
        await client.call('outbox.dismiss', { mid });
        return null;
      }),
    copy: ({ text }) => {
      if (text !== null)
        void navigator.clipboard.writeText(text).then(() => toasts.show({ title: t('common:copied') }));
    },
  };
}

/** Asks before words are thrown away. */
function DiscardDialog(props: {
  readonly item: OutboxItem | null;
  readonly onDone: (discard: boolean) => void;
}) {
  const { t } = useText();
  return (
    <Dialog
      open={props.item !== null}
      onOpenChange={(open) => {
        if (!open) props.onDone(false);
      }}
      title={t('outbox:discard.title')}
      actions={
        <>
          <Button onClick={() => props.onDone(false)}>{t('common:cancel')}</Button>
          <Button look="danger" onClick={() => props.onDone(true)}>
            {t('outbox:dismiss')}
          </Button>
        </>
      }
    >
      <p className={css.quote} dir="auto">
        {props.item?.text}
      </p>
    </Dialog>
  );
}

function Buttons(props: {
  readonly item: OutboxItem;
  readonly actions: ItemActions;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}) {
  const { t } = useText();
  const { open } = useScreenActions();
  const { item, actions } = props;
  const isStuck = item.state === 'held' || item.state === 'refused';
  return (
    <div className={css.buttons}>
      {item.conversationId !== null && (
        <Button small look="quiet" onClick={() => open(item.conversationId)}>
          {t('outbox:openConversation')}
        </Button>
      )}
      {item.recallable && (
        <Button small onClick={() => void actions.recall(item)}>
          {t('outbox:recall')}
        </Button>
      )}
      {isStuck && item.text !== null && (
        <>
          <Button small onClick={() => void actions.resend(item)}>
            {t('outbox:resend')}
          </Button>
          <Button small onClick={props.onEdit}>
            {t('common:edit')}
          </Button>
          <Button small look="quiet" onClick={() => actions.copy(item)}>
            {t('outbox:copyText')}
          </Button>
        </>
      )}
      {isStuck && (
        <Button small look="quiet" onClick={props.onDiscard}>
          {t('outbox:dismiss')}
        </Button>
      )}
    </div>
  );
}

function Editor(props: {
  readonly item: OutboxItem;
  readonly onSend: (text: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useText();
  const [text, setText] = useState(props.item.text ?? '');
  return (
    <div className={css.editor}>
      <TextArea
        aria-label={t('common:edit')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={css.buttons}>
        <Button small onClick={props.onLeave}>
          {t('common:cancel')}
        </Button>
        <Button small look="primary" disabled={text.trim() === ''} onClick={() => props.onSend(text)}>
          {t('outbox:resend')}
        </Button>
      </div>
    </div>
  );
}

function Item(props: {
  readonly item: OutboxItem;
  readonly position: number;
  readonly actions: ItemActions;
  readonly onDiscard: (item: OutboxItem) => void;
}) {
  const { t, formats, labels } = useText();
  const now = useNow();
  const refusalText = useRefusalText();
  const [editing, setEditing] = useState(false);
  const { item, actions } = props;
  const why =
    item.code === null
      ? t(`outbox:state.${item.state}`)
      : refusalText({ type: item.code, ...(item.detail === null ? {} : { detail: item.detail }) });
  const customer = labels.customer({ name: item.customerName, email: null, phone: null });
  return (
    <li className={cx(css.item, css[item.state])}>
      <div className={css.head}>
        <span className={css.what}>{doneText(t, item.name)}</span>
        <time>{t('outbox:item.madeAt', { age: formats.age(item.madeAt, now) })}</time>
      </div>
      <div className={css.state}>
        {item.state === 'queued'
          ? t('thread:message.queued', { position: formats.number(props.position) })
          : why}
        {item.conversationId !== null && <> · {t('outbox:item.customer', { name: customer })}</>}
      </div>
      {editing ? (
        <Editor
          item={item}
          onLeave={() => setEditing(false)}
          onSend={(text) => {
            setEditing(false);
            void actions.resend(item, text);
          }}
        />
      ) : (
        item.text !== null && (
          <p className={css.quote} dir="auto">
            {item.text}
          </p>
        )
      )}
      {!editing && (
        <Buttons
          item={item}
          actions={actions}
          onEdit={() => setEditing(true)}
          onDiscard={() => props.onDiscard(item)}
        />
      )}
    </li>
  );
}

/** What this computer has done and the workspace has not confirmed: since when, why, and what can be done about it (Y12). */
export function OutboxPane() {
  const { t, formats } = useText();
  const { data: items } = useDeskQuery('outbox.list', {});
  const actions = useItemActions();
  const [discarding, setDiscarding] = useState<OutboxItem | null>(null);
  const queued = items?.filter(({ state }) => state === 'queued' || state === 'sending') ?? [];
  return (
    <div className={css.pane}>
      <div className={css.title}>
        <h1>{t('outbox:label')}</h1>
        <span>{items === undefined ? '' : formats.number(items.length)}</span>
      </div>
      {items?.length === 0 && <EmptyState>{t('outbox:empty')}</EmptyState>}
      <ul className={css.items} aria-label={t('outbox:title')} tabIndex={-1} data-pane-focus>
        {items?.map((item) => (
          <Item
            key={`${item.mid} ${item.state}`}
            item={item}
            position={queued.indexOf(item) + 1}
            actions={actions}
            onDiscard={(one) => (one.text === null ? void actions.dismiss(one) : setDiscarding(one))}
          />
        ))}
      </ul>
      <DiscardDialog
        item={discarding}
        onDone={(discard) => {
          if (discard && discarding !== null) void actions.dismiss(discarding);
          setDiscarding(null);
        }}
      />
    </div>
  );
}
