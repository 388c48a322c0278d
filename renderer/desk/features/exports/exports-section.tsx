import { ROLES } from '../../../../src/domain/exports/policy.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useChange } from '../actions/use-change.ts';
import { ExportButton } from './export-button.tsx';
import css from './exports.module.css';

/** Who may export, and whether they must say why; admins change it, everyone may read it. */
export function ExportsSection() {
  const { t } = useText();
  const change = useChange();
  const { data: info } = useDeskQuery('app.info', {});
  const { data: options } = useDeskQuery('exports.options', {});
  if (options === undefined || info === undefined) return null;
  const { policy } = options;
  const isAdmin = info.me.role === 'admin';
  const set = (part: Partial<typeof policy>): void =>
    void change('settings.setExports', { value: { ...policy, ...part } });
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t('exports:section.intro')}</p>
      {!isAdmin && <p className={css.quiet}>{t('exports:section.adminsOnly')}</p>}
      <fieldset className={css.choices} disabled={!isAdmin}>
        <legend className={css.legend}>{t('exports:section.role')}</legend>
        {ROLES.map((role) => (
          <label key={role} className={css.check}>
            <input
              type="radio"
              name="export-role"
              checked={policy.role === role}
              onChange={() => set({ role })}
            />
            {t(`exports:section.role.${role}`)}
          </label>
        ))}
      </fieldset>
      <label className={css.check}>
        <input
          type="checkbox"
          disabled={!isAdmin}
          checked={policy.reasonRequired}
          onChange={(event) => set({ reasonRequired: event.currentTarget.checked })}
        />
        {t('exports:section.reason')}
      </label>
      <div>
        <ExportButton />
      </div>
    </div>
  );
}
