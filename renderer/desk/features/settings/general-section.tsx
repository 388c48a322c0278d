import type { ReactNode } from 'react';
import { useId } from 'react';
import { PSEUDO, PSEUDO_RTL } from '../../../../src/i18n/locale.ts';
import { DENSITIES, THEMES } from '../../app/preferences.ts';
import { usePreference, usePreferenceStore } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { OUTCOME_WORDS } from '../../i18n/labels.ts';
import { SHIPPED_LOCALES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { SHORTCUT_SETS } from '../../keyboard/bindings.ts';
import { type Choice, Select } from '../../ui/select.tsx';
import css from './settings.module.css';

function Row(props: { readonly label: string; readonly help?: string; readonly children: ReactNode }) {
  return (
    <>
      <div>
        {props.label}
        {props.help !== undefined && <span className={css.help}>{props.help}</span>}
      </div>
      <div className={css.control}>{props.children}</div>
    </>
  );
}

function useLanguages(): readonly Choice<string>[] {
  const { t, formats } = useText();
  return [
    { value: 'system', label: t('settings:language.system') },
    ...SHIPPED_LOCALES.map((tag) => ({ value: tag, label: formats.languageName(tag) })),
    { value: PSEUDO, label: t('settings:language.pseudo') },
    { value: PSEUDO_RTL, label: t('settings:language.pseudoRtl') },
  ];
}

/** Language, theme, row height, shortcuts. What is chosen shows at once. */
export function GeneralSection() {
  const { t } = useText();
  const store = usePreferenceStore();
  const preferences = usePreference((all) => all);
  const languages = useLanguages();
  const enterId = useId();
  const { data } = useDeskQuery('app.info', {});
  return (
    <>
      <div className={css.rows}>
        <Row label={t('settings:language')}>
          <Select
            label={t('settings:language')}
            value={
              languages.some(({ value }) => value === preferences.locale) ? preferences.locale : 'system'
            }
            choices={languages}
            onChange={(locale) => store.set({ locale })}
          />
        </Row>
        <Row label={t('settings:theme')}>
          <Select
            label={t('settings:theme')}
            value={preferences.theme}
            choices={THEMES.map((value) => ({ value, label: t(`settings:theme.${value}`) }))}
            onChange={(theme) => store.set({ theme })}
          />
        </Row>
        <Row label={t('settings:density')}>
          <Select
            label={t('settings:density')}
            value={preferences.density}
            choices={DENSITIES.map((value) => ({ value, label: t(`settings:density.${value}`) }))}
            onChange={(density) => store.set({ density })}
          />
        </Row>
        <Row label={t('settings:shortcuts')}>
          <Select
            label={t('settings:shortcuts')}
            value={preferences.shortcutSet}
            choices={SHORTCUT_SETS.map((value) => ({ value, label: t(`settings:shortcuts.${value}`) }))}
            onChange={(shortcutSet) => store.set({ shortcutSet })}
          />
        </Row>
        <Row label={t('settings:outcomeWords')} help={t('settings:outcomeWords.help')}>
          <Select
            label={t('settings:outcomeWords')}
            value={preferences.outcomeWords}
            choices={OUTCOME_WORDS.map((value) => ({ value, label: t(`settings:outcomeWords.${value}`) }))}
            onChange={(outcomeWords) => store.set({ outcomeWords })}
          />
        </Row>
        <label htmlFor={enterId}>
          {t('settings:enterSends')}
          <span className={css.help}>{t('settings:enterSends.help')}</span>
        </label>
        <div className={css.control}>
          <input
            id={enterId}
            type="checkbox"
            className={css.check}
            checked={preferences.enterSends}
            onChange={(event) => store.set({ enterSends: event.currentTarget.checked })}
          />
        </div>
      </div>
      {data !== undefined && (
        <p className={css.version}>{t('settings:version', { version: data.version })}</p>
      )}
    </>
  );
}
