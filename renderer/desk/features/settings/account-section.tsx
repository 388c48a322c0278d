import type { ReactNode } from 'react';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { SHIPPED_LOCALES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { useChange } from '../actions/use-change.ts';
import { useIsLead } from '../fields/role.ts';
import { TimeZoneField } from '../hours/time-zone.tsx';
import css from './settings.module.css';

const UNSET = 'unset';

function Line(props: { readonly label: string; readonly help: string; readonly children: ReactNode }) {
  return (
    <li className={css.line}>
      <div>
        {props.label}
        <span className={css.help}>{props.help}</span>
      </div>
      <div className={css.inline}>{props.children}</div>
    </li>
  );
}

/** Whose days ranges count in (O2), and the language that names fall back to (F2). */
export function AccountSection() {
  const { t, formats } = useText();
  const change = useChange();
  const canEdit = useIsLead();
  const { data } = useDeskQuery('settings.workspace', {});
  if (data === undefined) return null;
  const { zone, language } = data;
  const known = [...new Set([...SHIPPED_LOCALES, ...(language === null ? [] : [language])])];
  return (
    <div className={css.section}>
      {!canEdit && <p className={css.quiet}>{t('fields:leadsOnly')}</p>}
      <ul className={css.lines}>
        <Line
          label={t('settings:account.zone')}
          help={
            zone === null
              ? t('settings:account.zone.unset', { zone: formats.timeZone })
              : t('settings:account.zone.help')
          }
        >
          {zone !== null && canEdit && (
            <Button onClick={() => void change('settings.setZone', { value: null })}>
              {t('settings:account.zone.remove')}
            </Button>
          )}
          <TimeZoneField
            zone={zone ?? formats.timeZone}
            disabled={!canEdit}
            onChange={(value) => void change('settings.setZone', { value })}
          />
        </Line>
        <Line label={t('settings:account.language')} help={t('settings:account.language.help')}>
          <Select
            label={t('settings:account.language')}
            disabled={!canEdit}
            value={language ?? UNSET}
            choices={[
              {
                value: UNSET,
                label: t('settings:account.language.unset', { name: formats.languageName('en') }),
              },
              ...known.map((tag) => ({ value: tag, label: formats.languageName(tag) })),
            ]}
            onChange={(value) =>
              void change('settings.setLanguage', { value: value === UNSET ? null : value })
            }
          />
        </Line>
      </ul>
    </div>
  );
}
