import { useEffect, useRef } from 'react';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useConflictWords } from './use-conflict-words.ts';

/** More at once than this are said in one line: a day offline may bring dozens. */
const MOST_TOLD = 2;

/** Says each list of mine that others' changes were merged into when the workspace tells of it; nothing is asked. */
export function useMergeNews(): void {
  const { data: items } = useDeskQuery('outbox.merged', {});
  const toasts = useToasts();
  const { t } = useText();
  const words = useConflictWords();
  const { open, goTo } = useScreenActions();
  const now = useNow();
  /** The latest that was told; null: what was there before is no news. */
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (items === undefined) return;
    const before = told.current;
    told.current = Math.max(before ?? 0, ...items.map(({ mid }) => mid));
    const news = before === null ? [] : items.filter(({ mid }) => mid > before);
    if (news.length > MOST_TOLD) {
      const look = { label: t('outbox:merged.look'), run: () => goTo('outbox') };
      toasts.show({ title: t('outbox:merged.many', { count: news.length }), action: look });
      return;
    }
    for (const item of news) {
      const { who, mine, result } = words.merge(item, now);
      const { conversationId, field } = item;
      toasts.show({
        id: `merged ${conversationId} ${field}`,
        title: who,
        description: `${mine} · ${result}`,
        action: { label: t('outbox:openConversation'), run: () => open(conversationId) },
      });
    }
  }, [items, toasts, t, words, open, goTo, now]);
}
