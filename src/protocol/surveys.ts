import { bySurveyOrder, type Survey, SURVEY_PREFIX } from '../domain/csat/survey.ts';
import type { Setting } from '../domain/model.ts';
import { surveyOfSetting } from '../mutations/survey-args.ts';

export { ADDRESS_KEY, addressOfSetting, type PublicAddress } from '../mutations/public-address.ts';
export { contentOf, surveyCondition, type SurveyContent } from '../mutations/survey-args.ts';

/** Path of the customer's page on the workspace's address; the signed token stands behind it (Q5). */
export const SURVEY_PATH = '/survey/';

/** The surveys among settings, in the order in which they are looked at; what cannot be read is left out. */
export function surveysOfSettings(settings: readonly Setting[]): readonly Survey[] {
  return settings
    .flatMap(({ key, value }) => {
      if (!key.startsWith(SURVEY_PREFIX)) return [];
      const survey = surveyOfSetting(key.slice(SURVEY_PREFIX.length), { value });
      return survey === null ? [] : [survey];
    })
    .sort(bySurveyOrder);
}
