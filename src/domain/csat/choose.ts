import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { CsatMedium } from '../model.ts';
import { holds, type SurveyCondition, type SurveySubject } from './conditions.ts';
import { bySurveyOrder, SURVEY_LATEST, type Survey, UNDO_WINDOW } from './survey.ts';

/** Why a survey does not go to a closed cycle. */
export type PassedOver =
  | { readonly surveyId: string; readonly why: 'off' }
  /** It was switched on after the closing. */
  | { readonly surveyId: string; readonly why: 'closedBefore' }
  | { readonly surveyId: string; readonly why: 'condition'; readonly condition: SurveyCondition }
  /** An earlier one of the list goes out. */
  | { readonly surveyId: string; readonly why: 'anotherFirst' };

export interface Choice {
  readonly survey: Survey | null;
  /** Every other survey, in the list's order, with its reason. */
  readonly passedOver: readonly PassedOver[];
}

function reasonAgainst(survey: Survey, closedAt: EpochMillis, of: SurveySubject): PassedOver | null {
  const surveyId = survey.id;
  if (survey.onSince === null) return { surveyId, why: 'off' };
  if (closedAt < survey.onSince) return { surveyId, why: 'closedBefore' };
  const condition = survey.conditions.find((one) => !holds(one, of));
  return condition === undefined ? null : { surveyId, why: 'condition', condition };
}

/** The survey that a closed cycle gets: the first of the list that nothing speaks against (Q3). Pure. */
export function chooseSurvey(surveys: readonly Survey[], of: SurveySubject): Choice {
  const { closedAt } = of.cycle;
  let chosen: Survey | null = null;
  const passedOver: PassedOver[] = [];
  if (closedAt === null) return { survey: null, passedOver };
  for (const survey of [...surveys].sort(bySurveyOrder)) {
    const against = reasonAgainst(survey, closedAt, of);
    if (against !== null) passedOver.push(against);
    else if (chosen === null) chosen = survey;
    else passedOver.push({ surveyId: survey.id, why: 'anotherFirst' });
  }
  return { survey: chosen, passedOver };
}

/** When a survey leaves: its delay after the closing, and never within the undo window (S11). */
export function surveyDueAt(survey: Pick<Survey, 'delay'>, closedAt: EpochMillis): EpochMillis {
  return epochMillis(closedAt + Math.max(survey.delay, UNDO_WINDOW));
}

/** What becomes of a closed cycle that was not asked about yet. */
export type SurveyPlan =
  | {
      readonly state: 'none';
      readonly passedOver: readonly PassedOver[];
      /** When one whose conditions do not hold now would leave, and is looked at again; null: it stays so. */
      readonly again: EpochMillis | null;
    }
  /** The conversation was opened again before the survey left: the next closing is asked about. */
  | { readonly state: 'reopened' }
  /** It leaves at `at`, or at the next sweep after it. */
  | { readonly state: 'due'; readonly survey: Survey; readonly at: EpochMillis }
  /** It would leave, but customers cannot reach the workspace: nothing listens at an address they could open. */
  | { readonly state: 'noAddress'; readonly survey: Survey }
  /** The time in which it could have left is over. */
  | { readonly state: 'tooLate'; readonly survey: Survey };

/** The next moment after `now` at which a survey that a condition speaks against would leave; null when there is none. */
function lookAgainAt(
  surveys: readonly Survey[],
  passedOver: readonly PassedOver[],
  closedAt: EpochMillis,
  now: EpochMillis,
): EpochMillis | null {
  const waiting = new Set(passedOver.flatMap((one) => (one.why === 'condition' ? [one.surveyId] : [])));
  const moments = surveys
    .flatMap((survey) => (waiting.has(survey.id) ? [surveyDueAt(survey, closedAt)] : []))
    .filter((moment) => moment > now);
  return moments.length === 0 ? null : epochMillis(Math.min(...moments));
}

/** What becomes of a closed cycle at `now`; `hasAddress`: customers can open the workspace's pages (Q5, C11). Pure. */
export function planSurvey(
  surveys: readonly Survey[],
  of: SurveySubject,
  now: EpochMillis,
  hasAddress: boolean,
): SurveyPlan {
  const { closedAt, ordinal } = of.cycle;
  if (of.conversation.cycleCount > ordinal) return { state: 'reopened' };
  const { survey, passedOver } = chooseSurvey(surveys, of);
  if (closedAt === null) return { state: 'none', passedOver, again: null };
  if (survey === null)
    return { state: 'none', passedOver, again: lookAgainAt(surveys, passedOver, closedAt, now) };
  if (now - closedAt > SURVEY_LATEST) return { state: 'tooLate', survey };
  if (!hasAddress) return { state: 'noAddress', survey };
  return { state: 'due', survey, at: surveyDueAt(survey, closedAt) };
}

/** Channels on which our own messenger shows the form; on every other the customer gets the link (Q5, C11). */
const FORM_CHANNELS: ReadonlySet<string> = new Set(['web_chat']);

export function mediumOf(channel: string): CsatMedium {
  return FORM_CHANNELS.has(channel) ? 'form' : 'link';
}
