import { useMemo } from 'react';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { EmptyState } from '../../ui/states.tsx';
import css from './outbox.module.css';
import { MergedLists } from './merged-lists.tsx';
import { OutboxEntry } from './outbox-entry.tsx';
import { useMerged } from './use-merged.ts';
import { waitingPositions } from './waiting-positions.ts';

/** What this computer has done and the workspace has not confirmed: since when, why, and what can be done about it (Y12). */
export function OutboxPane() {
  const { t, formats } = useText();
  const { data: items } = useDeskQuery('outbox.list', {});
  const merged = useMerged();
  const positions = useMemo(() => waitingPositions(items ?? []), [items]);
  return (
    <div className={css.pane}>
      <div className={css.head}>
        <h1 className={css.title}>{t('outbox:label')}</h1>
        <span className={css.total}>{items === undefined ? '' : formats.number(items.length)}</span>
      </div>
      {items?.length === 0 && merged.length === 0 && <EmptyState>{t('outbox:empty')}</EmptyState>}
      {items?.length === 0 && merged.length > 0 && <p className={css.nothing}>{t('outbox:empty')}</p>}
      {items !== undefined && items.length > 0 && (
        <ul className={css.items} aria-label={t('outbox:title')} tabIndex={-1} data-pane-focus>
          {items.map((item) => (
            <OutboxEntry key={`${item.mid}`} item={item} position={positions.get(item.mid) ?? null} />
          ))}
        </ul>
      )}
      <MergedLists items={merged} isAlone={items?.length === 0} />
    </div>
  );
}
