import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import type { Draft, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import type { ComposerKind } from '../../app/screen-store.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { type Drafts, type DraftSync, draftsOf, LONGEST_TEXT, told, typed } from './draft-rules.ts';
import { createDraftSaver, windowLater } from './draft-saver.ts';
import { windowClock } from './message-ids.ts';

/** Both texts of a conversation while they are written. */
export interface LiveDrafts {
  readonly drafts: Drafts;
  change(kind: ComposerKind, text: string): void;
  flush(): void;
}

function keepDraft(queries: QueryClient, id: ConversationId, draft: Draft): void {
  queries.setQueriesData<ThreadView | null>({ queryKey: ['thread.open'] }, (view) => {
    if (view?.conversation.id !== id) return view;
    const others = view.drafts.filter(({ kind }) => kind !== draft.kind);
    return { ...view, drafts: draft.text === '' ? others : [...others, draft] };
  });
}

/** Keeps both texts in the engine: within a moment of each key, at once on leaving, and takes over what comes back. */
export function useDrafts(view: ThreadView): LiveDrafts {
  const client = useDeskClient();
  const queries = useQueryClient();
  const conversationId = view.conversation.id;
  const [sync, setSync] = useState<DraftSync>(() => ({
    own: draftsOf(view),
    agreed: { reply: true, note: true },
  }));
  const [seen, setSeen] = useState(view);
  if (seen !== view) {
    setSeen(view);
    setSync(told(sync, draftsOf(view)));
  }
  const saver = useMemo(() => {
    const put = async (kind: ComposerKind, text: string): Promise<void> => {
      await client.call('draft.put', { conversationId, kind, text });
      // The kept answer knows it, too: whoever comes back in a moment finds the text.
      keepDraft(queries, conversationId, { kind, text, updatedAt: windowClock.now() });
      // An emptied text is asked back once, so that what comes later is known to be new.
      if (text === '') await queries.invalidateQueries({ queryKey: ['thread.open'] });
    };
    return createDraftSaver((kind, text) => {
      // Beyond the longest there is nothing to keep; the composer says so. A lost line is told by the status bar.
      if (text.length <= LONGEST_TEXT) void put(kind, text).catch(() => undefined);
    }, windowLater);
  }, [client, queries, conversationId]);
  useEffect(() => {
    window.addEventListener('pagehide', saver.flush);
    document.addEventListener('visibilitychange', saver.flush);
    return () => {
      saver.flush();
      window.removeEventListener('pagehide', saver.flush);
      document.removeEventListener('visibilitychange', saver.flush);
    };
  }, [saver]);
  const change = useCallback(
    (kind: ComposerKind, text: string) => {
      setSync((current) => typed(current, kind, text));
      saver.change(kind, text);
    },
    [saver],
  );
  return { drafts: sync.own, change, flush: saver.flush };
}
