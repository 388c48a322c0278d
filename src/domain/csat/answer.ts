import { err, ok, type Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Csat, CsatScale } from '../model.ts';
import { isScoreOf } from './scale.ts';
import type { Survey } from './survey.ts';

/** Longest comment, in UTF-16 code units; what is longer is refused, not cut. */
export const MAX_COMMENT = 4_000;

/** What a customer sends. */
export interface GivenAnswer {
  readonly score: number | null;
  readonly comment: string | null;
}

export type AnswerProblemCode =
  | 'expired'
  /** Not a point of the scale (Q1). */
  | 'wrongScore'
  | 'scoreMissing'
  | 'commentMissing'
  | 'commentTooLong';

/** Why nothing was stored. */
export interface AnswerProblem {
  readonly type: AnswerProblemCode;
}

/** What a sent survey asks for; the survey may have been changed or deleted since. */
export type Asked = Pick<Survey, 'scoreRequired' | 'comment'>;

/** Whether a sent survey can still be answered or changed at `now` (Q4): up to and including its last moment. */
export function isOpenForAnswers(csat: Pick<Csat, 'expiresAt'>, now: EpochMillis): boolean {
  return csat.expiresAt === null || now <= csat.expiresAt;
}

function problemOf(scale: CsatScale | null, asked: Asked, answer: GivenAnswer): AnswerProblemCode | null {
  const { score, comment } = answer;
  if (score !== null && (scale === null || !isScoreOf(scale, score))) return 'wrongScore';
  if (score === null && (asked.scoreRequired || comment === null)) return 'scoreMissing';
  if (comment === null && asked.comment === 'required') return 'commentMissing';
  return comment !== null && comment.length > MAX_COMMENT ? 'commentTooLong' : null;
}

/** Checks a customer's answer to a sent survey (Q1, Q3, Q4): what is stored, or why nothing is. */
export function checkAnswer(
  csat: Pick<Csat, 'expiresAt' | 'scale'>,
  asked: Asked,
  given: GivenAnswer,
  now: EpochMillis,
): Result<GivenAnswer, AnswerProblem> {
  if (!isOpenForAnswers(csat, now)) return err({ type: 'expired' });
  const said = given.comment?.trim() ?? '';
  const answer = { score: given.score, comment: asked.comment === 'none' || said === '' ? null : said };
  const problem = problemOf(csat.scale, asked, answer);
  return problem === null ? ok(answer) : err({ type: problem });
}
