import { useCallback, useRef, useState } from 'react';
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
  const loading = useRef(false);
  const [seen, setSeen] = useState(view);
  const [held, setHeld] = useState<Older>(() => joinOlder(view, null));
  if (seen !== view) {
    setSeen(view);
    setHeld(joinOlder(view, held));
  }
  const first = held.messages[0];
  const loadEarlier = useCallback(() => {
    if (first === undefined || loading.current) return;
    loading.current = true;
    const { conversationId, at: beforeAt, id: beforeId } = first;
    void client
      .call('thread.earlier', { conversationId, beforeAt, beforeId, limit: PAGE })
      .then(({ messages, hasEarlier }) =>
        setHeld((now) => ({ ...now, messages: [...messages, ...now.messages], hasEarlier })),
      )
      // The line is down: the button stays, the status bar tells.
      .catch(() => undefined)
      .finally(() => {
        loading.current = false;
      });
  }, [client, first]);
  return { view, messages: held.messages, hasEarlier: held.hasEarlier, loadEarlier };
}
