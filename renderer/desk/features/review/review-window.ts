import { useState } from 'react';
import type { ReviewAnswer, ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import type { ReviewChoice } from '../insight/insight-state.ts';
import { piecesInSight, REVIEW_PIECE } from './review-pieces.ts';

/** The review as a screen uses it: rows by position, and the figures over all that match. */
export interface ReviewWindow {
  readonly answer: ReviewAnswer | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly rowAt: (index: number) => ReviewRow | undefined;
  readonly look: (from: number, to: number) => void;
}

function usePiece(filters: ReviewChoice, piece: number) {
  return useDeskQuery(
    'insight.review',
    { filters, offset: piece * REVIEW_PIECE, limit: REVIEW_PIECE },
    { keep: true },
  );
}

/** Opens the review of what the AI did not resolve, as it is chosen. */
export function useReviewWindow(): ReviewWindow {
  const filters = useScreen((screen) => screen.insight.review);
  const [[first, second], setPieces] = useState<readonly [number, number]>([0, 0]);
  const one = usePiece(filters, first);
  const other = usePiece(filters, second);
  const rowAt = (index: number): ReviewRow | undefined => {
    const piece = Math.floor(index / REVIEW_PIECE);
    if (piece === first && !one.isPlaceholderData) return one.data?.rows[index % REVIEW_PIECE];
    if (piece === second && !other.isPlaceholderData) return other.data?.rows[index % REVIEW_PIECE];
    return undefined;
  };
  const look = (from: number, to: number): void => {
    const next = piecesInSight(from, to);
    if (next[0] !== first || next[1] !== second) setPieces(next);
  };
  return {
    answer: one.data,
    error: one.data === undefined ? one.error : null,
    retry: () => void one.refetch(),
    rowAt,
    look,
  };
}
