import type { Formats } from '../../../src/i18n/formats.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 21, 12, 5);

/** Every kind of format over moments, lengths and numbers where engines are known to differ. */
export function formatSamples(f: Formats): readonly string[] {
  const moments = [0, 3, 9, 12, 15, 23].map((hours) => NOON + hours * HOUR);
  return [
    ...moments.flatMap((at) => [f.time(at), f.full(at), f.dateTime(at, NOON), f.age(at, NOON + 9 * DAY)]),
    ...moments.flatMap((at) =>
      (['dayMonth', 'dayMonthYear', 'numeric', 'weekday'] as const).map((pattern) => f.date(at, pattern)),
    ),
    ...[0, 61_000, 59 * 60_000, 25 * HOUR, 400 * DAY].flatMap((length) => [
      f.compact(length),
      f.duration(length),
      f.spoken(length),
    ]),
    ...[0, 0.5, 999, 1_234, 1_234_567.89].map(f.number),
    ...[0, 0.423, 1].map(f.percent),
    ...['EUR', 'KRW', 'BRL', 'SEK'].map((currency) => f.money(129_900, currency)),
  ];
}
