import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import type { ComposerKind } from '../../app/screen-store.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { adoptDrafts, type Drafts, draftsOf, LONGEST_TEXT } from './draft-rules.ts';
import { createDraftSaver, windowLater } from './draft-saver.ts';

/** Both texts of a conversation while they are written. */
export interface LiveDrafts {
  readonly drafts: Drafts;
  change(kind: ComposerKind, text: string): void;
  flush(): void;
}

/** Keeps both texts in the engine: within a moment of each key, at once on leaving, and takes over what comes back. */
export function useDrafts(view: ThreadView): LiveDrafts {
  const client = useDeskClient();
  const conversationId = view.conversation.id;
  const [drafts, setDrafts] = useState(() => draftsOf(view));
  const told = useRef(drafts);
  const saver = useMemo(
    () =>
      createDraftSaver((kind, text) => {
        // Beyond the longest there is nothing to keep; the composer says so. A lost line is told by the status bar.
        if (text.length > LONGEST_TEXT) return;
        void client.call('draft.put', { conversationId, kind, text }).catch(() => undefined);
      }, windowLater),
    [client, conversationId],
  );
  useEffect(() => {
    const next = draftsOf(view);
    const before = told.current;
    told.current = next;
    setDrafts((own) => adoptDrafts(own, before, next));
  }, [view]);
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
      setDrafts((own) => ({ ...own, [kind]: text }));
      saver.change(kind, text);
    },
    [saver],
  );
  return { drafts, change, flush: saver.flush };
}
