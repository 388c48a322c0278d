import type { AnswerProblemCode, GivenAnswer } from '../../domain/csat/answer.ts';
import type { Survey } from '../../domain/csat/survey.ts';
import type { Csat } from '../../domain/model.ts';

/** A sent survey as the customer's page shows it. */
export interface AskedSurvey {
  readonly csat: Pick<Csat, 'scale' | 'language' | 'score' | 'comment' | 'expiresAt'>;
  /** Null when it was deleted since. */
  readonly survey: Survey | null;
  /** The account's time zone, IANA; null where none is set. */
  readonly zone: string | null;
}

/** What the customer's page shows (C8, Q5): codes and values; who renders it has the words. */
export type SurveyPage =
  | (AskedSurvey & {
      readonly state: 'form';
      /** What was given and refused, to be mended; null shows the answer that stands. */
      readonly given: GivenAnswer | null;
      readonly problem: AnswerProblemCode | null;
      /** Path that the form is sent to; "not now" lies behind it. */
      readonly path: string;
    })
  /** Answered; it can be changed until it expires. */
  | (AskedSurvey & { readonly state: 'thanks'; readonly path: string })
  /** Put aside with "not now". */
  | (AskedSurvey & { readonly state: 'later'; readonly path: string })
  | (AskedSurvey & { readonly state: 'expired' })
  /** Forged, or of something that is not there. */
  | { readonly state: 'unknown' | 'tooMany' | 'broken' };

/** Makes the pages that customers see; handed to the server, which has no words of its own. */
export interface MessengerPages {
  /**
   * A whole HTML document. `languages` (BCP 47, the dearest first) are the reader's browser's, for pages that belong to no
   * survey whose customer's language is known.
   */
  survey(page: SurveyPage, languages: readonly string[]): string;
  /** The page's only style, for its content security policy: `sha256-…`. */
  readonly styleHash: string;
}
