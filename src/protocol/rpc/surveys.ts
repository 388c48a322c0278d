import { z } from 'zod';
import type { SurveyPlan } from '../../domain/csat/choose.ts';
import type { Survey } from '../../domain/csat/survey.ts';
import type { Csat } from '../../domain/model.ts';
import { type PublicAddress, surveyCondition } from '../surveys.ts';
import { method } from './method.ts';

/** The workspace's surveys. Ask again on `info`. */
export interface SurveysView {
  /** In the order in which they are looked at. */
  readonly surveys: readonly Survey[];
  /** Where customers reach the workspace; null: nothing leaves (Q5). */
  readonly address: PublicAddress | null;
  /** The workspace's default language, BCP 47: what a new survey falls back to. */
  readonly language: string;
}

/** What one conversation's customer was asked, and is going to be. Ask again on `thread` and on `info`. */
export interface ConversationSurveys {
  /** By cycle. */
  readonly asked: readonly Csat[];
  /** What becomes of the latest cycle, where it is closed and was not asked about; null otherwise. */
  readonly plan: SurveyPlan | null;
  readonly address: PublicAddress | null;
}

/** What a survey's conditions let through, tried on conversations that were closed lately. */
export interface SurveyMatches {
  /** How many they were tried on. */
  readonly closed: number;
  readonly matching: number;
}

/** Queries about surveys. */
export const surveysMethods = {
  'surveys.list': method<SurveysView>()(z.object({})),
  'surveys.ofConversation': method<ConversationSurveys>()(
    z.object({ conversationId: z.string().min(1).max(200) }),
  ),
  /** For the survey that is being written. Ask again on `list` and on `info`. */
  'surveys.matches': method<SurveyMatches>()(z.object({ conditions: z.array(surveyCondition).max(50) })),
} as const;
