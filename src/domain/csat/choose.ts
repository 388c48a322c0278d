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
  | { readonly state: 'none'; readonly passedOver: readonly PassedOver[] }
  /** It leaves at `at`, or at the next sweep after it. */
  | { readonly state: 'due'; readonly survey: Survey; readonly at: EpochMillis }
  /** It would leave, but customers cannot reach the workspace: nothing listens at an address they could open. */
  | { readonly state: 'noAddress'; readonly survey: Survey }
  /** The time in which it could have left is over. */
  | { readonly state: 'tooLate'; readonly survey: Survey };

/** What becomes of a closed cycle at `now`; `hasAddress`: customers can open the workspace's pages (Q5, C11). Pure. */
export function planSurvey(
  surveys: readonly Survey[],
  of: SurveySubject,
  now: EpochMillis,
  hasAddress: boolean,
): SurveyPlan {
  const { survey, passedOver } = chooseSurvey(surveys, of);
  const { closedAt } = of.cycle;
  if (survey === null || closedAt === null) return { state: 'none', passedOver };
  if (now - closedAt > SURVEY_LATEST) return { state: 'tooLate', survey };
  if (!hasAddress) return { state: 'noAddress', survey };
  return { state: 'due', survey, at: surveyDueAt(survey, closedAt) };
}

/** Channels on which our own messenger shows the form; on every other the customer gets the link (Q5, C11). */
const FORM_CHANNELS: ReadonlySet<string> = new Set(['web_chat']);

export function mediumOf(channel: string): CsatMedium {
  return FORM_CHANNELS.has(channel) ? 'form' : 'link';
}
