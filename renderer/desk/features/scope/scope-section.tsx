import { useId, useState } from 'react';
import { isScopeDays, SCOPE_DAYS } from '../../../../src/domain/desk-scope.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useChange } from '../actions/use-change.ts';
import { DraftField } from '../fields/draft-field.tsx';
import { useDraft } from '../fields/use-draft.ts';
import css from './scope.module.css';
import { useCopyText } from './use-copy-text.ts';

/** What is offered first. */
const USUAL_DAYS = 90;

/** Days as typed: digits, with whatever spaces or separators a language puts between them; null for what is none. */
export function readDays(text: string): number | null {
  const digits = text.replace(/[\s.,\u00a0\u202f]/g, '');
  const days = /^\d{1,5}$/.test(digits) ? Number(digits) : null;
  return isScopeDays(days) ? days : null;
}

function Days(props: {
  readonly days: number;
  readonly disabled: boolean;
  readonly onSave: (days: number) => Promise<boolean>;
}) {
  const { t } = useText();
  const id = useId();
  const draft = useDraft(String(props.days), (text) => {
    const days = readDays(text);
    return days === null ? undefined : props.onSave(days);
  });
  const isWrong = draft.state === 'invalid';
  return (
    <>
      <DraftField
        draft={draft}
        label={t('scope:section.days.label')}
        className={css.days}
        disabled={props.disabled}
        problemId={id}
      />
      {isWrong && (
        <span id={id} className={css.problem} role="alert">
          {t('scope:section.days.wrong')}
        </span>
      )}
    </>
  );
}

/** How much agents' computers copy by themselves (Y9); admins change it, everyone may read it. */
export function ScopeSection() {
  const { t } = useText();
  const change = useChange();
  const copyText = useCopyText();
  const [last, setLast] = useState(USUAL_DAYS);
  const { data: info } = useDeskQuery('app.info', {});
  const { data: scope } = useDeskQuery('scope.state', {});
  if (info === undefined || scope === undefined) return null;
  const isAdmin = info.me.role === 'admin';
  const days = scope.agentDays;
  const save = (agentDays: number | null): Promise<boolean> => {
    if (agentDays !== null) setLast(Math.min(Math.max(agentDays, SCOPE_DAYS.min), SCOPE_DAYS.max));
    return change('settings.setScope', { value: agentDays === null ? null : { agentDays } });
  };
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t('scope:section.intro')}</p>
      {!isAdmin && <p className={css.quiet}>{t('exports:section.adminsOnly')}</p>}
      <fieldset className={css.choices} disabled={!isAdmin}>
        <legend className={css.legend}>{t('scope:section.legend')}</legend>
        <label className={css.choice}>
          <input type="radio" name="scope" checked={days === null} onChange={() => void save(null)} />
          {t('scope:section.all')}
        </label>
        <div className={css.choice}>
          <label className={css.choice}>
            <input type="radio" name="scope" checked={days !== null} onChange={() => void save(last)} />
            {t('scope:section.days')}
          </label>
          {days !== null && <Days key={days} days={days} disabled={!isAdmin} onSave={save} />}
        </div>
      </fieldset>
      <p className={css.quiet}>{t('scope:section.leads')}</p>
      <dl className={css.here}>
        <dt>{t('scope:section.here')}</dt>
        <dd>{copyText}</dd>
      </dl>
    </div>
  );
}
