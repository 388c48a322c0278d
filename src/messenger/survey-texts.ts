import { surveyText, type SurveyTextKey } from '../domain/csat/survey.ts';
import type { Csat } from '../domain/model.ts';
import type { AskedSurvey } from '../protocol/page/survey-page.ts';
import { createI18n, type I18n, SOURCE_LOCALE } from '../i18n/create-i18n.ts';
import { baseLanguage, directionOf, formattingLocale, negotiateLocale } from '../i18n/locale.ts';
import type { Resources } from '../i18n/messages.ts';

/** The words of one customer's page. */
export interface SurveyWords {
  /** Language of the product's words, and of the page. */
  readonly language: string;
  t(key: string, values?: Readonly<Record<string, string>>): string;
  /** The survey's own words where it has some, else the product's. */
  own(key: SurveyTextKey): { readonly text: string; readonly language: string };
  /** The name of a point of a scale. */
  scoreName(scale: Csat['scale'], score: number): string;
  /** A moment as the customer reads it, with its zone. */
  moment(at: number): string;
}

/** Gives the words of a page in its customer's language; of one that belongs to no survey, in the first of `languages` there is. */
export type WordsFor = (asked: AskedSurvey | null, languages?: readonly string[]) => SurveyWords;

/**
 * Makes the words of all pages over one set of texts with the feature `messenger`; a language is set up when it is first
 * needed. `zone` (IANA) is for workspaces that set none.
 */
export function surveyWords(resources: Resources, zone: string): WordsFor {
  const tags = Object.keys(resources);
  const byTag = new Map<string, I18n>();
  const textsOf = (tag: string): I18n => {
    const known = byTag.get(tag) ?? createI18n({ locale: tag, resources });
    byTag.set(tag, known);
    return known;
  };
  const shipped = (wanted: string): string | null => {
    const found = negotiateLocale([wanted], tags, '');
    return found === '' ? null : found;
  };
  return (asked, languages = []) => {
    const { language: wanted = null } = asked?.csat ?? {};
    const survey = asked?.survey ?? { texts: {}, defaultLanguage: SOURCE_LOCALE };
    const language =
      asked === null
        ? negotiateLocale(languages, tags, SOURCE_LOCALE)
        : (shipped(wanted ?? survey.defaultLanguage) ?? shipped(survey.defaultLanguage) ?? SOURCE_LOCALE);
    const { t } = textsOf(language);
    const product = (key: SurveyTextKey) => (tag: string) => {
      const found = shipped(tag);
      return found === null ? null : textsOf(found).t(`messenger:survey.${key}`);
    };
    return {
      language,
      t: (key, values) => t(`messenger:${key}`, values),
      own: (key) => {
        const found = surveyText(survey, key, wanted ?? survey.defaultLanguage, product(key));
        if (found === null) return { text: t(`messenger:survey.${key}`), language };
        const isOurs = found.from === 'product';
        return {
          text: found.text,
          language: isOurs ? (shipped(found.language) ?? language) : found.language,
        };
      },
      scoreName: (scale, score) => t(`messenger:scale.${scale ?? 5}.${score}`),
      moment: (at) =>
        new Intl.DateTimeFormat(formattingLocale(language), {
          dateStyle: 'long',
          timeStyle: 'short',
          timeZone: asked?.zone ?? zone,
        }).format(at),
    };
  };
}

/** `lang` and `dir` of words that are not in the page's language; nothing where they are. */
export function languageAttributes(language: string, page: string): Readonly<Record<string, string | null>> {
  if (baseLanguage(language) === baseLanguage(page)) return {};
  return { lang: language, dir: directionOf(language) };
}
