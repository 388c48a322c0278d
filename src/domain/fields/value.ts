import { err, ok, type Result } from '../../base/result.ts';
import { dayNumber } from '../hours/schedule.ts';
import type { ProfileValue } from '../events.ts';
import type { FieldValue } from '../model.ts';
import type { FieldType } from './definition.ts';

/** What a value is, whatever was expected. */
export type ValueKind = 'nothing' | 'string' | 'number' | 'boolean' | 'list' | 'object';

/** F1: a value that does not fit its field, with all that its sentence needs. */
export interface WrongType {
  readonly type: 'wrongType';
  readonly field: string;
  readonly expected: FieldType;
  readonly got: ValueKind;
}

export const MAX_FIELD_TEXT = 10_000;
export const MAX_LIST_ITEMS = 500;
export const MAX_LIST_ITEM = 1_000;
/** The last moment a date can be, in epoch milliseconds, either way. */
const MAX_MOMENT = 8_640_000_000_000_000;

/** What kind of value something is. */
export function valueKind(value: unknown): ValueKind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  const kind = typeof value;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'object';
}

/** Whether `text` is a day: year-month-day, or month-day alone, which may be 29 February (F1). No zone. */
export function isFieldDate(text: string): boolean {
  // 2000 was a leap year.
  return dayNumber(/^\d\d-\d\d$/.test(text) ? `2000-${text}` : text) !== null;
}

function textValue(value: unknown): string | null | undefined {
  if (typeof value !== 'string' || value.length > MAX_FIELD_TEXT) return undefined;
  return value.trim() === '' ? null : value.toWellFormed();
}

/** Items in order, each once; composed, without space around them. Undefined when it is no list of texts. */
function listValue(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_LIST_ITEMS) return undefined;
  const items: string[] = [];
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'string' || item.length > MAX_LIST_ITEM) return undefined;
    const text = item.toWellFormed().normalize('NFC').trim();
    if (text !== '' && !items.includes(text)) items.push(text);
  }
  return items;
}

/** The value as the type keeps it; undefined when it does not fit. */
function fitted(type: FieldType, value: unknown): ProfileValue | undefined {
  switch (type) {
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'Datetime':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_MOMENT
        ? value
        : undefined;
    case 'Date':
      return typeof value === 'string' && isFieldDate(value) ? value : undefined;
    case 'String':
      return textValue(value);
    case 'List': {
      const items = listValue(value);
      return items?.length === 0 ? null : items;
    }
  }
}

/**
 * F1: checks a value against its field's type, on every way in, and answers it as it is kept: lists without repetitions,
 * nothing but space is no value. Null takes a value away and fits every type.
 */
export function checkFieldValue(
  field: string,
  type: FieldType,
  value: unknown,
): Result<ProfileValue, WrongType> {
  if (value === null) return ok(null);
  const kept = fitted(type, value);
  return kept === undefined
    ? err({ type: 'wrongType', field, expected: type, got: valueKind(value) })
    : ok(kept);
}

function itemOf({ number, text }: FieldValue): string | number {
  return text ?? number ?? '';
}

/**
 * The value that a conversation's rows hold of one field; null when none. Read by the type, where there is one; a value
 * that does not fit it, from before the field was defined, is answered as it stands.
 */
export function fieldValueOf(
  rows: readonly FieldValue[],
  field: string,
  type: FieldType | null,
): ProfileValue {
  const items = rows
    .filter((row) => row.field === field)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(itemOf);
  const [first] = items;
  if (first === undefined) return null;
  if (type === 'List' || items.length > 1) return items.map(String);
  return type === 'Boolean' && (first === 0 || first === 1) ? first === 1 : first;
}

/** Whether two values of one field are the same; lists item by item, in order. */
export function isSameValue(a: ProfileValue, b: ProfileValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * Merges a list that was changed from `seen` to `wanted` into what stands by now: what was added is added, what was
 * taken away is taken away, in the order of `wanted`; what others added meanwhile comes after.
 */
export function mergeLists(
  standing: readonly string[],
  seen: readonly string[],
  wanted: readonly string[],
): readonly string[] {
  const isAway = (item: string): boolean => seen.includes(item) && !standing.includes(item);
  const kept = wanted.filter((item) => !isAway(item));
  const theirs = standing.filter((item) => !wanted.includes(item) && !seen.includes(item));
  return [...kept, ...theirs];
}
