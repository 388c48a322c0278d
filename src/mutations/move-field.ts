import { z } from 'zod';
import { ok } from '../base/result.ts';
import { onField, readsField, standingField } from './documents.ts';
import { fieldKey, position } from './field-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  field: fieldKey,
  /** From `placesFor`. */
  position,
  /** The position that must still stand (Y16); absent: whatever it is. */
  expect: position.optional(),
});

/** Puts a field elsewhere among the others; the last word for each field counts, ties go by key. */
export const moveField = defineMutation({
  name: 'field.move',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field, position, expect }) =>
    onField(rows, field, (definition) => {
      if (expect !== undefined && expect !== definition.position) return refuse('changedSince');
      return ok(definition.position === position ? definition : { ...definition, position });
    }),
  inverse: (rows, { field, position }) => {
    const definition = standingField(rows, field);
    if (definition === null || definition.position === position) return null;
    return { name: 'field.move', args: { field, position: definition.position, expect: position } };
  },
  audit: ({ field, position }) => ({ action: 'field.moved', detail: { field, position } }),
});
