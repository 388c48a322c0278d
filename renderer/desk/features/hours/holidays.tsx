import { X } from 'lucide-react';
import { useState } from 'react';
import { dayNumber } from '../../../../src/domain/hours/schedule.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TypedEditor } from '../fields/typed-editor.tsx';
import css from './hours.module.css';

/** Takes a whole day that was written, and no month and day alone. */
export function onDay(run: (day: string) => void): (value: string | number | null) => Promise<boolean> {
  return (value) => {
    const isDay = typeof value === 'string' && dayNumber(value) !== null;
    if (isDay) run(value);
    return Promise.resolve(isDay);
  };
}

/** Days on which no interval begins (T5). */
export function Holidays(props: {
  readonly days: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (days: readonly string[]) => void;
}) {
  const { days, disabled, onChange } = props;
  const { t, formats } = useText();
  const [day, setDay] = useState('');
  const add = (): void => {
    if (dayNumber(day) === null) return;
    onChange([...new Set([...days, day])].sort());
    setDay('');
  };
  return (
    <div className={css.part}>
      <h3 className={css.heading}>{t('hours:holidays')}</h3>
      <p className={css.quiet}>{t('hours:holidays.help')}</p>
      {days.length > 0 && (
        <ul className={css.chips}>
          {days.map((date) => (
            <li key={date} className={css.chip}>
              {formats.day(date)}
              {!disabled && (
                <IconButton
                  small
                  icon={X}
                  name={t('hours:holidays.remove', { date: formats.day(date) })}
                  onClick={() => onChange(days.filter((other) => other !== date))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <form
          className={css.line}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TypedEditor
            boxed
            type="Date"
            label={t('hours:holidays.add')}
            value={day === '' ? null : day}
            onSave={onDay(setDay)}
          />
          <Button type="submit" disabled={dayNumber(day) === null}>
            {t('hours:holidays.add')}
          </Button>
        </form>
      )}
    </div>
  );
}
