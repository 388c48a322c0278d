import { useId } from 'react';
import { findLanguage, SURVEY_TEXT_KEYS, surveyText } from '../../../../src/domain/csat/survey.ts';
import { directionOf } from '../../../../src/i18n/locale.ts';
import type { SurveyContent } from '../../../../src/protocol/surveys.ts';
import { RESOURCES, SHIPPED_LOCALES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { withText } from './survey-draft.ts';
import css from './surveys.module.css';

/** Languages that customers often speak, besides those this product has words in. */
const OTHERS = ['ar', 'da', 'de', 'es', 'fr', 'he', 'it', 'ja', 'nb', 'nl', 'pl', 'zh'];

/** Every language that texts can be written in: shipped ones first, then what the survey has, then usual ones. */
export function surveyLanguages(content: SurveyContent): readonly string[] {
  return [
    ...new Set([...SHIPPED_LOCALES, ...Object.keys(content.texts), content.defaultLanguage, ...OTHERS]),
  ];
}

function productText(key: string): (tag: string) => string | null {
  return (tag) => {
    const found =
      findLanguage(SHIPPED_LOCALES, tag) ?? SHIPPED_LOCALES.find((one) => one.startsWith(`${tag}-`));
    return found === undefined ? null : (RESOURCES[found]?.['messenger']?.[`survey.${key}`] ?? null);
  };
}

/** A survey's own texts in one language; what is left empty shows whose words stand in for it (F2). */
export function SurveyTextsEditor(props: {
  readonly content: SurveyContent;
  readonly language: string;
  readonly onLanguage: (language: string) => void;
  readonly onChange: (next: SurveyContent) => void;
}) {
  const { content, language, onChange } = props;
  const { t, formats } = useText();
  const id = useId();
  const choices = surveyLanguages(content).map((value) => ({ value, label: formats.languageName(value) }));
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{t('surveys:texts')}</legend>
      <p className={css.quiet}>{t('surveys:texts.help')}</p>
      <div className={css.pair}>
        <span>{t('surveys:texts.language')}</span>
        <Select
          label={t('surveys:texts.language')}
          value={language}
          choices={choices}
          onChange={props.onLanguage}
        />
      </div>
      {SURVEY_TEXT_KEYS.map((key) => {
        const own = content.texts[language]?.[key] ?? '';
        const { [language]: _own, ...others } = content.texts;
        const fallback = surveyText({ ...content, texts: others }, key, language, productText(key));
        const isForeign = own === '' && fallback !== null && fallback.language !== language;
        return (
          <div key={key} className={css.text}>
            <label htmlFor={`${id}-${key}`}>{t(`surveys:texts.${key}`)}</label>
            <TextField
              id={`${id}-${key}`}
              maxLength={500}
              lang={language}
              dir={own === '' ? directionOf(fallback?.language ?? language) : 'auto'}
              value={own}
              placeholder={fallback?.text ?? ''}
              onChange={(event) => onChange(withText(content, language, key, event.currentTarget.value))}
            />
            {isForeign && (
              <span className={css.quiet}>
                {t('surveys:texts.from', { language: formats.languageName(fallback.language) })}
              </span>
            )}
          </div>
        );
      })}
      <div className={css.pair}>
        <span>{t('surveys:texts.default')}</span>
        <Select
          label={t('surveys:texts.default')}
          value={content.defaultLanguage}
          choices={choices}
          onChange={(defaultLanguage) => onChange({ ...content, defaultLanguage })}
        />
      </div>
    </fieldset>
  );
}
