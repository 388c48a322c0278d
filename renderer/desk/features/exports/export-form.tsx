import { type ReactNode, useId } from 'react';
import { EXPORT_DAYS, EXPORT_FORMATS } from '../../../../src/domain/exports/policy.ts';
import type { ExportOptions } from '../../../../src/protocol/rpc/exports.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { OFFERED_PRESETS } from '../insight/days.ts';
import css from './exports.module.css';
import { chosenWhat, type ExportDays, type ExportForm, isKnownZone } from './form-state.ts';

interface FormProps {
  readonly form: ExportForm;
  readonly options: ExportOptions;
  /** Whether a list is open whose query can be taken. */
  readonly hasList: boolean;
  readonly onChange: (change: Partial<ExportForm>) => void;
}

function Row(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={css.row}>
      <span className={css.label}>{props.label}</span>
      <div className={css.control}>{props.children}</div>
    </div>
  );
}

function OwnDays({ form, onChange }: Pick<FormProps, 'form' | 'onChange'>) {
  const { t } = useText();
  return (
    <>
      <TextField
        type="date"
        className={css.day}
        aria-label={t('insight:range.from')}
        value={form.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <span aria-hidden="true">–</span>
      <TextField
        type="date"
        className={css.day}
        aria-label={t('insight:range.to')}
        value={form.to}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </>
  );
}

function Days({ form, onChange }: Pick<FormProps, 'form' | 'onChange'>) {
  const { t } = useText();
  return (
    <Row label={t('exports:range')}>
      <Select<ExportDays>
        label={t('exports:range')}
        value={form.days}
        choices={[
          ...OFFERED_PRESETS.map((value) => ({ value, label: t(`insight:range.${value}`) })),
          { value: 'all', label: t('exports:range.all') },
          { value: 'custom', label: t('insight:range.custom') },
        ]}
        onChange={(days) => onChange({ days })}
      />
      {form.days !== 'all' && (
        <Select
          label={t('exports:by')}
          value={form.by}
          choices={EXPORT_DAYS.map((value) => ({
            value,
            label: `${t('exports:by')}: ${t(`exports:by.${value}`)}`,
          }))}
          onChange={(by) => onChange({ by })}
        />
      )}
      {form.days === 'custom' && <OwnDays form={form} onChange={onChange} />}
    </Row>
  );
}

function Languages({ form, options, onChange }: FormProps) {
  const { t, formats } = useText();
  const named = options.languages.map((value) => ({ value, label: formats.languageName(value) }));
  return (
    <Row label={t('exports:language')}>
      <Select
        label={t('exports:language')}
        value={form.language}
        choices={named}
        onChange={(language) => onChange({ language, ...(language === form.second ? { second: '' } : {}) })}
      />
      <Select
        label={t('exports:second')}
        value={form.second}
        choices={[
          { value: '', label: `${t('exports:second')}: ${t('exports:second.none')}` },
          ...named.filter(({ value }) => value !== form.language),
        ]}
        onChange={(second) => onChange({ second })}
      />
    </Row>
  );
}

function Zone({ form, onChange }: Pick<FormProps, 'form' | 'onChange'>) {
  const { t } = useText();
  const id = useId();
  const isWrong = !isKnownZone(form.zone);
  return (
    <Row label={t('exports:zone')}>
      <TextField
        dir="ltr"
        className={css.zone}
        aria-label={t('exports:zone')}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        list={`${id}-zones`}
        value={form.zone}
        onChange={(event) => onChange({ zone: event.currentTarget.value })}
      />
      <datalist id={`${id}-zones`}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
      {isWrong && (
        <span id={`${id}-wrong`} className={css.wrong}>
          {t('exports:zone.wrong')}
        </span>
      )}
    </Row>
  );
}

/** What to export: which conversations, which days, in which languages, into what, why. */
export function ExportFields(props: FormProps) {
  const { form, options, onChange } = props;
  const { t } = useText();
  const id = useId();
  const { reasonRequired } = options.policy;
  return (
    <div className={css.form}>
      {props.hasList && (
        <Row label={t('exports:what')}>
          <Select
            label={t('exports:what')}
            value={form.what}
            choices={(['all', 'list'] as const).map((value) => ({
              value,
              label: t(`exports:what.${value}`),
            }))}
            onChange={(what) => onChange(chosenWhat(what))}
          />
        </Row>
      )}
      <Days form={form} onChange={onChange} />
      <Languages {...props} />
      <Zone form={form} onChange={onChange} />
      <Row label={t('exports:format')}>
        <Select
          label={t('exports:format')}
          value={form.format}
          choices={EXPORT_FORMATS.map((value) => ({ value, label: t(`exports:format.${value}`) }))}
          onChange={(format) => onChange({ format })}
        />
      </Row>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={form.withMessages}
          onChange={(event) => onChange({ withMessages: event.currentTarget.checked })}
        />
        {t('exports:messages')}
      </label>
      <div className={css.reason}>
        <label htmlFor={`${id}-reason`}>
          {t(reasonRequired ? 'exports:reason' : 'exports:reason.optional')}
        </label>
        <TextArea
          id={`${id}-reason`}
          required={reasonRequired}
          maxLength={500}
          aria-describedby={`${id}-help`}
          value={form.reason}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
        />
        <span id={`${id}-help`} className={css.help}>
          {t('exports:reason.help')}
        </span>
      </div>
    </div>
  );
}
