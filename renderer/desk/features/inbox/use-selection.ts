import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import type { OpenedList } from './use-list.ts';

export interface Selection {
  /** Where the shown conversation stands in the list; null when it is not in it. */
  readonly index: number | null;
  readonly reveal: { readonly index: number; readonly turn: number } | null;
  open(id: ConversationId, index: number): void;
  /** Shows the conversation `by` rows further; the first one when none is shown. */
  move(by: number): void;
  moveTo(index: number): void;
}

/**
 * The shown conversation's place in the list. It is known by its id: whatever the list does, the id stays, and its place is
 * looked up again. `state.total` and the view's refreshes change places; nothing else does.
 */
export function useSelection({ view, state }: OpenedList): Selection {
  const openId = useScreen((screen) => screen.openId);
  const dealtTurn = useScreen((screen) => screen.dealtTurn);
  const { open: show } = useScreenActions();
  const [index, setIndex] = useState<number | null>(null);
  const [reveal, setReveal] = useState<Selection['reveal']>(null);
  const revealAt = useCallback(
    (at: number) => setReveal((last) => ({ index: at, turn: (last?.turn ?? 0) + 1 })),
    [],
  );
  const last = useRef<number | null>(null);

  useEffect(() => {
    if (openId === null) {
      setIndex(null);
      return;
    }
    let current = true;
    const found = (at: number | null): void => {
      if (!current) return;
      setIndex(at);
      if (at !== null) last.current = at;
    };
    view.locate(openId).then(found, () => undefined);
    return () => {
      current = false;
    };
  }, [view, openId, state.order]);

  const open = useCallback(
    (id: ConversationId, at: number) => {
      last.current = at;
      setIndex(at);
      show(id);
    },
    [show],
  );
  const moveTo = useCallback(
    (wanted: number) => {
      const { total } = view.getState();
      if (total === 0) return;
      const at = Math.min(Math.max(wanted, 0), total - 1);
      revealAt(at);
      void view.row(at).then((row) => {
        if (row !== undefined) open(row.id, at);
      });
    },
    [view, open, revealAt],
  );
  const move = useCallback(
    (by: number) =>
      moveTo(index === null ? (last.current ?? -by) + (last.current === null ? by : 0) : index + by),
    [index, moveTo],
  );

  const turn = useRef(dealtTurn);
  useEffect(() => {
    if (turn.current === dealtTurn) return;
    turn.current = dealtTurn;
    const goOn = async (): Promise<void> => {
      await view.refresh();
      if (openId !== null && (await view.locate(openId)) === null) {
        if (view.getState().total === 0) show(null);
        else moveTo(last.current ?? 0);
      }
    };
    goOn().catch(() => undefined);
  }, [dealtTurn, view, openId, moveTo, show]);

  return { index, reveal, open, move, moveTo };
}
