import { TIMING_POLICY_NAMES, timingPolicy } from '../../../../src/domain/timings/policy.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useChange } from '../actions/use-change.ts';
import { useIsLead } from '../fields/role.ts';
import css from './hours.module.css';

/** Which named, versioned policy the timings are counted under (T13). */
export function PolicySection() {
  const { t } = useText();
  const change = useChange();
  const canEdit = useIsLead();
  const { data } = useDeskQuery('timings.settings', {});
  if (data === undefined) return null;
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t('hours:policy.intro')}</p>
      {!canEdit && <p className={css.quiet}>{t('fields:leadsOnly')}</p>}
      <div className={css.part} role="radiogroup" aria-label={t('hours:policy.section')}>
        {TIMING_POLICY_NAMES.map((name) => (
          <label key={name} className={css.policy}>
            <input
              type="radio"
              name="timing-policy"
              className={css.radio}
              checked={data.timingPolicy === name}
              disabled={!canEdit}
              onChange={() => void change('settings.setTimingPolicy', { value: name })}
            />
            <strong>
              {t('timings:policy', {
                name: t(`timings:policy.${name}`),
                version: timingPolicy(name).version,
              })}
            </strong>
            <span className={css.policyText}>{t(`hours:policy.${name}`)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
