import { z } from 'zod';
import { CONDITION_OPERATORS, CONDITION_SUBJECTS } from '../domain/csat/conditions.ts';
import {
  MAX_DELAY,
  MAX_EXPIRY,
  MIN_EXPIRY,
  SURVEY_TEXT_KEYS,
  type Survey,
  type SurveyTexts,
} from '../domain/csat/survey.ts';
import type { Setting } from '../domain/model.ts';
import { fieldKey, language, position } from './field-args.ts';

/** Id of a survey: part of its setting's key. */
export const surveyId = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

const line = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((text) => text.toWellFormed().normalize('NFC').trim());

/** Texts of one language; empty ones are as if they were not there. */
const texts = z
  .partialRecord(z.enum(SURVEY_TEXT_KEYS), line(500))
  .transform((all): SurveyTexts => Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')));

/** One condition, as far as it can be checked without looking at fields. */
export const surveyCondition = z
  .strictObject({
    subject: z.union([z.enum(CONDITION_SUBJECTS), fieldKey]),
    operator: z.enum(CONDITION_OPERATORS),
    values: z.array(line(200)).max(100).readonly(),
  })
  .refine(({ operator, values }) => {
    if (operator === 'isSet' || operator === 'isUnset') return values.length === 0;
    if (operator === 'isAnyOf' || operator === 'isNoneOf') return values.length > 0;
    return values.length === 1 && values[0] !== '' && Number.isFinite(Number(values[0]));
  });

/** What a survey is, besides its id and whether it is on. */
export const surveyContent = z.strictObject({
  name: line(200).refine((text) => text !== ''),
  position,
  scale: z.union([z.literal(2), z.literal(3), z.literal(5)]),
  formRequired: z.boolean(),
  scoreRequired: z.boolean(),
  comment: z.enum(['none', 'optional', 'required']),
  texts: z.record(language, texts),
  defaultLanguage: language,
  conditions: z.array(surveyCondition).max(50).readonly(),
  delay: z.number().int().min(0).max(MAX_DELAY),
  expiry: z.number().int().min(MIN_EXPIRY).max(MAX_EXPIRY),
  sender: line(200).nullable(),
});
export type SurveyContent = z.output<typeof surveyContent>;

const stored = surveyContent.extend({ onSince: z.number().int().nonnegative().nullable() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The survey that a setting holds; null where there is none, or one that cannot be read. */
export function surveyOfSetting(id: string, setting: Pick<Setting, 'value'> | null): Survey | null {
  if (setting === null) return null;
  const parsed = stored.safeParse(parseJson(setting.value));
  // Zod knows no brands: `onSince` was written from a moment.
  return parsed.success ? ({ id, ...parsed.data } as Survey) : null;
}

/** What a survey says, without its id and whether it is on. */
export function contentOf({
  id: _id,
  onSince: _onSince,
  ...content
}: Survey): Omit<Survey, 'id' | 'onSince'> {
  return content;
}

/** Whether two surveys say the same, whatever order their keys came in. */
export function isSameContent(left: SurveyContent, right: SurveyContent): boolean {
  return JSON.stringify(surveyContent.parse(left)) === JSON.stringify(surveyContent.parse(right));
}

/** The value of the setting that holds a survey; keys in one order, so that equal ones are equal texts. */
export function surveySetting({ id: _id, ...survey }: Survey): string {
  return JSON.stringify(stored.parse(survey));
}
