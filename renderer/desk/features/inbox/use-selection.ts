import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useTurns } from '../../app/use-turns.ts';
import type { OpenedList } from './use-list.ts';

export interface Selection {
  /** Where the shown conversation stands in the list; null when it is not in it. */
  readonly index: number | null;
  /** The position to bring into sight; a new object each time. */
  readonly reveal: { readonly index: number } | null;
  open(id: ConversationId, index: number): void;
  /** Goes to the conversation `by` rows further; the first or last one when none is shown. */
  move(by: number): void;
  moveTo(index: number): void;
  /** Brings the shown conversation into sight, where the list shows it. */
  bringToSight(): void;
}

/** A conversation's place, as last looked up. */
interface Place {
  readonly id: ConversationId | null;
  readonly index: number | null;
}

/** The place of the shown conversation, looked up again whenever the list has another order. */
function usePlace({ view, state }: OpenedList): readonly [number | null, (place: Place) => void] {
  const openId = useScreen((screen) => screen.openId);
  const [place, setPlace] = useState<Place>({ id: null, index: null });
  useEffect(() => {
    if (openId === null) return;
    let isCurrent = true;
    view.locate(openId).then(
      (index) => {
        if (isCurrent) setPlace({ id: openId, index });
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [view, openId, state.order]);
  return [place.id === openId ? place.index : null, setPlace];
}

/**
 * The shown conversation's place in the list. It is known by its id: whatever the list does, the id stays and its place is
 * looked up again. Once it was dealt with and left the list, the one that stands where it stood is shown.
 */
export function useSelection(list: OpenedList): Selection {
  const { view } = list;
  const openId = useScreen((screen) => screen.openId);
  const dealtTurn = useScreen((screen) => screen.dealtTurn);
  const { open: show, point } = useScreenActions();
  const turns = useTurns();
  const [index, setPlace] = usePlace(list);
  const [reveal, setReveal] = useState<Selection['reveal']>(null);
  const last = useRef<number | null>(null);
  useEffect(() => {
    if (index !== null) last.current = index;
  }, [index]);

  const open = useCallback(
    (id: ConversationId, at: number) => {
      setPlace({ id, index: at });
      show(id);
    },
    [show, setPlace],
  );
  const moveTo = useCallback(
    (wanted: number) => {
      const { total } = view.getState();
      if (total === 0) return;
      const at = Math.min(Math.max(wanted, 0), total - 1);
      last.current = at;
      setReveal({ index: at });
      void view.row(at).then((row) => {
        if (row === undefined) return;
        setPlace({ id: row.id, index: at });
        // Where the list fills the screen, the keys go through it without leaving it.
        if (turns === 'list') point(row.id);
        else show(row.id);
      });
    },
    [view, setPlace, turns, point, show],
  );
  const move = useCallback(
    (by: number) => {
      const from = last.current;
      moveTo(from === null ? (by > 0 ? 0 : view.getState().total - 1) : from + by);
    },
    [moveTo, view],
  );

  const turn = useRef(dealtTurn);
  useEffect(() => {
    if (turn.current === dealtTurn) return;
    turn.current = dealtTurn;
    const goOn = async (): Promise<void> => {
      await view.refresh();
      if (openId === null || (await view.locate(openId)) !== null) return;
      if (view.getState().total === 0) show(null);
      else moveTo(last.current ?? 0);
    };
    goOn().catch(() => undefined);
  }, [dealtTurn, view, openId, moveTo, show]);

  const bringToSight = useCallback(() => {
    if (last.current !== null) setReveal({ index: last.current });
  }, []);

  return { index, reveal, open, move, moveTo, bringToSight };
}
