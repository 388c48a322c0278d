import { useCallback, useState } from 'react';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import type { ComposerKind } from '../../app/screen-store.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { type Change, useChange } from '../actions/use-change.ts';
import { lastPublicSeen } from '../thread/thread-parts.ts';
import { nextMessageId, windowClock } from './message-ids.ts';

/** Posts a text; answers whether it is saved. */
export interface Sending {
  readonly busy: boolean;
  readonly offline: boolean;
  send(kind: ComposerKind, text: string): Promise<boolean>;
}

function post(
  change: Change,
  kind: ComposerKind,
  text: string,
  seen: { readonly view: ThreadView; readonly messages: readonly ThreadMessage[]; readonly offline: boolean },
): Promise<boolean> {
  const base = {
    conversationId: seen.view.conversation.id,
    messageId: nextMessageId(),
    text,
    writtenAt: windowClock.now(),
  };
  if (kind === 'note') return change('note.add', base, { quiet: true });
  const lastSeenMessageId = lastPublicSeen(seen.messages)?.id ?? null;
  return change('message.send', { ...base, lastSeenMessageId, offline: seen.offline }, { quiet: true });
}

/** Sends replies and adds notes, one at a time; says with each reply what its author had seen, and over which link (Y11). */
export function useSend(view: ThreadView, messages: readonly ThreadMessage[]): Sending {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const { data: status } = useDeskQuery('sync.status', {});
  const offline = status?.workspace !== 'connected';
  const send = useCallback(
    async (kind: ComposerKind, text: string) => {
      setBusy(true);
      try {
        return await post(change, kind, text, { view, messages, offline });
      } finally {
        setBusy(false);
      }
    },
    [change, view, messages, offline],
  );
  return { busy, offline: status !== undefined && offline, send };
}
