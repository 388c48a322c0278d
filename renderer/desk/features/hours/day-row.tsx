import { Copy, Plus, X } from 'lucide-react';
import { type TimeRange, type Weekday, WEEKDAYS } from '../../../../src/domain/hours/schedule.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { type HoursProblems, isOvernight, nextRange } from './hours-draft.ts';
import css from './hours.module.css';

export const DAY_KEYS = {
  mon: 'hours:day.1',
  tue: 'hours:day.2',
  wed: 'hours:day.3',
  thu: 'hours:day.4',
  fri: 'hours:day.5',
  sat: 'hours:day.6',
  sun: 'hours:day.7',
} as const satisfies Readonly<Record<Weekday, string>>;

function TimeInput(props: {
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextField
      className={css.time}
      dir="ltr"
      inputMode="numeric"
      aria-label={props.label}
      aria-invalid={props.invalid}
      disabled={props.disabled}
      maxLength={5}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onBlur={(event) => {
        // "9" and "930" are times people write.
        const found = /^(\d{1,2})[:.]?(\d\d)?$/.exec(event.currentTarget.value.trim());
        if (found === null) return;
        props.onChange(`${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`);
      }}
    />
  );
}

interface RangeProps {
  readonly day: Weekday;
  readonly at: number;
  readonly range: TimeRange;
  readonly problems: HoursProblems;
  readonly disabled: boolean;
  readonly onChange: (range: TimeRange) => void;
  readonly onRemove: () => void;
}

function Range({ day, at, range, problems, disabled, onChange, onRemove }: RangeProps) {
  const { t } = useText();
  const problem = problems[`${day}.${at}`];
  const values = { day: t(DAY_KEYS[day]), number: at + 1 };
  const invalid = problem !== undefined && problem !== 'overlap';
  const [from, to] = range;
  return (
    <span className={css.range}>
      <span className={css.times}>
        <TimeInput
          label={t('hours:range.from', values)}
          value={from}
          invalid={invalid}
          disabled={disabled}
          onChange={(next) => onChange([next, to])}
        />
        <span aria-hidden="true">–</span>
        <TimeInput
          label={t('hours:range.to', values)}
          value={to}
          invalid={invalid}
          disabled={disabled}
          onChange={(next) => onChange([from, next])}
        />
        {!disabled && <IconButton small icon={X} name={t('hours:range.remove', values)} onClick={onRemove} />}
      </span>
      {isOvernight(range) && <span className={css.quiet}>{t('hours:range.overnight')}</span>}
      {problem !== undefined && (
        <span className={cx(css.problem, problem === 'overlap' && css.warning)} role="alert">
          {t(`hours:problem.${problem}`)}
        </span>
      )}
    </span>
  );
}

function CopyMenu(props: { readonly day: Weekday; readonly onCopy: (to: readonly Weekday[]) => void }) {
  const { day, onCopy } = props;
  const { t } = useText();
  const name = t('hours:copy', { day: t(DAY_KEYS[day]) });
  const others = WEEKDAYS.filter((other) => other !== day);
  return (
    <Menu label={name} align="end" trigger={<IconButton small icon={Copy} name={name} />}>
      <MenuItem onSelect={() => onCopy(WEEKDAYS.slice(0, 5))}>{t('hours:copy.weekdays')}</MenuItem>
      <MenuItem onSelect={() => onCopy(WEEKDAYS)}>{t('hours:copy.all')}</MenuItem>
      <MenuSeparator />
      {others.map((other) => (
        <MenuItem key={other} onSelect={() => onCopy([other])}>
          {t('hours:copy.one', { day: t(DAY_KEYS[other]) })}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** One weekday: any number of intervals, also past midnight (T5). */
export function DayRow(props: {
  readonly day: Weekday;
  readonly ranges: readonly TimeRange[];
  readonly problems: HoursProblems;
  readonly disabled: boolean;
  readonly onChange: (ranges: readonly TimeRange[]) => void;
  readonly onCopy: (to: readonly Weekday[]) => void;
}) {
  const { day, ranges, problems, disabled, onChange, onCopy } = props;
  const { t } = useText();
  const name = t(DAY_KEYS[day]);
  return (
    <div className={css.day} role="group" aria-label={name}>
      <span className={css.dayName}>{name}</span>
      <span className={css.ranges}>
        {ranges.length === 0 && <span className={css.quiet}>{t('hours:closed')}</span>}
        {ranges.map((range, at) => (
          <Range
            // Intervals have no name but their place.
            key={at}
            day={day}
            at={at}
            range={range}
            problems={problems}
            disabled={disabled}
            onChange={(next) => onChange(ranges.map((own, index) => (index === at ? next : own)))}
            onRemove={() => onChange(ranges.filter((_, index) => index !== at))}
          />
        ))}
      </span>
      {!disabled && (
        <span className={css.dayTools}>
          <IconButton
            small
            icon={Plus}
            name={t('hours:range.add', { day: name })}
            onClick={() => onChange([...ranges, nextRange(ranges)])}
          />
          <CopyMenu day={day} onCopy={onCopy} />
        </span>
      )}
    </div>
  );
}
