import type { FieldType } from '../../../src/domain/fields/definition.ts';
import type { FieldDefinition } from '../../../src/domain/fields/definition.ts';
import {
  DEFAULT_SORTS,
  type FieldCondition,
  fieldSort,
  type ListQuery,
} from '../../../src/protocol/rpc/list.ts';
import { GENERATED_NOW } from '../generate.ts';
import { DAY } from '../../../src/base/time.ts';

/** A condition of each kind that a field's type knows. */
const CONDITIONS: Readonly<Record<FieldType, readonly FieldCondition[]>> = {
  Boolean: [{ type: 'is', value: true }, { type: 'empty' }],
  String: [{ type: 'contains', text: 'refund 1' }, { type: 'filled' }],
  Number: [{ type: 'range', from: 100, to: 40_000 }, { type: 'filled' }],
  Date: [{ type: 'dates', from: '2025-03-01', to: '2026-02-28' }, { type: 'empty' }],
  Datetime: [{ type: 'range', from: GENERATED_NOW - 60 * DAY, to: null }],
  List: [
    { type: 'anyOf', values: ['refund', '환불'] },
    { type: 'contains', text: 'ship' },
  ],
};

/** Each field filtered in each of its ways, in the order the list stands in by default. */
export function filteredBy(fields: readonly FieldDefinition[]): readonly ListQuery[] {
  return fields.flatMap(({ key, type }) =>
    CONDITIONS[type].map(
      (condition): ListQuery => ({
        queue: 'all',
        filters: { fields: { [key]: condition } },
        sort: DEFAULT_SORTS.all,
      }),
    ),
  );
}

/** The list ordered by each field, from either end. */
export function sortedBy(fields: readonly FieldDefinition[]): readonly ListQuery[] {
  return fields.flatMap(({ key }) =>
    (['asc', 'desc'] as const).map(
      (direction): ListQuery => ({ queue: 'all', filters: {}, sort: { by: fieldSort(key), direction } }),
    ),
  );
}

/** Three fields at once, ordered by a fourth. */
export function combined(fields: readonly FieldDefinition[]): readonly ListQuery[] {
  return fields.flatMap((first, index): ListQuery[] => {
    const [second, third, fourth] = [1, 2, 3].map((step) => fields[(index + step) % fields.length]);
    if (second === undefined || third === undefined || fourth === undefined) return [];
    const conditions = [first, second, third].map(({ key, type }) => [key, CONDITIONS[type][0]] as const);
    return [
      {
        queue: 'all',
        filters: {
          fields: Object.fromEntries(
            conditions.flatMap(([key, condition]) => (condition ? [[key, condition]] : [])),
          ),
        },
        sort: { by: fieldSort(fourth.key), direction: 'asc' },
      },
    ];
  });
}
