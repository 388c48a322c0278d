import type { Translate } from './messages.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Whole minutes, hours and days of a length in milliseconds; under a minute counts as one (C4, T12). */
function split(length: number): {
  readonly minutes: number;
  readonly hours: number;
  readonly days: number;
} {
  const counted = Math.max(length, MINUTE);
  return {
    minutes: Math.floor(counted / MINUTE),
    hours: Math.floor(counted / HOUR),
    days: Math.floor(counted / DAY),
  };
}

/** For lists (T12): the largest unit alone, rounded down: `1 min`, `59 min`, `2 h`, `3 d`. Milliseconds. */
export function compactDuration(t: Translate, length: number): string {
  const { minutes, hours, days } = split(length);
  if (days > 0) return t('formats:duration.days', { value: days });
  if (hours > 0) return t('formats:duration.hours', { value: hours });
  return t('formats:duration.minutes', { value: minutes });
}

/** For profiles and cards: two units, rounded down: `1 min`, `2 h 5 min`, `3 d 4 h`. Milliseconds. */
export function duration(t: Translate, length: number): string {
  const { minutes, hours, days } = split(length);
  if (days > 0) {
    const rest = hours % 24;
    return rest === 0
      ? t('formats:duration.days', { value: days })
      : t('formats:duration.daysHours', { days, hours: rest });
  }
  if (hours > 0) {
    const rest = minutes % 60;
    return rest === 0
      ? t('formats:duration.hours', { value: hours })
      : t('formats:duration.hoursMinutes', { hours, minutes: rest });
  }
  return t('formats:duration.minutes', { value: minutes });
}

/** For screen readers: words in full, in the right plural: `2 hours 5 minutes`. Milliseconds. */
export function spokenDuration(t: Translate, length: number): string {
  const { minutes, hours, days } = split(length);
  const parts: string[] = [];
  if (days > 0) parts.push(t('formats:spoken.days', { count: days }));
  if (hours % 24 > 0) parts.push(t('formats:spoken.hours', { count: hours % 24 }));
  if (days === 0 && minutes % 60 > 0) parts.push(t('formats:spoken.minutes', { count: minutes % 60 }));
  const [first = '', second] = parts;
  return second === undefined ? first : t('formats:spoken.two', { first, second });
}

/** To the second, for sums that must add up (T10): `45 s`, `1 h 30 min`, `65 h 0 min 5 s`. Seconds, whole. */
export function exactDuration(t: Translate, length: number): string {
  const hours = Math.floor(length / 3_600);
  const minutes = Math.floor(length / 60) % 60;
  const seconds = length % 60;
  const parts: string[] = [];
  if (hours > 0) parts.push(t('formats:duration.hours', { value: hours }));
  if (minutes > 0 || (hours > 0 && seconds > 0))
    parts.push(t('formats:duration.minutes', { value: minutes }));
  if (seconds > 0 || parts.length === 0) parts.push(t('formats:duration.seconds', { value: seconds }));
  return parts.join(' ');
}

/** T12, for exports, in every language: `0h 0m 42s`, `49h 0m 0s`. Milliseconds, rounded down to seconds. */
export function exportDuration(length: number): string {
  const seconds = Math.floor(Math.max(length, 0) / 1_000);
  return `${Math.floor(seconds / 3_600)}h ${Math.floor(seconds / 60) % 60}m ${seconds % 60}s`;
}
