import { memo } from 'react';
import type { Customer } from '../../../../src/domain/model.ts';
import type { ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import css from './message.module.css';
import { MessageDelivery } from './message-delivery.tsx';
import { MessageText } from './message-text.tsx';
import type { People } from './people.ts';

/** One message as a letter: who, when, what kind, then the words. */
export const MessageLetter = memo(function MessageLetter(props: {
  readonly message: ThreadMessage;
  readonly customer: Customer;
  readonly people: People;
  /** It was searched for. */
  readonly found: boolean;
}) {
  const { message, customer, people, found } = props;
  const { t, formats, labels } = useText();
  const { authorKind, note, at } = message;
  const author = people.authorName(message, customer);
  const time = formats.time(at);
  if (authorKind === 'system') {
    return (
      <p className={css.system} data-message={message.id} dir="auto">
        {message.text} · <time title={formats.full(at)}>{time}</time>
      </p>
    );
  }
  return (
    <article
      aria-label={t('thread:message.label', { author, time: formats.full(at) })}
      data-message={message.id}
      tabIndex={-1}
      className={cx(css.message, note ? css.note : css[authorKind], found && css.found)}
    >
      <header className={css.head}>
        <bdi className={css.author}>{author}</bdi>
        <time title={formats.full(at)}>{time}</time>
        {note ? (
          <span className={css.noteWord}>{t('composer:note.visibility')}</span>
        ) : (
          author !== labels.author(authorKind) && <span>{labels.author(authorKind)}</span>
        )}
      </header>
      <MessageText text={message.text} />
      <MessageDelivery message={message} />
    </article>
  );
});
