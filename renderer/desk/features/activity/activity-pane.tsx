import type { UndoItem } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/states.tsx';
import { doneText } from '../actions/done-text.ts';
import { useTurns } from '../actions/use-change.ts';
import css from './activity.module.css';

function Action(props: {
  readonly item: UndoItem;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}) {
  const { item } = props;
  const { t, formats, labels } = useText();
  const now = useNow();
  const { open } = useScreenActions();
  const { conversationId } = item;
  const words = doneText(t, item.name);
  return (
    <li className={cx(css.item, item.undone && css.undone)}>
      <span className={css.what}>{item.undone ? t('activity:undoneAction', { action: words }) : words}</span>
      <time className={css.age}>{formats.age(item.at, now)}</time>
      {conversationId !== null && (
        <Button small look="link" className={css.who} onClick={() => open(conversationId)}>
          <bdi>{labels.customer({ name: item.customerName, email: null, phone: null })}</bdi>
        </Button>
      )}
      {!item.undone && (
        <Button small look="quiet" className={css.undo} onClick={props.onUndo}>
          {t('common:undo')}
        </Button>
      )}
      {item.redo !== null && (
        <Button small look="quiet" className={css.undo} onClick={props.onRedo}>
          {t('common:redo')}
        </Button>
      )}
    </li>
  );
}

/** The latest actions of this computer, newest first, each with its way back, and forth again (Y16). */
export function ActivityPane() {
  const { t } = useText();
  const { data: items } = useDeskQuery('undo.list', {});
  const { undo, redo } = useTurns();
  return (
    <div className={css.pane}>
      <h1 className={css.title}>{t('activity:label')}</h1>
      {items?.length === 0 && <EmptyState>{t('activity:empty')}</EmptyState>}
      {items !== undefined && items.length > 0 && (
        <ul className={css.items} aria-label={t('activity:label')} tabIndex={-1} data-pane-focus>
          {items.map((item) => (
            <Action
              key={item.mid}
              item={item}
              onUndo={() => void undo(item.mid)}
              onRedo={() => void redo(item.mid)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
