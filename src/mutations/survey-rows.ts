import { ok, type Result } from '../base/result.ts';
import { type Survey, surveyKey } from '../domain/csat/survey.ts';
import { settingChanges } from './documents.ts';
import { type Changes, refuse } from './history.ts';
import type { LoadedRows, Refusal } from './mutation.ts';
import { surveyOfSetting, surveySetting } from './survey-args.ts';

/** The survey as it stands; null when there is none. */
export function standingSurvey(rows: LoadedRows, id: string): Survey | null {
  return surveyOfSetting(id, rows.setting(surveyKey(id)));
}

/** Writes a survey; nothing where it stands so already. */
export function writeSurvey(rows: LoadedRows, survey: Survey): Changes {
  const key = surveyKey(survey.id);
  return settingChanges(rows.setting(key), key, surveySetting(survey));
}

/** Changes a survey that is there; refused with `notFound` where there is none. */
export function onSurvey(
  rows: LoadedRows,
  id: string,
  change: (survey: Survey) => Result<Survey, Refusal>,
): Result<Changes, Refusal> {
  const standing = standingSurvey(rows, id);
  if (standing === null) return refuse('notFound', { surveyId: id });
  const changed = change(standing);
  return changed.ok ? ok(writeSurvey(rows, changed.value)) : changed;
}
