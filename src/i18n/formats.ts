import {
  ageText,
  civilDay,
  type CivilTime,
  civilTimes,
  type DatePattern,
  dateText,
  dateTimeText,
  timeText,
} from './dates.ts';
import { compactDuration, duration, exactDuration, spokenDuration } from './durations.ts';
import { formattingLocale } from './locale.ts';
import type { Translate } from './messages.ts';

/** Numbers, moments and lengths as text of one language in one time zone. Moments and lengths are milliseconds. */
export interface Formats {
  readonly locale: string;
  readonly timeZone: string;
  number(value: number): string;
  /** Names one after another: `Anna, Bo and Chi`. */
  list(names: readonly string[]): string;
  /** `0.42` → `42%`. */
  percent(share: number): string;
  /** `minor` in the currency's smallest unit: 1999, `EUR` → `€19.99`. An unknown currency is written out. */
  money(minor: number, currency: string): string;
  age(at: number, now: number): string;
  compact(length: number): string;
  duration(length: number): string;
  spoken(length: number): string;
  /** Of whole seconds, to the second. */
  exact(seconds: number): string;
  time(at: number): string;
  date(at: number, pattern?: DatePattern): string;
  /** A day without a zone, `2026-01-31`; what is none is written as it is. */
  day(date: string, pattern?: DatePattern): string;
  /** Short where it is near `now`: time today, then yesterday, then the date. */
  dateTime(at: number, now: number): string;
  /** Date and time in full, for tooltips. */
  full(at: number): string;
  civil(at: number): CivilTime;
  /** `language` names itself: `ko` → `한국어`. */
  languageName(language: string): string;
}

function moneyText(locale: string, minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    return `${currency} ${minor}`;
  }
}

function nameOfLanguage(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** Makes the formats of a language; `timeZone` is an IANA name. Keep the result: its formatters are costly to make. */
export function createFormats(t: Translate, tag: string, timeZone: string): Formats {
  const locale = formattingLocale(tag);
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const civil = civilTimes(timeZone);
  return {
    locale: tag,
    timeZone,
    number: (value) => numbers.format(value),
    list: (names) => lists.format(names),
    percent: (share) => percents.format(share),
    money: (minor, currency) => moneyText(locale, minor, currency),
    age: (at, now) => ageText(t, at, now, civil),
    compact: (length) => compactDuration(t, length),
    duration: (length) => duration(t, length),
    spoken: (length) => spokenDuration(t, length),
    exact: (seconds) => exactDuration(t, seconds),
    time: (at) => timeText(t, civil(at)),
    date: (at, pattern = 'dayMonth') => dateText(t, civil(at), pattern),
    day: (date, pattern = 'dayMonthYear') => {
      const civil = civilDay(date);
      return civil === null ? date : dateText(t, civil, pattern);
    },
    dateTime: (at, now) => dateTimeText(t, civil(at), civil(now)),
    full: (at) =>
      t('formats:dateTime', {
        date: dateText(t, civil(at), 'dayMonthYear'),
        time: timeText(t, civil(at)),
      }),
    civil,
    languageName: nameOfLanguage,
  };
}
