import { useMemo } from 'react';
import { BUILTIN_FIELDS } from '../../../../../src/domain/fields/builtin.ts';
import { type FieldType, isActiveField } from '../../../../../src/domain/fields/definition.ts';
import type { FieldsView } from '../../../../../src/protocol/rpc/fields.ts';
import { CSAT_ANSWERED, CSAT_SCALE } from '../../../../../src/protocol/rpc/list.ts';
import { useText } from '../../../i18n/text-provider.tsx';
import { useFieldNames, useFields } from '../../fields/field-names.ts';

/** A value of the profile that lists can be filtered and ordered by, and show as a column. */
export interface ListField {
  readonly key: string;
  readonly type: FieldType | 'Duration';
  /** In the reader's language (F2). */
  readonly name: string;
}

/** Keys that lists have in another form: as queues, filters and columns of their own. */
const ELSEWHERE: readonly string[] = ['priority', 'tags', 'state', 'contactMediumType'];
/** Of the rest, those that are columns of their own. */
const COLUMNS_ELSEWHERE: readonly string[] = ['source.page', 'openedAt'];

/** Every field, the built-in ones first; hidden ones too, so that a search finds them (F4). Archived ones are left out. */
export function listFields(view: FieldsView | undefined, nameOf: (key: string) => string): ListField[] {
  const field = (key: string, type: ListField['type']): ListField => ({ key, type, name: nameOf(key) });
  return [
    ...BUILTIN_FIELDS.filter(({ key }) => !ELSEWHERE.includes(key)).map(({ key, type }) => field(key, type)),
    field(CSAT_SCALE, 'Number'),
    field(CSAT_ANSWERED, 'Boolean'),
    ...(view?.fields ?? []).filter(isActiveField).map(({ key, type }) => field(key, type)),
    ...(view?.undefinedKeys ?? [])
      .filter((key) => !BUILTIN_FIELDS.some((builtin) => builtin.key === key))
      .map((key) => field(key, 'String')),
  ];
}

/** Whether a field may be a column, and is not one of its own already. */
export function isColumnField({ key }: ListField): boolean {
  return !COLUMNS_ELSEWHERE.includes(key);
}

/** The fields of lists in the reader's language, and one of them by key: text by its key where nobody knows it any more. */
export function useListFields(): {
  readonly fields: readonly ListField[];
  readonly fieldOf: (key: string) => ListField;
} {
  const { t } = useText();
  const view = useFields();
  const nameOf = useFieldNames();
  return useMemo(() => {
    const named = (key: string): string =>
      key === CSAT_SCALE
        ? t('inbox:field.csatScale')
        : key === CSAT_ANSWERED
          ? t('inbox:field.csatAnswered')
          : nameOf(key);
    const fields = listFields(view, named);
    const byKey = new Map(fields.map((field) => [field.key, field]));
    return { fields, fieldOf: (key) => byKey.get(key) ?? { key, type: 'String', name: named(key) } };
  }, [view, nameOf, t]);
}
