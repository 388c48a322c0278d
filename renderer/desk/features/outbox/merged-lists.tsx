import type { MergedList } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { useConflictWords } from './use-conflict-words.ts';
import { useMergedRead } from './use-merged.ts';
import css from './outbox.module.css';

function Merged({ item, onRead }: { readonly item: MergedList; readonly onRead: (mid: number) => void }) {
  const { t, formats, labels } = useText();
  const now = useNow();
  const { open } = useScreenActions();
  const { who, mine, result } = useConflictWords().merge(item, now);
  return (
    <li className={css.item}>
      <p className={css.line}>
        <span className={css.words}>
          <bdi className={css.customer}>
            {labels.customer({ name: item.customerName, email: null, phone: null })}
          </bdi>
        </span>
        <time className={css.age} title={formats.full(item.at)}>
          {formats.age(item.at, now)}
        </time>
      </p>
      <p className={css.text}>{who}</p>
      <p className={css.text} dir="auto">
        {mine}
      </p>
      <p className={css.text} dir="auto">
        {result}
      </p>
      <div className={css.actions}>
        <Button small look="quiet" onClick={() => open(item.conversationId)}>
          {t('outbox:openConversation')}
        </Button>
        <Button small look="quiet" onClick={() => onRead(item.mid)}>
          {t('status:understood')}
        </Button>
      </div>
    </li>
  );
}

/** Under what waits: lists that were merged with colleagues' changes, until each is read. Nothing is asked. */
export function MergedLists(props: {
  readonly items: readonly MergedList[];
  /** Nothing waits above it: it is where the region's keys go. */
  readonly isAlone: boolean;
}) {
  const { items, isAlone } = props;
  const { t } = useText();
  const onRead = useMergedRead();
  if (items.length === 0) return null;
  return (
    <section aria-label={t('outbox:merged.title')}>
      <h2 className={css.part}>{t('outbox:merged.title')}</h2>
      <ul className={css.items} tabIndex={-1} {...(isAlone ? { 'data-pane-focus': true } : {})}>
        {items.map((item) => (
          <Merged key={`${item.conversationId} ${item.field}`} item={item} onRead={onRead} />
        ))}
      </ul>
    </section>
  );
}
