import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import type { ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { linkTo } from '../../../../src/protocol/shell/links.ts';
import { focusPane } from '../../app/panes.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { useCopy } from '../thread/use-copy.ts';
import { reviewHash } from './review-choice.ts';
import type { ReviewWindow } from './review-window.ts';

export interface ReviewSelection {
  readonly index: number | null;
  /** The conversation that is reviewed: it stays when a filter no longer holds it. */
  readonly current: ReviewRow | null;
  readonly reveal: { readonly index: number } | null;
  readonly open: (id: ConversationId, index: number) => void;
  readonly move: (by: number) => void;
  readonly moveTo: (index: number) => void;
  readonly bringToSight: () => void;
}

/** Goes through the review by position; where a row is not here yet, it is opened once it has come. */
export function useReviewSelection(list: ReviewWindow): ReviewSelection {
  const { open: show, point } = useScreenActions();
  const openId = useScreen((screen) => screen.openId);
  const stacked = useScreen((screen) => screen.stacked);
  const [index, setIndex] = useState<number | null>(null);
  const [wanted, setWanted] = useState<{ readonly index: number } | null>(null);
  const [reveal, setReveal] = useState<ReviewSelection['reveal']>(null);
  const [kept, setKept] = useState<ReviewRow | null>(null);
  const total = list.answer?.total ?? 0;

  const at = index === null ? undefined : list.rowAt(index);
  const here = at?.row.id === openId ? at : undefined;
  if (here !== undefined && here !== kept) setKept(here);
  const current = here ?? (kept?.row.id === openId ? kept : null);

  const moveTo = useCallback(
    (to: number) => {
      if (total === 0) return;
      const next = Math.min(Math.max(to, 0), total - 1);
      setIndex(next);
      setReveal({ index: next });
      setWanted({ index: next });
    },
    [total],
  );
  const arrived = wanted === null ? undefined : list.rowAt(wanted.index);
  const answered = useRef<typeof wanted>(null);
  useEffect(() => {
    if (arrived === undefined || answered.current === wanted) return;
    answered.current = wanted;
    // Where list and thread take turns, going through the list stays in it.
    if (stacked === 'list') point(arrived.row.id);
    else show(arrived.row.id);
  }, [arrived, wanted, show, point, stacked]);

  // Resumes where nothing has been found yet, on whichever computer.
  const resumed = useRef(false);
  const next = list.answer?.nextIndex;
  useEffect(() => {
    if (resumed.current || next === undefined) return;
    resumed.current = true;
    moveTo(next ?? 0);
  }, [next, moveTo]);

  return {
    index,
    current,
    reveal,
    moveTo,
    bringToSight: () => {
      if (index !== null) setReveal({ index });
    },
    move: (by) => moveTo(index === null ? 0 : index + by),
    open: (id, position) => {
      setIndex(position);
      setWanted(null);
      show(id);
    },
  };
}

/** J, K and the like, and the way to the next one that has no verdict of mine. */
export function useReviewKeys(list: ReviewWindow, selection: ReviewSelection): void {
  const { goTo, back, open } = useScreenActions();
  const nextIndex = list.answer?.nextIndex ?? null;
  const stacked = useScreen((screen) => screen.stacked);
  const choice = useScreen((screen) => screen.insight.review);
  const copy = useCopy();
  useCommands({
    'list.copyLink': { run: () => copy(linkTo(window.location.href, reviewHash(choice))) },
    'list.next': { run: () => selection.move(1) },
    'list.previous': { run: () => selection.move(-1) },
    'list.open': {
      run: () => {
        if (selection.current === null || focusPane(document, 'thread')) return;
        open(selection.current.row.id);
      },
    },
    'list.back': {
      run: () => {
        if (stacked === 'thread') back();
        else goTo('queue');
        focusPane(document, 'list');
      },
    },
    'review.next': {
      run: () => {
        if (nextIndex !== null) selection.moveTo(nextIndex);
      },
      enabled: nextIndex !== null,
      why: 'review:allDone',
    },
  });
}
