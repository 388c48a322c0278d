import { DAY, HOUR, MINUTE } from '../../../../../src/base/time.ts';
import type { FieldCondition, ListFilters } from '../../../../../src/protocol/rpc/list.ts';
import { momentAt, readDate, readNumber, type Reading } from '../../fields/typed-input.ts';
import type { ListField } from './list-fields.ts';

/** What is asked of a field, as it is chosen. */
export type Operator = 'between' | 'anyOf' | 'contains' | 'yes' | 'no' | 'filled' | 'empty';

/** Units in which durations are written. */
export const UNITS = ['minutes', 'hours', 'days'] as const;
export type Unit = (typeof UNITS)[number];
const LENGTHS: Readonly<Record<Unit, number>> = { minutes: MINUTE, hours: HOUR, days: DAY };

/** A condition while it is written. */
export interface ConditionDraft {
  readonly operator: Operator;
  readonly from: string;
  readonly to: string;
  readonly unit: Unit;
  readonly text: string;
  readonly values: readonly string[];
}

const BY_TYPE: Readonly<Record<ListField['type'], readonly Operator[]>> = {
  Boolean: ['yes', 'no', 'filled', 'empty'],
  String: ['contains', 'anyOf', 'filled', 'empty'],
  List: ['anyOf', 'contains', 'filled', 'empty'],
  Number: ['between', 'filled', 'empty'],
  Date: ['between', 'filled', 'empty'],
  Datetime: ['between', 'filled', 'empty'],
  Duration: ['between', 'filled', 'empty'],
};

/** What can be asked of a field. */
export function operatorsOf({ type }: ListField): readonly Operator[] {
  return BY_TYPE[type];
}

const two = (value: number): string => String(value).padStart(2, '0');

function dayText(at: number, civil: Reading['civil']): string {
  const { year, month, day } = civil(at);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The unit in which both ends are written shortest. */
function unitOf(ends: readonly (number | null)[]): Unit {
  const isWhole = (unit: Unit): boolean => ends.every((end) => end === null || end % LENGTHS[unit] === 0);
  return isWhole('days') ? 'days' : isWhole('hours') ? 'hours' : 'minutes';
}

/** The draft that a standing condition is changed from; an empty one for a new condition. */
export function draftOf(
  field: ListField,
  condition: FieldCondition | undefined,
  { civil, locale }: Reading,
): ConditionDraft {
  const [first = 'filled'] = operatorsOf(field);
  const blank: ConditionDraft = { operator: first, from: '', to: '', unit: 'minutes', text: '', values: [] };
  if (condition === undefined) return blank;
  switch (condition.type) {
    case 'is':
      return { ...blank, operator: condition.value ? 'yes' : 'no' };
    case 'anyOf':
      return { ...blank, operator: 'anyOf', values: condition.values };
    case 'contains':
      return { ...blank, operator: 'contains', text: condition.text };
    case 'dates':
      return { ...blank, operator: 'between', from: condition.from ?? '', to: condition.to ?? '' };
    case 'range': {
      const unit = field.type === 'Duration' ? unitOf([condition.from, condition.to]) : blank.unit;
      const numbers = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 });
      const write = (end: number | null): string => {
        if (end === null) return '';
        if (field.type === 'Datetime') return dayText(end, civil);
        return numbers.format(field.type === 'Duration' ? end / LENGTHS[unit] : end);
      };
      return { ...blank, operator: 'between', unit, from: write(condition.from), to: write(condition.to) };
    }
    default:
      return { ...blank, operator: condition.type };
  }
}

/** A number of the range, in the field's unit; null where nothing is written, undefined where it cannot be read. */
function endOf(
  field: ListField,
  draft: ConditionDraft,
  end: 'from' | 'to',
  reading: Reading,
): number | null | undefined {
  const text = draft[end].trim();
  if (text === '') return null;
  if (field.type === 'Datetime') {
    const day = readDate(text, reading.locale);
    if (day?.length !== 10) return undefined;
    const start = Date.parse(`${day}T00:00:00Z`);
    // The whole of the last day, by the reader's clock.
    return end === 'from' ? momentAt(start, reading.civil) : momentAt(start + DAY, reading.civil) - 1;
  }
  const number = readNumber(text, reading.locale);
  if (number === undefined) return undefined;
  return field.type === 'Duration' ? Math.round(number * LENGTHS[draft.unit]) : number;
}

function datesOf(draft: ConditionDraft, reading: Reading): FieldCondition | null {
  const read = (text: string): string | null | undefined =>
    text.trim() === '' ? null : readDate(text, reading.locale);
  const [from, to] = [read(draft.from), read(draft.to)];
  if (from === undefined || to === undefined) return null;
  if (from === null && to === null) return null;
  return from === null || to === null || from.length === to.length ? { type: 'dates', from, to } : null;
}

/** The condition that a draft says; null while it says none, or cannot be read. */
export function conditionOf(
  field: ListField,
  draft: ConditionDraft,
  reading: Reading,
): FieldCondition | null {
  switch (draft.operator) {
    case 'yes':
    case 'no':
      return { type: 'is', value: draft.operator === 'yes' };
    case 'filled':
    case 'empty':
      return { type: draft.operator };
    case 'contains': {
      const text = draft.text.trim();
      return text === '' ? null : { type: 'contains', text };
    }
    case 'anyOf':
      return draft.values.length === 0 ? null : { type: 'anyOf', values: [...draft.values] };
    case 'between': {
      if (field.type === 'Date') return datesOf(draft, reading);
      const [from, to] = [endOf(field, draft, 'from', reading), endOf(field, draft, 'to', reading)];
      if (from === undefined || to === undefined) return null;
      return from === null && to === null ? null : { type: 'range', from, to };
    }
  }
}

/** The filters with another condition on a field; null takes it away. */
export function withCondition(
  filters: ListFilters,
  key: string,
  condition: FieldCondition | null,
): ListFilters {
  const { fields, ...rest } = filters;
  const others = Object.entries(fields ?? {}).filter(([other]) => other !== key);
  const next = condition === null ? others : [...others, [key, condition] as const];
  return next.length === 0 ? rest : { ...rest, fields: Object.fromEntries(next) };
}
