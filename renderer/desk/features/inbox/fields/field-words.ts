import type { Formats } from '../../../../../src/i18n/formats.ts';
import type { FieldCell, FieldCondition } from '../../../../../src/protocol/rpc/list.ts';
import type { Text } from '../../../i18n/keys.ts';
import type { ListField } from './list-fields.ts';

/** What values are written with. */
export interface FieldWords {
  readonly t: Text;
  readonly formats: Formats;
}

/** A day with a year or without one, in the reader's writing. */
function dayWords(day: string, formats: Formats): string {
  return day.length === 5 ? formats.day(`2000-${day}`, 'dayMonth') : formats.day(day);
}

/** A value of a field in a list: a duration is not a date (C4, T12), a moment is told by the reader's clock. */
export function cellWords(type: ListField['type'], cell: FieldCell, { t, formats }: FieldWords): string {
  if (typeof cell === 'boolean') return t(cell ? 'common:yes' : 'common:no');
  if (typeof cell === 'object') return cell.join(', ');
  if (typeof cell === 'string') return type === 'Date' ? dayWords(cell, formats) : cell;
  if (type === 'Duration') return formats.duration(cell);
  return type === 'Datetime' ? formats.date(cell) : formats.number(cell);
}

function rangeWords(isTime: boolean, from: string | null, to: string | null, { t }: FieldWords): string {
  if (from === null) return t(isTime ? 'inbox:condition.until' : 'inbox:condition.atMost', { to: to ?? '' });
  if (to === null) return t(isTime ? 'inbox:condition.since' : 'inbox:condition.atLeast', { from });
  return from === to ? from : t('inbox:condition.between', { from, to });
}

/** A condition in words, to stand behind the field's name. */
export function conditionWords(field: ListField, condition: FieldCondition, words: FieldWords): string {
  const { t } = words;
  switch (condition.type) {
    case 'empty':
    case 'filled':
      return t(`inbox:condition.${condition.type}`);
    case 'is':
      return t(condition.value ? 'common:yes' : 'common:no');
    case 'anyOf':
      return condition.values.join(', ');
    case 'contains':
      return t('inbox:condition.contains', { text: condition.text });
    case 'range': {
      const write = (end: number | null): string | null =>
        end === null ? null : cellWords(field.type, end, words);
      return rangeWords(field.type === 'Datetime', write(condition.from), write(condition.to), words);
    }
    case 'dates': {
      const write = (end: string | null): string | null =>
        end === null ? null : cellWords('Date', end, words);
      return rangeWords(true, write(condition.from), write(condition.to), words);
    }
  }
}
