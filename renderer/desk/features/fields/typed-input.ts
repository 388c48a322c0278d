import type { FieldType } from '../../../../src/domain/fields/definition.ts';
import { isFieldDate, MAX_FIELD_TEXT } from '../../../../src/domain/fields/value.ts';
import type { CivilTime } from '../../../../src/i18n/dates.ts';

/** The types whose values are written as a text. */
export type TypedType = Exclude<FieldType, 'Boolean' | 'List'>;

/** What reading a text needs: the language it is written in, and the reader's clock. */
export interface Reading {
  /** BCP 47, as `Intl` takes it. */
  readonly locale: string;
  readonly civil: (at: number) => CivilTime;
}

/** A text read by its type: null where nothing is written; undefined where it does not fit (F1). */
export type Typed = string | number | null | undefined;

const two = (value: number): string => String(value).padStart(2, '0');
const four = (value: number): string => String(value).padStart(4, '0');

function separators(locale: string): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(-12_345_678.5);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { group: find('group'), decimal: find('decimal') };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A number as people of the language write it; also with a plain point, where that cannot be meant otherwise. */
export function readNumber(text: string, locale: string): number | undefined {
  const { group, decimal } = separators(locale);
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace('−', '-');
  const grouped = group.trim() === '' ? '' : escaped(group);
  const own = new RegExp(`^-?(\\d+|\\d{1,3}(${grouped}\\d{3})+)(${escaped(decimal)}\\d*)?$`);
  if (grouped !== '' ? own.test(plain) : /^-?\d+([.,]\d*)?$/.test(plain) && own.test(plain)) {
    const digits = grouped === '' ? plain : plain.replaceAll(group, '');
    return Number(digits.replace(decimal, '.'));
  }
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Which comes first in a written date of the language. */
function dateOrder(locale: string): 'year' | 'month' | 'day' {
  const [first] = new Intl.DateTimeFormat(locale)
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type) => type === 'year' || type === 'month' || type === 'day');
  return first ?? 'year';
}

/** A day: year-month-day or month-day alone, also as the language writes them with slashes or points (F1). */
export function readDate(text: string, locale: string): string | undefined {
  const numbers = text.split(/[\s./-]+/).filter((part) => part !== '');
  if (numbers.length < 2 || numbers.length > 3 || !numbers.every((part) => /^\d+$/.test(part)))
    return undefined;
  const values = numbers.map(Number);
  const [a = 0, b = 0, c] = values;
  const dayFirst = dateOrder(locale) === 'day' && text.includes('/');
  const found =
    c === undefined
      ? dayFirst
        ? `${two(b)}-${two(a)}`
        : `${two(a)}-${two(b)}`
      : numbers[0]?.length === 4
        ? `${four(a)}-${two(b)}-${two(c)}`
        : dayFirst
          ? `${four(c)}-${two(b)}-${two(a)}`
          : `${four(c)}-${two(a)}-${two(b)}`;
  return isFieldDate(found) ? found : undefined;
}

function wall({ year, month, day, hour, minute }: CivilTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** The moment at which the reader's clock shows that time; where the clock jumps over it, one beside the jump. */
export function momentAt(wanted: number, civil: Reading['civil']): number {
  let at = wanted;
  // The second step puts right what the first one moved across a change of the clock.
  for (let step = 0; step < 2; step += 1) at += wanted - wall(civil(at));
  return at;
}

/** A day and a time of the reader's zone, in epoch milliseconds. */
export function readDatetime(text: string, { locale, civil }: Reading): number | undefined {
  const found = /^(.+?)[\sT,]+(\d{1,2}):(\d\d)$/.exec(text.trim());
  if (found === null) return undefined;
  const date = readDate(found[1] ?? '', locale);
  const [hour, minute] = [Number(found[2]), Number(found[3])];
  if (date?.length !== 10 || hour > 23 || minute > 59) return undefined;
  return momentAt(Date.parse(`${date}T${two(hour)}:${two(minute)}:00Z`), civil);
}

/** Reads what was written, by the field's type. */
export function readTyped(type: TypedType, text: string, reading: Reading): Typed {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (type) {
    case 'String':
      return text.length > MAX_FIELD_TEXT ? undefined : text;
    case 'Number':
      return readNumber(trimmed, reading.locale);
    case 'Date':
      return readDate(trimmed, reading.locale);
    case 'Datetime':
      return readDatetime(trimmed, reading);
  }
}

/** How a value is written for editing; `readTyped` reads it back. */
export function writeTyped(
  value: string | number | null,
  type: TypedType,
  { locale, civil }: Reading,
): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (type !== 'Datetime') {
    return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(value);
  }
  const { year, month, day, hour, minute } = civil(value);
  return `${four(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
