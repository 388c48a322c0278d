import { useMemo } from 'react';
import type { AgentId } from '../../../../src/base/ids.ts';
import type { ReviewVerdict } from '../../../../src/domain/model.ts';
import type { ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useAnnouncer } from '../../ui/live-region.tsx';
import { useChange } from '../actions/use-change.ts';

export interface ReviewActions {
  setVerdict(verdict: ReviewVerdict | null): void;
  setNote(note: string | null): void;
  assignCoach(coachId: AgentId | null): void;
}

const QUIET = { quiet: true } as const;

/** What a reviewer does with one conversation; each can be undone. What is chosen shows by itself, so nothing is said. */
export function useReviewActions({ row, mine }: ReviewRow): ReviewActions {
  const change = useChange();
  const announcer = useAnnouncer();
  const { t } = useText();
  const conversationId = row.id;
  const verdict = mine?.verdict ?? null;
  return useMemo(() => {
    const said = (done: Promise<boolean>, words: string): void =>
      void done.then((saved) => {
        if (saved) announcer.polite(words);
      });
    return {
      setVerdict: (next) =>
        said(
          change('review.setVerdict', { conversationId, verdict: next }, QUIET),
          next === null ? t('review:unreviewed') : t(`review:verdict.${next}`),
        ),
      setNote: (next) =>
        said(change('review.setVerdict', { conversationId, verdict, note: next }, QUIET), t('common:saved')),
      assignCoach: (coachId) =>
        said(change('review.assignCoaching', { conversationId, coachId }, QUIET), t('common:saved')),
    };
  }, [change, announcer, t, conversationId, verdict]);
}
