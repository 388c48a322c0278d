import { useState } from 'react';
import type { HoursSettings } from '../../../../src/domain/hours/schedule.ts';
import { dayNumber, weekdayOf } from '../../../../src/domain/hours/schedule.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { momentAt } from '../fields/typed-input.ts';
import { DAY_KEYS } from './day-row.tsx';
import css from './hours.module.css';
import { afterWork, type WallTime, wallOf } from './preview.ts';

/** A wall time in words: "Friday, 4:30 PM", with the date where it matters. */
function useWallText(): (wall: WallTime) => string {
  const { t, formats } = useText();
  return (wall) => {
    const [date = '', time = ''] = wall.split('T');
    const number = dayNumber(date);
    // The reader's clock shows that time at this moment: only the words are wanted.
    const at = momentAt(Date.parse(`${date}T${time.slice(0, 5)}:00Z`), formats.civil);
    const day = number === null ? date : `${t(DAY_KEYS[weekdayOf(number)])}, ${formats.day(date)}`;
    return t('hours:preview.moment', { day, time: formats.time(at) });
  };
}

/** Answers "Friday 16:30 and an hour of work is …" for the hours as they stand on the screen (T5). */
export function WorkPreview(props: { readonly versions: HoursSettings; readonly zone: string }) {
  const { versions, zone } = props;
  const { t } = useText();
  const now = useNow();
  const wallText = useWallText();
  const [chosen, setChosen] = useState<WallTime | null>(null);
  const [hours, setHours] = useState('1');
  const start = chosen ?? wallOf(now, zone);
  const count = Number(hours);
  const end = afterWork(versions, start, zone, count);
  return (
    <div className={css.preview}>
      <h3 className={css.heading}>{t('hours:preview')}</h3>
      <div className={css.line}>
        <label className={css.inline}>
          {t('hours:preview.start')}
          <TextField
            type="datetime-local"
            className={css.moment}
            value={start}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        </label>
        <label className={css.inline}>
          {t('hours:preview.hours')}
          <TextField
            type="number"
            className={css.number}
            min={0}
            max={1_000}
            step={0.5}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
        </label>
      </div>
      <output className={css.result}>
        {end === null && t('hours:preview.never')}
        {typeof end === 'string' &&
          t('hours:preview.result', { start: wallText(start), count, end: wallText(end) })}
      </output>
    </div>
  );
}
