import { z } from 'zod';
import { ok } from '../base/result.ts';
import { isReadyMade } from '../domain/fields/definition.ts';
import { onField, readsField } from './documents.ts';
import { fieldKey } from './field-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ field: fieldKey });

/**
 * Deletes a field for good (F3): its names go at once, its values and what history says of them go with the workspace's
 * next sweep, its key is never used again. A ready-made one stays (C8). Cannot be undone.
 */
export const deleteField = defineMutation({
  name: 'field.delete',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field }, ctx) =>
    onField(rows, field, (definition) =>
      isReadyMade(field)
        ? refuse('fieldLocked', { field })
        : ok({ ...definition, names: {}, deletedAt: ctx.now }),
    ),
  inverse: () => null,
  audit: ({ field }) => ({ action: 'field.deleted', detail: { field } }),
});
