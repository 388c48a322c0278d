import { z } from 'zod';
import { ok } from '../base/result.ts';
import { fieldDefinition, fieldSetting, fieldSettingKey, isReadyMade } from '../domain/fields/definition.ts';
import { put } from '../domain/rows.ts';
import { readsField, standingField } from './documents.ts';
import { fieldKey, fieldNames, fieldType, position } from './field-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ field: fieldKey, type: fieldType, names: fieldNames, position });

/** Defines a field of the conversation profile (C7); taking it back archives it. A key is never given twice (F3). */
export const defineField = defineMutation({
  name: 'field.define',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field, type, names, position }) => {
    const standing = fieldDefinition(field, rows.setting(fieldSettingKey(field)));
    if (standing?.deletedAt === null) return refuse('alreadyExists', { field });
    if (standing !== null) return refuse('keyRetired', { field });
    const definition = { key: field, type, names, position, archivedAt: null, deletedAt: null };
    return ok([put('setting', fieldSetting(definition))]);
  },
  inverse: (rows, { field }) =>
    isReadyMade(field) || standingField(rows, field) !== null
      ? null
      : { name: 'field.archive', args: { field } },
  audit: ({ field, type }) => ({ action: 'field.defined', detail: { field, type } }),
});
