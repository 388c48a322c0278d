import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { epochMillis } from '../../../../src/base/time.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';

/** So near to the end that what comes next is followed, in pixels. */
const NEAR_END = 48;
/** So long a conversation is looked at before it counts as read. */
const READ_AFTER_MS = 800;

/** A place in a scrolled thread. */
export interface Reading {
  /** Messages that came below what is seen. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END;
}

function showMessage(element: HTMLElement, id: string): boolean {
  const found = element.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
  found?.scrollIntoView({ block: 'center' });
  return found !== null;
}

function land(element: HTMLElement, target: string | null, atStart: boolean): void {
  if (target !== null && showMessage(element, target)) return;
  element.scrollTop = atStart ? 0 : element.scrollHeight;
}

/**
 * Where the reader is: lands on `target` (else at the end, or at the hand-off card), stays there while earlier messages come
 * in above and new ones below, follows only a reader who is at the end or wrote the message.
 */
export function useReading(options: {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly messages: readonly ThreadMessage[];
  readonly target: string | null;
  readonly atStart: boolean;
  readonly me: string | null;
}): Reading {
  const { scroller, messages, target, atStart, me } = options;
  const before = useRef<{
    first: string | null;
    last: string | null;
    height: number;
    nearEnd: boolean;
  } | null>(null);
  const [unseen, setUnseen] = useState(0);
  const first = messages[0]?.id ?? null;
  const last = messages.at(-1)?.id ?? null;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const was = before.current;
    if (was === null) land(element, target, atStart);
    else if (first !== was.first && last === was.last)
      element.scrollBy({ top: element.scrollHeight - was.height });
    else if (last !== was.last) {
      const mine = messages.at(-1)?.authorId === me;
      if (was.nearEnd || mine) element.scrollTo({ top: element.scrollHeight });
      else {
        const at = messages.findIndex(({ id }) => id === was.last);
        setUnseen((count) => count + (at < 0 ? 1 : messages.length - 1 - at));
      }
    }
    before.current = { first, last, height: element.scrollHeight, nearEnd: isNearEnd(element) };
  }, [scroller, first, last, messages, me, target, atStart]);

  useLayoutEffect(() => {
    if (target !== null && scroller.current !== null) showMessage(scroller.current, target);
  }, [scroller, target]);

  useLayoutEffect(() => {
    // Whatever else grew (the AI's part unfolded) is no reason to move later.
    const element = scroller.current;
    if (element !== null && before.current !== null) before.current.height = element.scrollHeight;
  });

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null || before.current === null) return;
    before.current.nearEnd = isNearEnd(element);
    if (before.current.nearEnd) setUnseen(0);
  };
  const toEnd = (): void => {
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight });
    setUnseen(0);
  };
  return { unseen, onScroll, toEnd };
}

/** Marks the conversation read once it has been looked at for a moment, in a window that has the focus. */
export function useMarkRead(view: ThreadView, actions: ConversationActions): void {
  const { lastMessageAt, startedAt, handoffAt, handoffReadBy } = view.conversation;
  const through = lastMessageAt ?? startedAt;
  const marker = view.readMarker?.readThroughAt ?? null;
  const isRead = marker !== null && marker >= through && (handoffAt === null || handoffReadBy !== null);
  const said = useRef<number | null>(null);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    // Once for each last message: who marks it unread again while it is open means it.
    if (isRead || said.current === through) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (!document.hasFocus() || document.visibilityState !== 'visible') return;
      timer = setTimeout(() => {
        if (!document.hasFocus()) return;
        said.current = through;
        void latest.current.markRead(epochMillis(through));
      }, READ_AFTER_MS);
    };
    look();
    window.addEventListener('focus', look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', look);
    };
  }, [isRead, through]);
}
