import { useEffect, useRef } from 'react';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useRefusalText } from '../actions/use-change.ts';
import { useOutgoing } from '../thread/use-outgoing.ts';
import { changeText } from './change-text.ts';
import { useConflictWords } from './use-conflict-words.ts';

/**
 * Says each change that came back from the workspace when it comes: what was asked for, what stands now, and the way to mean
 * it all the same. `needsAttention` is their number; null: not known yet.
 */
export function useConflictNews(needsAttention: number | null): void {
  const client = useDeskClient();
  const toasts = useToasts();
  const outgoing = useOutgoing();
  const { t } = useText();
  const refusalText = useRefusalText();
  const words = useConflictWords();
  const now = useNow();
  const at = useRef(now);
  useEffect(() => {
    at.current = now;
  }, [now]);
  const { open } = useScreenActions();
  const told = useRef<{ readonly count: number; readonly mid: number } | null>(null);
  useEffect(() => {
    if (needsAttention === null) return;
    const before = told.current;
    told.current = { count: needsAttention, mid: before?.mid ?? 0 };
    const isNews = before !== null && needsAttention > before.count;
    const tell = async (): Promise<void> => {
      const items = (await client.call('outbox.list', {})).filter(
        ({ state }) => state === 'held' || state === 'refused',
      );
      const last = Math.max(0, ...items.map(({ mid }) => mid));
      const since = told.current?.mid ?? 0;
      told.current = { count: told.current?.count ?? items.length, mid: last };
      if (!isNews) return;
      for (const item of items.filter(({ mid }) => mid > since)) {
        const refusal = item.code === null ? '' : refusalText({ type: item.code, detail: item.detail ?? {} });
        const { conversationId } = item;
        const applies = item.code === 'changedSince' && item.text === null;
        const mine = { label: t('outbox:applyMine'), run: () => void outgoing.resend(item.mid, undefined) };
        const look =
          conversationId === null
            ? null
            : { label: t('outbox:openConversation'), run: () => open(conversationId) };
        const action = applies ? mine : look;
        toasts.show({
          title: `${changeText(t, item.name)}: ${words.conflict(item, at.current) ?? refusal}`,
          failed: true,
          ...(action === null ? {} : { action }),
        });
      }
    };
    void tell().catch(() => undefined);
  }, [needsAttention, client, toasts, outgoing, t, refusalText, words, open]);
}
