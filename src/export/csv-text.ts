import { exportDuration } from '../i18n/durations.ts';
import type { LocalClock } from '../domain/hours/local-clock.ts';
import type { Cell, CellType } from './table.ts';

/** What makes a spreadsheet read a text as a formula, also in its wide forms, and what it drops before it looks. */
const FORMULA = /^[\s\u0000-\u001F]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * A text as a CSV field that no spreadsheet takes for a formula: where it would, an apostrophe goes before it. Half of a
 * surrogate pair becomes U+FFFD, as UTF-8 has no place for it.
 */
export function csvText(text: string): string {
  const whole = text.toWellFormed();
  return quoted(FORMULA.test(whole) ? `'${whole}` : whole);
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A wall time as every spreadsheet reads it: `2026-11-21 15:05:00`, with milliseconds where there are some. */
export function wallDateTime(wall: number): string {
  return new Date(wall)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');
}

/** A length as every spreadsheet reads it: `49:00:42`, with milliseconds where there are some. */
export function csvDuration(length: number): string {
  const seconds = Math.floor(length / 1_000);
  const rest = Math.round(length - seconds * 1_000);
  const clock = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return rest === 0 ? clock : `${clock}.${String(rest).padStart(3, '0')}`;
}

/** One cell as a field of CSV. Numbers and times are never taken for formulas, so a negative number stays one. */
export function csvField(type: CellType, value: Cell, clock: LocalClock): string {
  if (value === null) return '';
  if (Array.isArray(value)) return csvText(value.join(', '));
  if (typeof value === 'string') return csvText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'number' || !Number.isFinite(value)) return '';
  if (type === 'dateTime') return wallDateTime(clock.wall(value));
  return type === 'duration' ? csvDuration(value) : String(value);
}

/** A duration as the source of our figures writes it (T12): `0h 0m 42s`; null stays nothing (T0). */
export function durationText(length: number | null): string | null {
  return length === null ? null : exportDuration(length);
}
