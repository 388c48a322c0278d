import { useState } from 'react';
import type { RangePreset } from '../../../../src/domain/overview/presets.ts';
import type { AnsweredRange } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { customRange, OFFERED_PRESETS, rangeText } from './days.ts';
import css from './insight.module.css';

const CUSTOM = 'custom' as const;
const CHOICES = [...OFFERED_PRESETS, CUSTOM] as const;

/** Two days, both included; what is typed counts once both are days. */
function CustomDays({ answered }: { readonly answered: AnsweredRange | undefined }) {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  const range = useScreen((screen) => screen.insight.range);
  const start = 'from' in range ? range : { from: answered?.from ?? '', to: answered?.to ?? '' };
  const [from, setFrom] = useState(start.from);
  const [to, setTo] = useState(start.to);
  const take = (nextFrom: string, nextTo: string): void => {
    setFrom(nextFrom);
    setTo(nextTo);
    const chosen = customRange(nextFrom, nextTo);
    if (chosen !== null) setInsight({ range: chosen });
  };
  return (
    <div className={css.days}>
      <TextField
        type="date"
        className={css.day}
        aria-label={t('insight:range.from')}
        value={from}
        onChange={(event) => take(event.currentTarget.value, to)}
      />
      <span aria-hidden="true">–</span>
      <TextField
        type="date"
        className={css.day}
        aria-label={t('insight:range.to')}
        value={to}
        onChange={(event) => take(from, event.currentTarget.value)}
      />
    </div>
  );
}

/** Which days: ready-made or one's own (O2). */
export function RangeControl({ answered }: { readonly answered: AnsweredRange | undefined }) {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  const range = useScreen((screen) => screen.insight.range);
  const value = 'preset' in range ? range.preset : CUSTOM;
  const choose = (next: RangePreset | typeof CUSTOM): void => {
    if (next !== CUSTOM) setInsight({ range: { preset: next } });
    else if (answered !== undefined) setInsight({ range: { from: answered.from, to: answered.to } });
  };
  return (
    <>
      <Select<RangePreset | typeof CUSTOM>
        label={t('insight:range.label')}
        value={value}
        choices={CHOICES.map((preset) => ({
          value: preset,
          label: t(`insight:range.${preset}`),
        }))}
        onChange={choose}
      />
      {value === CUSTOM && <CustomDays answered={answered} />}
    </>
  );
}

/** Both ends of the range, whose days these are, and what they are compared with (O2). */
export function RangeLine(props: { readonly range: AnsweredRange; readonly previous: AnsweredRange }) {
  const { t, formats } = useText();
  const { range } = props;
  return (
    <span>
      <strong className={css.rangeDays}>{rangeText(range, t, formats)}</strong>{' '}
      <span title={range.zoneIsSet ? undefined : t('insight:zone.notSet')}>
        {t(range.zoneIsSet ? 'insight:zone' : 'insight:zone.computer', { zone: range.zone })}
      </span>{' '}
      · {t('insight:range.compared', { range: rangeText(props.previous, t, formats) })}
    </span>
  );
}
