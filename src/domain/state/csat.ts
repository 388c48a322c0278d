import type { EpochMillis } from '../../base/time.ts';
import type { Fact } from '../events.ts';
import type { Csat } from '../model.ts';
import { put } from '../rows.ts';
import type { Draft } from './draft.ts';

type Sent = Extract<Fact, { type: 'surveySent' }>;
type Answered = Extract<Fact, { type: 'surveyAnswered' }>;

/** Writes the survey row of a cycle and keeps it among the others, in the cycles' order. */
function writeCsat(draft: Draft, row: Csat): void {
  draft.csat = [...draft.csat.filter((one) => one.ordinal !== row.ordinal), row].sort(
    (left, right) => left.ordinal - right.ordinal,
  );
  draft.changes.push(put('csat', row));
}

/** The assignee at the closing of a cycle (Q3); null when nobody had it, or it is not among the latest two. */
function ownerOf(draft: Draft, ordinal: number): Csat['ownerId'] {
  const cycle = [draft.cycle, draft.previousCycle].find((one) => one?.ordinal === ordinal);
  return cycle?.assigneeAtCloseId ?? null;
}

/** A survey went out (Q3): at most one a cycle, so a second one changes nothing. */
export function surveySent(draft: Draft, fact: Sent, at: EpochMillis): void {
  if (draft.csat.some((one) => one.ordinal === fact.ordinal)) return;
  writeCsat(draft, {
    conversationId: draft.conversation.id,
    ordinal: fact.ordinal,
    surveyId: fact.surveyId,
    scale: fact.scale,
    language: fact.language,
    medium: fact.medium,
    ownerId: ownerOf(draft, fact.ordinal),
    sentAt: at,
    expiresAt: fact.expiresAt,
    score: null,
    comment: null,
    answeredAt: null,
    answerCount: 0,
  });
}

/** The customer answered (Q4): the last answer counts. It reopens nothing and touches no timing (S9). */
export function surveyAnswered(draft: Draft, fact: Answered, at: EpochMillis): void {
  const sent = draft.csat.find((one) => one.ordinal === fact.ordinal);
  if (sent === undefined) return;
  const { score, comment } = fact;
  writeCsat(draft, { ...sent, score, comment, answeredAt: at, answerCount: sent.answerCount + 1 });
}
