import { z } from 'zod';
import { ok } from '../base/result.ts';
import { onField, readsField, standingField } from './documents.ts';
import { fieldKey } from './field-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({ field: fieldKey });

/** Puts a field aside: it is not shown and takes no values, and keeps those it has (F3). */
export const archiveField = defineMutation({
  name: 'field.archive',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field }, ctx) =>
    onField(rows, field, (definition) =>
      ok(definition.archivedAt === null ? { ...definition, archivedAt: ctx.now } : definition),
    ),
  inverse: (rows, { field }) =>
    standingField(rows, field)?.archivedAt === null ? { name: 'field.restore', args: { field } } : null,
  audit: ({ field }) => ({ action: 'field.archived', detail: { field } }),
});
