import { useState } from 'react';
import type { HoursSettings } from '../../../../src/domain/hours/schedule.ts';
import { dayNumber, type Weekday, weekdayOf } from '../../../../src/domain/hours/schedule.ts';
import type { Formats } from '../../../../src/i18n/formats.ts';
import { useNow } from '../../app/clock.tsx';
import type { TextKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { TypedEditor } from '../fields/typed-editor.tsx';
import { momentAt } from '../fields/typed-input.ts';
import css from './hours.module.css';
import { afterWork, type WallTime, wallOf } from './preview.ts';

/** As they stand inside a sentence: some languages write them small there. */
const WEEKDAYS = {
  mon: 'hours:preview.weekday.1',
  tue: 'hours:preview.weekday.2',
  wed: 'hours:preview.weekday.3',
  thu: 'hours:preview.weekday.4',
  fri: 'hours:preview.weekday.5',
  sat: 'hours:preview.weekday.6',
  sun: 'hours:preview.weekday.7',
} as const satisfies Readonly<Record<Weekday, TextKey>>;

/** The moment at which the reader's clock shows a wall time: what is written of it is that time. */
function shownAt(wall: WallTime, { civil }: Formats): number {
  return momentAt(Date.parse(`${wall.slice(0, 16)}:00Z`), civil);
}

/** A wall time in words: "Friday, 4:30 PM", with the date where it matters. */
function useWallText(): (wall: WallTime) => string {
  const { t, formats } = useText();
  return (wall) => {
    const [date = ''] = wall.split('T');
    const number = dayNumber(date);
    const day =
      number === null
        ? date
        : t('hours:preview.day', { weekday: t(WEEKDAYS[weekdayOf(number)]), date: formats.day(date) });
    return t('hours:preview.moment', { day, time: formats.time(shownAt(wall, formats)) });
  };
}

/** Answers "Friday 16:30 and an hour of work is …" for the hours as they stand on the screen (T5). */
export function WorkPreview(props: { readonly versions: HoursSettings; readonly zone: string }) {
  const { versions, zone } = props;
  const { t, formats } = useText();
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
        <span className={css.inline}>
          {t('hours:preview.start')}
          <TypedEditor
            boxed
            type="Datetime"
            label={t('hours:preview.start')}
            value={shownAt(start, formats)}
            onSave={(at) => {
              if (typeof at === 'number') setChosen(wallOf(at, formats.timeZone));
              return Promise.resolve(typeof at === 'number');
            }}
          />
        </span>
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
