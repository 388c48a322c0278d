import { useState } from 'react';
import type { HeldReply, ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import css from './held-reply.module.css';
import { MessageLetter } from './message.tsx';
import { MessageText } from './message-text.tsx';
import type { People } from './people.ts';
import { publicSince } from './thread-parts.ts';
import { useOutgoing } from './use-outgoing.ts';

/** A reply that was not sent because someone wrote since (Y11): both sides, and its author's decision. */
export function HeldReplyCard(props: {
  readonly held: HeldReply;
  readonly view: ThreadView;
  readonly messages: readonly ThreadMessage[];
  readonly people: People;
}) {
  const { held, view, messages, people } = props;
  const { t, formats } = useText();
  const outgoing = useOutgoing();
  const [edited, setEdited] = useState<string | null>(null);
  const news = publicSince(messages, held.writtenAt, people.me);
  const send = (): void => void outgoing.resend(held.mid, edited ?? undefined);
  return (
    <section className={css.held} aria-label={t('thread:held.title')}>
      <h2 className={css.title}>{t('thread:held.title')}</h2>
      <p>{t('thread:held.body')}</p>
      <div className={css.sides}>
        <div>
          <p className={css.label}>
            {t('thread:held.yours')} ·{' '}
            <time title={formats.full(held.writtenAt)}>{formats.time(held.writtenAt)}</time>
          </p>
          {edited === null ? (
            <MessageText text={held.text} />
          ) : (
            <TextArea
              aria-label={t('thread:held.yours')}
              autoFocus
              value={edited}
              onFocus={({ currentTarget }) =>
                currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)
              }
              onChange={(event) => setEdited(event.currentTarget.value)}
            />
          )}
        </div>
        <div>
          <p className={css.label}>{t('thread:held.new')}</p>
          {news.map((message) => (
            <MessageLetter
              key={message.id}
              message={message}
              customer={view.customer}
              people={people}
              found={false}
            />
          ))}
        </div>
      </div>
      <div className={css.actions}>
        <Button look="primary" disabled={edited !== null && edited.trim() === ''} onClick={send}>
          {t('thread:held.send')}
        </Button>
        {edited === null && <Button onClick={() => setEdited(held.text)}>{t('thread:held.edit')}</Button>}
        <Button look="quiet" onClick={() => void outgoing.dismiss(held.mid)}>
          {t('thread:held.discard')}
        </Button>
      </div>
    </section>
  );
}
