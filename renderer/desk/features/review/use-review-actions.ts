import { useMemo } from 'react';
import type { AgentId } from '../../../../src/base/ids.ts';
import type { ReviewVerdict } from '../../../../src/domain/model.ts';
import type { ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useChange } from '../actions/use-change.ts';

export interface ReviewActions {
  setVerdict(verdict: ReviewVerdict | null): void;
  setNote(note: string | null): void;
  assignCoach(coachId: AgentId | null): void;
}

/** What a reviewer does with one conversation; each can be undone. */
export function useReviewActions({ row, mine }: ReviewRow): ReviewActions {
  const change = useChange();
  const conversationId = row.id;
  const verdict = mine?.verdict ?? null;
  return useMemo(
    () => ({
      setVerdict: (next) => void change('review.setVerdict', { conversationId, verdict: next }),
      setNote: (next) => void change('review.setVerdict', { conversationId, verdict, note: next }),
      assignCoach: (coachId) => void change('review.assignCoaching', { conversationId, coachId }),
    }),
    [change, conversationId, verdict],
  );
}
