import type { EpochMillis } from '../../base/time.ts';
import { DAY, MINUTE } from '../../base/time.ts';
import type { CsatScale } from '../model.ts';
import type { SurveyCondition } from './conditions.ts';

/** Settings rows that hold surveys: `survey:` and the id. */
export const SURVEY_PREFIX = 'survey:';

/** Key of the setting that holds a survey. */
export function surveyKey(id: string): string {
  return `${SURVEY_PREFIX}${id}`;
}

/** What a survey may say in its own words, per language; what it leaves out is said in the product's. */
export const SURVEY_TEXT_KEYS = ['title', 'question', 'commentLabel', 'thanks'] as const;
export type SurveyTextKey = (typeof SURVEY_TEXT_KEYS)[number];
export type SurveyTexts = Readonly<Partial<Record<SurveyTextKey, string>>>;

/** A question asked after a closing (Q3, C8). */
export interface Survey {
  readonly id: string;
  readonly name: string;
  /** Since when it goes out; null while it is off. Cycles closed before are never asked about. */
  readonly onSince: EpochMillis | null;
  /** The smaller is looked at first: the first whose conditions hold is sent. */
  readonly position: number;
  readonly scale: CsatScale;
  /** The form cannot be put aside with "not now" (Q3). */
  readonly formRequired: boolean;
  readonly scoreRequired: boolean;
  /** Whether a comment is asked for, and whether the answer counts without one. */
  readonly comment: 'none' | 'optional' | 'required';
  /** Own texts by language, BCP 47. */
  readonly texts: Readonly<Record<string, SurveyTexts>>;
  /** Language of customers whose own nobody knows. */
  readonly defaultLanguage: string;
  /** All must hold; none at all is every closing. */
  readonly conditions: readonly SurveyCondition[];
  /** From the closing to the sending, in milliseconds; never less than the undo window (S11). */
  readonly delay: number;
  /** From the sending until it can no longer be answered or changed, in milliseconds (Q4). */
  readonly expiry: number;
  /** Under which name it asks; null for the workspace's. */
  readonly sender: string | null;
}

/** How long a close can be taken back before its survey may leave (S11, Y16), in milliseconds. */
export const UNDO_WINDOW = MINUTE;
/** A closing older than this is not asked about any more: the workspace was away too long. */
export const SURVEY_LATEST = 7 * DAY;
export const MAX_DELAY = 7 * DAY - UNDO_WINDOW;
export const MAX_EXPIRY = 365 * DAY;
export const MIN_EXPIRY = 60 * MINUTE;

/** The order in which surveys are looked at. */
export function bySurveyOrder(
  a: Pick<Survey, 'position' | 'id'>,
  b: Pick<Survey, 'position' | 'id'>,
): number {
  if (a.position !== b.position) return a.position - b.position;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** `pt-BR` → `pt-BR`, `pt`: a language and what stands behind it. */
export function languageChain(language: string): readonly string[] {
  const parts = language.split('-');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

/** Where a text comes from: the survey's own words in that language, or the product's. */
export interface FoundText {
  readonly text: string;
  readonly language: string;
  readonly from: 'survey' | 'product';
}

/** The language of one of `known` that is `language` or stands behind it; case is not looked at. */
export function findLanguage(known: readonly string[], language: string): string | null {
  for (const candidate of languageChain(language)) {
    const found = known.find((one) => one.toLowerCase() === candidate.toLowerCase());
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * The text of a survey in a language: its own there, its own in the base language, the product's there, its own in the
 * survey's default language, the product's in that, the product's in English. A customer reads their own language before
 * they read the workspace's words in another.
 */
export function surveyText(
  survey: Pick<Survey, 'texts' | 'defaultLanguage'>,
  key: SurveyTextKey,
  language: string,
  product: (language: string) => string | null,
): FoundText | null {
  const own = (tag: string): FoundText | null => {
    const known = Object.keys(survey.texts).filter((one) => (survey.texts[one]?.[key] ?? '') !== '');
    const found = findLanguage(known, tag);
    const text = found === null ? undefined : survey.texts[found]?.[key];
    return found === null || text === undefined ? null : { text, language: found, from: 'survey' };
  };
  const ours = (tag: string): FoundText | null => {
    const text = product(tag);
    return text === null ? null : { text, language: tag, from: 'product' };
  };
  const { defaultLanguage } = survey;
  return own(language) ?? ours(language) ?? own(defaultLanguage) ?? ours(defaultLanguage) ?? ours('en');
}
