import { useCallback, useMemo, useRef, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { joinOlder, type Older } from './thread-parts.ts';

const WINDOW = 200;
const PAGE = 200;

/** The query that the thread, the composer and the profile share: one answer for all three. */
export function useThreadView(conversationId: ConversationId | null) {
  return useDeskQuery(
    'thread.open',
    { conversationId: conversationId ?? '-', limit: WINDOW },
    { enabled: conversationId !== null },
  );
}

/** An open conversation with as much of its past as has been asked for. */
export interface OpenThread {
  readonly view: ThreadView;
  readonly messages: readonly ThreadMessage[];
  readonly hasEarlier: boolean;
  loadEarlier(): void;
}

/** Joins the engine's window with earlier pages. */
export function useMessages(view: ThreadView): OpenThread {
  const client = useDeskClient();
  const held = useRef<Older | null>(null);
  const loading = useRef(false);
  const [page, setPage] = useState<Older | null>(null);
  const joined = useMemo(() => {
    if (page !== null && page !== held.current) held.current = page;
    const next = joinOlder(view, held.current);
    held.current = next;
    return next;
  }, [view, page]);
  const loadEarlier = useCallback(() => {
    const first = held.current?.messages[0];
    if (first === undefined || loading.current) return;
    loading.current = true;
    const { conversationId } = first;
    void client
      .call('thread.earlier', { conversationId, beforeAt: first.at, beforeId: first.id, limit: PAGE })
      .then(({ messages, hasEarlier }) =>
        setPage({ conversationId, messages: [...messages, ...(held.current?.messages ?? [])], hasEarlier }),
      )
      // The line is down: the button stays, the status bar tells.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
      });
  }, [client]);
  return { view, messages: joined.messages, hasEarlier: joined.hasEarlier, loadEarlier };
}
