import { z } from 'zod';
import { ok } from '../base/result.ts';
import { onField, readsField, standingField } from './documents.ts';
import { fieldKey } from './field-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ field: fieldKey });

/** Takes an archived field back into use, with the values it kept (F3). */
export const restoreField = defineMutation({
  name: 'field.restore',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field }) =>
    onField(rows, field, (definition) =>
      ok(definition.archivedAt === null ? definition : { ...definition, archivedAt: null }),
    ),
  inverse: (rows, { field }) => {
    const definition = standingField(rows, field);
    return definition === null || definition.archivedAt === null
      ? null
      : { name: 'field.archive', args: { field } };
  },
  audit: ({ field }) => ({ action: 'field.restored', detail: { field } }),
});
